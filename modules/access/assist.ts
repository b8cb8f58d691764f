// "Thao tác hộ": somebody acts for a home that agreed by word of mouth. The consent is written before anything opens.
import type { Context } from 'hono'
import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import { inTransaction, type Db, type Tx } from '#core/db'
import { insideOf, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { packOn } from '#core/packs'
import { say } from '#core/words'
import { adultsOf, holdHome, isHelpForbidden, lookAt, sayHelp } from '#people'
import { assistPack } from './assist-shape.ts'
import { forgetSessions } from './caller.ts'
import type { HomeToHelp } from './contract/assist.ts'
import { giveAssistCookie, mustBeOurPage, takeAssistCookie } from './cookie.ts'
import { homeMeant } from './find-home.ts'
import type { Doing } from './manage-posts.ts'
import { phoneName } from './phone-name.ts'
import {
  addAssist,
  addAssistSession,
  endAssists,
  findAssist,
  type NewAssist,
  type WhichAssists,
} from './store/assists.ts'
import { findHome } from './store/places.ts'
import { tokenText } from './store/sessions.ts'

/** @throws Problem not_found for a home that is no more */
async function getHomeHere(db: Db, tenant: number, text: string) {
  const home = await findHome(db, tenant, (await homeMeant(db, tenant, text)).household)
  if (!home) throw new Problem('not_found')
  return home
}

const assistMinutes = async (db: Db, tenant: number) => (await packOn(db, tenant, assistPack, today())).body.minutes

/** What is read aloud, and kept with the yes. */
const askedWords = (minutes: number) => say('vi', 'assist.asked', { minutes })

/** Who is at home, and whether it lets itself be helped. @throws Problem digits_unknown, card_ended, not_found */
export async function homeToHelp({ db, caller }: Doing, text: string): Promise<HomeToHelp> {
  const tenant = caller.tenant!
  const home = await getHomeHere(db, tenant, text)
  await lookAt(db, caller, tenant, [home.id], 'assist')
  const adults = await adultsOf(db, tenant, home.id)
  const minutes = await assistMinutes(db, tenant)
  return {
    id: outside(tenant, home.id),
    headName: home.headName,
    unitName: home.unitName,
    adults: adults.map(({ id, name }) => ({ id: outside(tenant, id), name })),
    minutes,
    words: askedWords(minutes),
    isForbidden: await isHelpForbidden(db, tenant, home.id),
  }
}

/** Made from the id, so that the same press twice gives the same cookie. */
const secretOf = (app: App, tenant: number, id: string) =>
  app.keys.mac('assist', `${tenant}/${id}`).toString('base64url')

/** @throws Problem not_found when it is nobody of age in this home */
async function agreeing(db: Db, tenant: number, household: string, person: string | null) {
  if (person === null) return undefined
  const id = insideOf(tenant, person)
  if (!(await adultsOf(db, tenant, household)).some(one => one.id === id)) throw new Problem('not_found')
  return id
}

interface Asked {
  id: string
  home: string
  person: string | null
  agreed: boolean
}

type Agreed = Omit<NewAssist, 'consent'>

interface Beginning {
  app: App
  caller: Caller
  c: Context
}

async function open(tx: Tx, { app, caller, c }: Beginning, one: Agreed, secret: string, minutes: number) {
  const { tenant, id, household } = one
  const wording = askedWords(minutes)
  const consent = await sayHelp(tx, tenant, {
    household,
    person: one.person,
    said: 'yes',
    how: 'spoken',
    wording,
    by: one.account,
  })
  if (!(await addAssist(tx, { ...one, consent }))) throw new Problem('key_reused')
  await end(app, tx, { tenant, parent: caller.session!, but: id }, caller)
  const name = phoneName(c.req.header('user-agent'))
  await addAssistSession(tx, { ...one, consent, parent: caller.session!, secret, name })
  await lookAt(tx, caller, tenant, [household], 'assist')
  const data = { assist: id, person: one.person ?? null, consent, until: one.endsAt.toISOString() }
  await record(tx, { tenant, what: 'assist.begun', by: caller, about: { kind: 'household', id: household }, data })
}

/** The same id again: the same session, if it still runs and is the same helper's for the same home. */
async function again(tx: Tx, caller: Caller, household: string, id: string) {
  const there = await findAssist(tx, caller.tenant!, id)
  if (!there) return undefined
  if (there.household !== household || there.account !== caller.account) throw new Problem('key_reused')
  if (!there.isOpen) throw new Problem('assist_ended')
  return there.endsAt
}

/** @throws Problem consent_needed, assist_forbidden, assist_ended, key_reused, digits_unknown, card_ended, no_post, cross_site */
export async function beginAssist({ id, home: text, person, agreed }: Asked, beginning: Beginning) {
  const { app, caller, c } = beginning
  mustBeOurPage(c)
  if (!agreed) throw new Problem('consent_needed')
  const { tenant, account, post } = caller
  if (!post) throw new Problem('no_post')
  const secret = secretOf(app, tenant!, id)
  const endsAt = await inTransaction(app.sql, async tx => {
    const home = await getHomeHere(tx, tenant!, text)
    if (!(await holdHome(tx, tenant!, home.id))) throw new Problem('not_found')
    const known = await again(tx, caller, home.id, id)
    if (known) return known
    if (await isHelpForbidden(tx, tenant!, home.id)) throw new Problem('assist_forbidden')
    const minutes = await assistMinutes(tx, tenant!)
    const until = new Date(now().getTime() + minutes * 60_000)
    const said = await agreeing(tx, tenant!, home.id, person)
    const one = { tenant: tenant!, id, household: home.id, person: said, account: account!, post, endsAt: until }
    await open(tx, beginning, one, secret, minutes)
    return until
  })
  giveAssistCookie(app, c, tokenText(tenant!, secret), endsAt)
  forgetSessions(app)
  return { id: outside(tenant!, id), endsAt: iso(endsAt) }
}

const byOf = (caller: Caller | undefined) => {
  if (!caller) return 'post'
  return caller.kind === 'resident' && !caller.helper ? 'home' : 'helper'
}

/** Ends what still runs of these, and notes it. @param by absent: nobody's act */
export async function end(app: App, tx: Tx, which: WhichAssists, by?: Caller) {
  const { tenant } = which
  for (const { id, household } of await endAssists(tx, which, byOf(by))) {
    const data = { assist: id, by: byOf(by) }
    await record(tx, { tenant, what: 'assist.ended', by, about: { kind: 'household', id: household }, data })
  }
  forgetSessions(app)
}

/** @throws Problem not_found when it is neither mine nor my home's */
export async function endAssist(doing: Doing & { c: Context }, assistId: string) {
  const { app, db, caller, c } = doing
  const tenant = caller.tenant!
  const id = insideOf(tenant, assistId)
  const row = await findAssist(db, tenant, id)
  const isMine = caller.helper ? caller.helper.assist === id : row?.account === caller.account
  const isOfMyHome = !caller.helper && row?.household === caller.household
  if (!row || !(caller.kind === 'resident' && !caller.helper ? isOfMyHome : isMine)) throw new Problem('not_found')
  await end(app, db, { tenant, id }, caller)
  if (caller.helper) takeAssistCookie(app, c)
}

/** A home that moved is another helper's. */
export const endAtMove = (app: App, tx: Tx, { tenant, household }: { tenant: number; household: string }) =>
  end(app, tx, { tenant, household })
