import type { Caller } from '#core/caller'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import { record } from '#core/trail'
import { withdraw as stop } from '#delivery'
import type { By } from './send-out.ts'
import { mustBeOwn, standing } from './standing.ts'
import { dropOpenApprovals } from './store/approvals.ts'
import { setWithdrawn, type NoticeRow } from './store/notices.ts'
import { endRelays } from './store/relays.ts'
import { getForChange } from './visible.ts'

/** Nothing more of it is sent; its card stays with the reason. */
export async function takeBack(app: App, tx: Tx, row: NoticeRow, reason: string, by: By): Promise<NoticeRow> {
  const tenant = row.commune_id
  await dropOpenApprovals(tx, tenant, row.id)
  await endRelays(tx, tenant, row.id, 'withdrawn')
  if (row.published_id) await stop(app, tx, { tenant, publishedId: row.published_id, reason })
  await setWithdrawn(tx, row, reason)
  await record(tx, {
    tenant,
    what: 'notice.withdrawn',
    by,
    about: { kind: 'notice', id: row.id },
    data: { version: row.version, reason: digest(`${row.id}${reason}`).toString('hex') },
  })
  if (!row.published_id) await app.jobs.send(tx, 'notices.copies', { tenant, noticeId: row.id })
  return { ...row, state: 'withdrawn', withdrawn_at: now(), withdrawn_reason: reason }
}

/** One person suffices; a repeat changes nothing. @throws Problem notice_not_sent, notice_from_above */
export async function withdraw(
  { noticeId, reason }: { noticeId: string; reason: string },
  { app, db, caller }: { app: App; db: Tx; caller: Caller },
) {
  const row = await getForChange(db, caller, noticeId)
  mustBeOwn(row)
  if (row.state === 'withdrawn') return standing(db, row, caller.language)
  if (row.state !== 'published') throw new Problem('notice_not_sent', { state: row.state })
  return standing(db, await takeBack(app, db, row, reason, caller), caller.language)
}
