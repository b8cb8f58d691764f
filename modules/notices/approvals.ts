import type { Caller } from '#core/caller'
import { iso, now } from '#core/clock'
import { pageOf } from '#core/cursor'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import type { Parsed } from '#core/operation'
import { seesMembers } from '#access'
import { unitTitle } from '#units'
import { keptAudience } from './audience.ts'
import type { notices } from './contract.ts'
import { momentAfter } from './list.ts'
import { aloneFrom, type NoticePack } from './rules.ts'
import { countNow } from './settle.ts'
import { whomOfRow } from './weigh.ts'
import { sentAlone, waitingApprovals, type WaitingRow } from './store/approvals.ts'
import { wordingOf } from './store/notices.ts'
import { packOf } from './store/packs.ts'
import { wordsShown } from './words-shown.ts'

async function shown(db: Db, caller: Caller, row: WaitingRow, pack: NoticePack) {
  const tenant = caller.tenant!
  const audience = await keptAudience(db, tenant, row.audience)
  const { notice_id: notice, correction } = row
  return {
    noticeId: outside(tenant, notice),
    ...(await wordsShown(db, { tenant, notice, wording: wordingOf(row), correction })),
    class: row.class,
    author: row.author_title ?? '',
    units: [...audience.units.map(unit => unitTitle(unit)), ...audience.groups.map(group => group.name)],
    households: (await countNow(db, tenant, whomOfRow(row, audience))).households,
    isCorrection: Boolean(row.correction),
    isMine: caller.account === row.asked_by || caller.account === row.author_account,
    askedAt: iso(row.asked_at),
    aloneFrom: iso(aloneFrom(row.asked_at, pack)),
  }
}

/** What waits for a second person, oldest first. */
export async function approvals(
  { cursor, limit }: Parsed<typeof notices.approvals>,
  { db, caller }: { db: Db; caller: Caller },
) {
  if (!caller.path) return { items: [], next: null }
  const rows = await waitingApprovals(db, {
    tenant: caller.tenant!,
    path: caller.path,
    after: momentAfter(cursor),
    limit: limit + 1,
  })
  const { items, next } = pageOf(rows, limit, row => [row.asked_at.toISOString(), row.id])
  const pack = await packOf(db, caller.tenant!, now())
  return { items: await Promise.all(items.map(row => shown(db, caller, row, pack))), next }
}

/** Days for which those who might have said yes are shown what went without them. */
const aloneDays = 7

/** What was sent without a second person, with the reason that its author wrote for them. */
export async function alone(
  { cursor, limit }: Parsed<typeof notices.sentAlone>,
  { db, caller }: { db: Db; caller: Caller },
) {
  if (!caller.path) return { items: [], next: null }
  const tenant = caller.tenant!
  const since = new Date(now().getTime() - aloneDays * 86_400_000)
  const { path } = caller
  const before = momentAfter(cursor)
  const of = { tenant, path, seesMembers: seesMembers(caller), since, before, limit: limit + 1 }
  const rows = await sentAlone(db, of)
  const { items, next } = pageOf(rows, limit, row => [row.answered_at.toISOString(), row.id])
  return {
    items: items.map(row => ({
      noticeId: outside(tenant, row.notice_id),
      title: row.title,
      class: row.class,
      isCorrection: row.is_correction,
      by: row.by_title ?? '',
      sentAt: iso(row.answered_at),
      reason: row.reason ?? '',
    })),
    next,
  }
}
