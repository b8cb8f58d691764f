// The 8 digits only name a home: the phone that typed them waits for the head's yes.
import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { iso, now, today } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import { inTransaction, type Db } from '#core/db'
import { inside, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { digest, newToken } from '#core/secrets'
import { Uuid } from '#core/shapes'
import { record } from '#core/trail'
import { getUnit } from '#units'
import { callerOf, splitToken } from './caller.ts'
import { cardNumber } from './card-number.ts'
import { cookieHow, mustBeOurPage } from './cookie.ts'
import type { Doing } from './manage-posts.ts'
import { phoneName } from './phone-name.ts'
import { limitTries, openHomeSession } from './sign-in.ts'
import {
  addJoin,
  answerJoinRow,
  findCardByDigits,
  findJoin,
  findJoinByDigest,
  openJoins,
  spendJoin,
} from './store/cards.ts'
import { tokenText } from './store/sessions.ts'

const waitHours = 72
const joinCookie = 'loa_join'
const oldest = () => new Date(now().getTime() - waitHours * 3_600_000)

export interface Typed {
  tenant: number
  /** The village whose page it is. */
  village: number | undefined
  number: string
}

/**
 * Asks to be let into the home of the village that the digits name.
 * @throws Problem digits_unknown, card_village_needed, too_many_requests, cross_site
 */
export async function askToJoin(app: App, c: Context, { tenant, village, number }: Typed) {
  mustBeOurPage(c)
  const said = cardNumber(number)
  const { address } = await callerOf(app, c)
  limitTries(app, 'digits', `${tenant}/${said?.digits ?? ''}`, address)
  const at = said?.village ?? village
  if (said && at === undefined) throw new Problem('card_village_needed')
  const card = said && (await findCardByDigits(app.sql, tenant, said.digits, at))
  if (!card) throw new Problem('digits_unknown')
  const secret = newToken()
  const device = phoneName(c.req.header('user-agent'))
  await inTransaction(app.sql, async tx => {
    const id = await addJoin(tx, { tenant, household: card.household_id, digest: digest(secret), device })
    const about = { kind: 'household', id: card.household_id }
    await record(tx, { tenant, what: 'join.asked', about, data: { join: id } })
  })
  setCookie(c, joinCookie, tokenText(tenant, secret), { ...cookieHow(app), maxAge: waitHours * 3600 })
}

/** The request that this browser waits for. */
export async function findMyJoin(app: App, c: Context) {
  const token = splitToken(getCookie(c, joinCookie) ?? '')
  const row = token && (await findJoinByDigest(app.sql, token.tenant, digest(token.secret), oldest()))
  return row && { ...row, tenant: token.tenant }
}

/** After the yes: the phone takes its cookie. @throws Problem join_waits, join_refused, link_ended, cross_site */
export async function enterAfterYes(app: App, c: Context, keeps: boolean) {
  mustBeOurPage(c)
  const join = await findMyJoin(app, c)
  if (!join) throw new Problem('link_ended')
  if (!join.answer) throw new Problem('join_waits')
  if (join.answer === 'no') throw new Problem('join_refused')
  const old = await callerOf(app, c)
  await inTransaction(app.sql, async tx => {
    if (!(await spendJoin(tx, join.tenant, join.id))) throw new Problem('link_ended')
    await openHomeSession(app, tx, c, { tenant: join.tenant, household: join.household_id, old, keeps })
  })
  deleteCookie(c, joinCookie, cookieHow(app))
}

/** @throws Problem bad_cursor */
export async function listJoins(db: Db, asked: { unit: string; cursor?: string | undefined; limit: number }) {
  const { tenant, path } = await getUnit(db, asked.unit)
  const of = { tenant, path, day: today(), since: oldest(), before: readCursor(asked.cursor, Uuid)?.[0] ?? null }
  const page = pageOf(await openJoins(db, of, asked.limit + 1), asked.limit, last => [last.id])
  return {
    items: page.items.map(row => ({
      id: outside(tenant, row.id),
      household: outside(tenant, row.household),
      headName: row.headName,
      device: row.device,
      at: iso(row.at),
    })),
    next: page.next,
  }
}

/** @throws Problem join_answered, not_found */
export async function answerJoin({ db, caller }: Doing, joinId: string, answer: 'yes' | 'no') {
  const { tenant, id } = inside(joinId)
  const join = await findJoin(db, tenant, id)
  if (!join) throw new Problem('not_found')
  if (!(await answerJoinRow(db, { tenant, id, answer, by: caller.account }))) throw new Problem('join_answered')
  const about = { kind: 'household', id: join.household_id }
  await record(db, { tenant, what: 'join.answered', by: caller, about, data: { join: id, answer } })
}
