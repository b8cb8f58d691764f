// The household's card and the phones that it lets in.
import { iso, today } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { inside, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import { record } from '#core/trail'
import { getUnit } from '#units'
import { forgetSessions } from './caller.ts'
import type { Card } from './contract/cards.ts'
import type { Doing } from './manage-posts.ts'
import { handOver } from './hand-over.ts'
import { accountsOnCards } from './held-card.ts'
import { qrOf } from './qr.ts'
import { villagePage } from './village-page.ts'
import { phoneLinkMinutes } from './rules.ts'
import { addCard, cardsOfHomes, homesToPrint, revokeCards, type CardRow } from './store/cards.ts'
import { addInvitation } from './store/invitations.ts'
import { findHome } from './store/places.ts'
import { takeHomeFrom } from './store/phone-homes.ts'
import { sessionsOfHome, tokenText } from './store/sessions.ts'

/**
 * A card's 128 secret bits are made from its id and the installation's key: the same card can be printed again,
 * and a copy of the database without the key opens no home.
 */
const secretOf = (app: App, tenant: number, card: string) =>
  app.keys.mac('card', `${tenant}/${card}`).subarray(0, 16).toString('base64url')

const cardDigest = (app: App, tenant: number) => (card: string) => digest(secretOf(app, tenant, card))

interface HomeOnCard {
  id: string
  no: number
  headName: string
  villageNo: number
}

function shown(app: App, tenant: number, home: HomeOnCard, card: CardRow, follows: string[]): Card {
  const address = `${app.config.publicUrl}/card/${tokenText(tenant, secretOf(app, tenant, card.id))}`
  return {
    household: outside(tenant, home.id),
    no: home.no,
    headName: home.headName,
    village: home.villageNo,
    digits: `${card.digits.slice(0, 4)} ${card.digits.slice(4)}`,
    address,
    page: `${app.config.publicUrl}/card/${villagePage(tenant, home.villageNo)}`,
    qr: qrOf(address),
    follows,
    madeAt: iso(card.made_at),
  }
}

async function getHomeHere(db: Db, householdId: string) {
  const { tenant, id } = inside(householdId)
  const home = await findHome(db, tenant, id)
  if (!home) throw new Problem('not_found')
  return { ...home, tenant }
}

/** A new card; old ones and every phone of the home die at once. @throws Problem not_found */
export async function issueCard({ app, db, caller }: Doing, householdId: string): Promise<Card> {
  const { tenant, ...home } = await getHomeHere(db, householdId)
  const cards = await revokeCards(db, tenant, home.id)
  const phones = await takeHomeFrom(db, tenant, home.id)
  const card = await addCard(db, tenant, home.id, caller.account, cardDigest(app, tenant))
  forgetSessions(app)
  const about = { kind: 'household', id: home.id }
  await record(db, { tenant, what: 'card.issued', by: caller, about, data: { card: card.id, cards, phones } })
  return shown(app, tenant, home, card, await accountsOnCards(app, tenant))
}

/** A home that is no more: its cards and phones open nothing. */
export async function shutHome(app: App, tx: Tx, tenant: number, household: string) {
  await revokeCards(tx, tenant, household)
  await takeHomeFrom(tx, tenant, household)
  forgetSessions(app)
}

/** Cards of a village for the printer: a home without one gets one, another's is the same again. */
export async function printCards(
  { app, db, caller }: Doing,
  { unit: ref, after, limit }: { unit: string; after: number; limit: number },
) {
  const unit = await getUnit(db, ref)
  const { tenant } = unit
  const homes = await homesToPrint(db, { tenant, path: unit.path, day: today(), after }, limit)
  const there = new Map(
    (
      await cardsOfHomes(
        db,
        tenant,
        homes.map(home => home.id),
      )
    ).map(one => [one.household_id, one]),
  )
  const follows = await accountsOnCards(app, tenant)
  const items: Card[] = []
  for (const home of homes) {
    const card = there.get(home.id) ?? (await addCard(db, tenant, home.id, caller.account, cardDigest(app, tenant)))
    items.push(shown(app, tenant, home, card, follows))
  }
  const about = { kind: 'unit', id: unit.id }
  const data = { households: homes.map(home => home.id) }
  await record(db, { tenant, what: 'cards.printed', by: caller, about, data })
  return { items, next: homes.length === limit ? (homes.at(-1)?.no ?? null) : null }
}

/** A code that links the phone in front of the head to this home. @throws Problem not_found */
export async function linkPhone({ app, db, caller }: Doing, householdId: string) {
  const { tenant, id: household } = await getHomeHere(db, householdId)
  const by = caller.account
  const how = { tenant, kind: 'home' as const, household, by, minutes: phoneLinkMinutes }
  const { token, endsAt } = await addInvitation(db, how)
  await record(db, { tenant, what: 'phone.link_made', by: caller, about: { kind: 'household', id: household } })
  return handOver(app, token, endsAt)
}

/** @throws Problem not_found */
export async function homePhones(db: Db, householdId: string) {
  const { tenant, id: household } = await getHomeHere(db, householdId)
  const [[card], phones] = await Promise.all([
    cardsOfHomes(db, tenant, [household]),
    sessionsOfHome(db, { tenant, household, before: null }, 100),
  ])
  return {
    cardMadeAt: card ? iso(card.made_at) : null,
    phones: phones.map(phone => ({
      id: outside(tenant, phone.id),
      name: phone.name,
      madeAt: iso(phone.made_at),
      seenAt: iso(phone.seen_at),
    })),
  }
}
