import type { Caller } from '#core/caller'
import type { Tx } from '#core/db'
import { now } from '#core/clock'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import { record } from '#core/trail'
import { finish } from './publish.ts'
import { byOf } from './send-out.ts'
import { standing } from './standing.ts'
import { answerApproval, openApproval, type ApprovalRow } from './store/approvals.ts'
import { setState, type NoticeRow } from './store/notices.ts'
import { getForChange } from './visible.ts'

interface Approving {
  app: App
  db: Tx
  caller: Caller
}

async function waiting(
  { db, caller }: Approving,
  noticeId: string,
): Promise<{ row: NoticeRow; approval: ApprovalRow }> {
  const row = await getForChange(db, caller, noticeId)
  const approval = await openApproval(db, row.commune_id, row.id)
  if (!approval) throw new Problem('nothing_to_approve', { state: row.state })
  return { row, approval }
}

/** Another person, not another post of the same one. @throws Problem approver_same */
function mustBeAnother({ caller }: Approving, row: NoticeRow, approval: ApprovalRow) {
  if (!caller.account || caller.account === approval.asked_by || caller.account === row.author_account)
    throw new Problem('approver_same')
}

/** @throws Problem nothing_to_approve, approver_same */
export async function approve({ noticeId }: { noticeId: string }, call: Approving) {
  const { app, db, caller } = call
  const { row, approval } = await waiting(call, noticeId)
  mustBeAnother(call, row, approval)
  const by = { account: caller.account ?? null, post: caller.post ?? null }
  await answerApproval(db, row.commune_id, approval.id, { answer: 'approved', ...by, reason: null })
  await record(db, {
    tenant: row.commune_id,
    what: 'notice.approved',
    by: caller,
    about: { kind: 'notice', id: row.id },
    data: { approval: approval.id, version: approval.version, afterSeconds: secondsSince(approval.asked_at) },
  })
  const after = await finish(app, db, byOf(approval.asked_by, row.author_post), row, approval.correction)
  return standing(db, after, caller.language)
}

const secondsSince = (at: Date) => Math.round((now().getTime() - at.getTime()) / 1000)

/** @throws Problem nothing_to_approve */
export async function reject({ noticeId, reason }: { noticeId: string; reason: string }, call: Approving) {
  const { db, caller } = call
  const { row, approval } = await waiting(call, noticeId)
  const by = { account: caller.account ?? null, post: caller.post ?? null }
  await answerApproval(db, row.commune_id, approval.id, { answer: 'rejected', ...by, reason })
  await record(db, {
    tenant: row.commune_id,
    what: 'notice.rejected',
    by: caller,
    about: { kind: 'notice', id: row.id },
    data: { approval: approval.id, reason: digest(`${approval.id}${reason}`).toString('hex') },
  })
  if (approval.correction) return standing(db, row, caller.language)
  await setState(db, row, 'rejected')
  return standing(db, { ...row, state: 'rejected' }, caller.language)
}
