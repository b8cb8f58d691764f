// The one door for everything that goes to many homes: counts the audience, keeps the words, starts the ladder.
import { dayOf } from '#core/clock'
import { nextNumber } from '#core/counter'
import type { Tx } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { packOn } from '#core/packs'
import { Problem } from '#core/problem'
import { alertStaff } from '#channels'
import { hasAttributes, type Audience } from './audience.ts'
import { defaultLadder } from './ladder-pack.ts'
import type { Message } from './message.ts'
import { defaultTopics, isOptional } from './optional.ts'
import { stepsOf } from './show-in.ts'
import * as audience from './store/audience.ts'
import { insertSteps, stopUnsent } from './store/ladder.ts'
import * as store from './store/publication.ts'
import type { AudienceKind, KeptLadder, Publication } from './store/publication.ts'

export const whomOf = (tenant: number, { units, groups, attributes }: Audience, at: Date): audience.Whom => ({
  tenant,
  units,
  groups,
  attributes,
  at,
  day: dayOf(at),
})

async function ladderFor(tx: Tx, m: Message): Promise<KeptLadder> {
  const { basis, source, from, body } = await packOn(tx, m.tenant, defaultLadder, dayOf(m.publishedAt))
  return { basis, source, validFrom: from, steps: body[m.class] }
}

const mayBeStopped = async (tx: Tx, m: Message) =>
  isOptional(m, (await packOn(tx, m.tenant, defaultTopics, dayOf(m.publishedAt))).body)

const isByUnits = (m: Message) => !m.isPrivate && !m.audience.groups.length && !hasAttributes(m.audience.attributes)
const kindOf = (m: Message): AudienceKind =>
  m.kind === 'post' ? 'posts' : m.previous || !isByUnits(m) ? 'homes' : 'units'
const waitsForRelay = (m: Message) =>
  m.relay === 'village' &&
  m.kind === 'home' &&
  m.class !== 'emergency' &&
  !m.previous &&
  !m.audience.groups.length &&
  !hasAttributes(m.audience.attributes)

/** Homes with attributes are written by the commune's job; until then nobody can say how many. */
const isCountedLater = (m: Message) => m.kind === 'home' && !m.previous && hasAttributes(m.audience.attributes)

interface Sending {
  message: Message
  publishedId: string
  card: audience.Card
  /** Null behind a relay. */
  visibleAt: Date | null
}

async function fillAudience(tx: Tx, { message: m, publishedId, card, visibleAt }: Sending): Promise<number> {
  const whom = whomOf(m.tenant, m.audience, m.publishedAt)
  const shown = { tenant: m.tenant, publishedId, visibleAt }
  if (kindOf(m) === 'units') {
    const homes = await audience.countUnits(tx, publishedId, whom, visibleAt)
    if (visibleAt) await audience.showToAll(tx, card, m.audience.units, [])
    return homes
  }
  if (m.kind === 'post') await audience.insertPosts(tx, publishedId, whom, m.author.post)
  else await audience.insertHomes(tx, publishedId, whom)
  const homes = await audience.countHomes(tx, shown)
  if (!visibleAt) return homes
  if (m.isPrivate || m.kind === 'post' || hasAttributes(m.audience.attributes)) await audience.showToHomes(tx, card)
  else await audience.showToAll(tx, card, m.audience.units, m.audience.groups)
  return homes
}

/** A round takes over the homes of the one before, which ends. */
async function takeOver(app: App, tx: Tx, { message: m, publishedId, card }: Sending): Promise<number> {
  const before = await store.lockPublication(tx, m.tenant, m.previous!)
  if (!before) throw new Problem('not_found')
  if (before.households === null) await countLater(app, tx, before)
  await audience.insertHomesOfRound(tx, publishedId, before)
  const homes = await audience.countHomes(tx, {
    tenant: m.tenant,
    publishedId,
    visibleAt: m.publishedAt,
    previousId: before.publishedId,
  })
  await audience.showWhereBefore(tx, card, before.publishedId)
  await store.setReplaced(tx, m.tenant, before.publishedId, publishedId)
  await stopUnsent(tx, m.tenant, [before.publishedId], 'replaced', m.publishedAt)
  return homes
}

