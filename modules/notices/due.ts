import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { authorOf, sendOut } from './send-out.ts'
import { dueNotices, lockNotice, putOff } from './store/notices.ts'
import { now } from '#core/clock'

/** Sends what is scheduled and due, undo seconds included. Each in its own transaction: one that fails is put off and holds up nobody. */
export async function sendDue(app: App): Promise<void> {
  for (const { commune_id: tenant, id } of await dueNotices(app.sql)) {
    try {
      await inTransaction(app.sql, tx => sendOne(app, tx, tenant, id))
    } catch (error) {
      app.log.error({ tenant, noticeId: id, error: (error as Error).message }, 'scheduled notice')
      await putOff(app.sql, tenant, id)
    }
  }
}

async function sendOne(app: App, tx: Tx, tenant: number, id: string) {
  const row = await lockNotice(tx, tenant, id)
  if (row?.state !== 'scheduled' || !row.publish_at || row.publish_at > now()) return
  await sendOut(app, tx, row, authorOf(row))
}
