// What a home reads of those who acted for it, and its no to all of them.
import type { Context } from 'hono'
import type { Caller } from '#core/caller'
import { iso } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import { Problem } from '#core/problem'
import { Moment, Uuid } from '#core/shapes'
import { record } from '#core/trail'
import { say } from '#core/words'
import { adultsOf, holdHome, isHelpForbidden, sayHelp } from '#people'
import { end } from './assist.ts'
import type { Assist } from './contract/assist.ts'
import { takeAssistCookie } from './cookie.ts'
import type { Doing } from './manage-posts.ts'
import { actsOf, assistsOfHome, type ActRow, type AssistRow } from './store/assists.ts'

const whats = {
  'notice.acknowledged': 'acknowledged',
  'question.asked': 'asked',
  'data.requested': 'requested',
} as const

const shown = (tenant: number, row: AssistRow, acts: readonly ActRow[], names: Map<string, string>): Assist => ({
  id: outside(tenant, row.id),
  title: row.title,
  agreedBy: row.person && (names.get(row.person) ?? null),
  begunAt: iso(row.begunAt),
  endsAt: iso(row.endsAt),
  isOpen: row.isOpen,
  endedAt: row.endedAt && iso(row.endedAt),
  endedBy: row.endedBy,
  acts: acts
    .filter(act => act.assist === row.id)
    .map(({ what, at, notice, kind }) => ({
      what: whats[what as keyof typeof whats],
      at: iso(at),
      noticeId: notice && outside(tenant, notice),
      kind,
    })),
})

/** @throws Problem bad_cursor */
export async function myAssists(
  db: Db,
  caller: Caller,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
) {
  const [tenant, household] = [caller.tenant!, caller.household!]
  const [lastAt, lastId] = readCursor(cursor, Moment, Uuid) ?? []
  const rows = await assistsOfHome(
    db,
    { tenant, household, after: lastAt && lastId ? { at: lastAt, id: lastId } : null },
    limit + 1,
  )
  const page = pageOf(rows, limit, last => [last.begunAt.toISOString(), last.id])
  const [acts, adults, isForbidden] = await Promise.all([
    actsOf(
      db,
      tenant,
      page.items.map(row => row.id),
    ),
    adultsOf(db, tenant, household),
    isHelpForbidden(db, tenant, household),
  ])
  const names = new Map(adults.map(({ id, name }) => [id, name]))
  return {
    items: page.items.map(row => shown(tenant, row, acts, names)),
    next: page.next,
    isAllowed: !isForbidden,
  }
}

/** The no works at once, whoever says it; only the home itself takes it back. @throws Problem not_for_helper */
export async function allowAssists(doing: Doing & { c: Context }, isAllowed: boolean) {
  const { app, db, caller, c } = doing
  if (caller.helper && isAllowed) throw new Problem('not_for_helper')
  const [tenant, household] = [caller.tenant!, caller.household!]
  await holdHome(db, tenant, household)
  const consent = await sayHelp(db, tenant, {
    household,
    person: caller.person,
    said: isAllowed ? 'yes' : 'stop',
    how: caller.helper ? 'spoken' : 'app',
    wording: say('vi', isAllowed ? 'assist.allowed' : 'assist.forbidden'),
    by: caller.helper?.account,
  })
  const about = { kind: 'household', id: household }
  const what = isAllowed ? 'assist.allowed' : 'assist.forbidden'
  await record(db, { tenant, what, by: caller, about, data: { consent } })
  if (isAllowed) return
  await end(app, db, { tenant, household }, caller)
  if (caller.helper) takeAssistCookie(app, c)
}
