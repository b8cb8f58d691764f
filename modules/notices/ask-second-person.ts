import type { Caller } from '#core/caller'
import type { Tx } from '#core/db'
import { newId } from '#core/ids'
import { record } from '#core/trail'
import { now } from '#core/clock'
import type { App } from '#core/module'
import { alertStaff } from '#channels'
import { approversOf } from './approvers.ts'
import { insertApproval, type Correction } from './store/approvals.ts'
import type { NoticeRow } from './store/notices.ts'
import { packOf } from './store/packs.ts'

/** Asks a second person, and tells all who may approve. */
export async function askSecondPerson(
  { app, db, caller }: { app: App; db: Tx; caller: Caller },
  row: NoticeRow,
  correction: Correction | null,
): Promise<void> {
  const tenant = row.commune_id
  const id = newId()
  await insertApproval(db, tenant, { id, notice: row.id, version: row.version, by: caller.account ?? null, correction })
  const approvers = await approversOf(db, row, await packOf(db, tenant, now()))
  await alertStaff(app, db, {
    tenant,
    accounts: [...new Set(approvers.map(one => one.account))].filter(account => account !== caller.account),
    says: 'notices.alert.approval',
    subject: row.is_private || row.is_internal ? '' : row.title,
    url: '/',
    about: `approval ${row.id}`,
    class: 'emergency',
    until: new Date(now().getTime() + 86_400_000),
  })
  await record(db, {
    tenant,
    what: 'approval.asked',
    by: caller,
    about: { kind: 'notice', id: row.id },
    data: { approval: id, isCorrection: Boolean(correction), posts: [...new Set(approvers.map(one => one.post))] },
  })
}