/** Those who hold the posts hear that a paper has come; an internal one shows no subject on a locked phone. */
async function callHolders(app: App, tx: Tx, m: Message, publishedId: string) {
  const accounts = await audience.holdersOfPosts(tx, whomOf(m.tenant, m.audience, m.publishedAt), publishedId)
  await alertStaff(app, tx, {
    tenant: m.tenant,
    accounts,
    says: 'delivery.alert.internal',
    subject: '',
    url: '/',
    about: `internal ${m.subjectId}`,
    class: m.class,
    until: m.endsAt ?? new Date(m.publishedAt.getTime() + 3 * 86_400_000),
  })
}

/** @returns how many are meant, or null where their homes are written later @throws Problem audience_empty */
async function fixAudience(app: App, tx: Tx, sending: Sending): Promise<number | null> {
  const { message } = sending
  if (isCountedLater(message)) {
    const whom = whomOf(message.tenant, message.audience, message.publishedAt)
    if (!(await audience.isAnyHome(tx, whom))) throw new Problem('audience_empty')
    return null
  }
  const households = message.previous ? await takeOver(app, tx, sending) : await fillAudience(tx, sending)
  if (households === 0) throw new Problem('audience_empty')
  return households
}

/**
 * Sends a message, in the caller's transaction: mints its published_id, fixes and counts its audience, shows it, starts its ladder.
 * @returns `households`: homes (posts of an internal message), or null while the homes of an audience with attributes are being written
 * @throws Problem audience_empty when nobody is meant; not_found when `previous` is not there
 */
export async function send(
  app: App,
  tx: Tx,
  message: Message,
): Promise<{ publishedId: string; households: number | null }> {
  const { tenant } = message
  const publishedId = newId()
  const card = { tenant, publishedId, shownId: newId(), cardId: message.cardId, isPrivate: message.isPrivate }
  const visibleAt = waitsForRelay(message) ? null : message.publishedAt
  const sending: Sending = { message, publishedId, card, visibleAt }
  const households = await fixAudience(app, tx, sending)
  const ladder = await ladderFor(tx, message)
  const no = await nextNumber(tx, tenant, 'publication')
  await store.insertPublication(tx, message, {
    publishedId,
    no,
    audienceKind: kindOf(message),
    households,
    ladder,
    isOptional: await mayBeStopped(tx, message),
    previousId: message.previous,
  })
  if (households === null) await app.jobs.send(tx, 'delivery.homes', { tenant, publishedId })
  else if (visibleAt && message.kind === 'home')
    await insertSteps(
      tx,
      { tenant, publishedId, class: message.class },
      await stepsOf(tx, { ...message, ladder }, visibleAt),
    )
  if (message.kind === 'post') await callHolders(app, tx, message, publishedId)
  await app.events.announce(app, tx, 'publication.sent', { tenant, publishedId })
  return { publishedId, households }
}

/** Writes the homes of an audience with attributes, as of the publication's moment; a repeat changes nothing. */
export async function countLater(app: App, tx: Tx, p: Publication) {
  if (p.households !== null) return
  const { tenant, publishedId, publishedAt } = p
  await audience.insertHomes(tx, publishedId, whomOf(tenant, p.audience, publishedAt))
  const homes = await audience.countHomes(tx, { tenant, publishedId, visibleAt: publishedAt })
  await store.setHouseholds(tx, tenant, publishedId, homes)
  await audience.showToHomes(tx, { tenant, publishedId, shownId: newId(), cardId: p.cardId, isPrivate: p.isPrivate })
  if (p.withdrawnAt) return
  await insertSteps(tx, p, await stepsOf(tx, p, publishedAt))
  await app.events.announce(app, tx, 'publication.shown', { tenant, publishedId, unitIds: null })
}
