import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { talkMs } from './hear-replies.ts'
import { forgetTalks } from './store/replies.ts'
import { dropOldMonths, makeMonths, strayRows } from './months.ts'

/** Makes the coming months and drops those whose time is over, one process at a time. */
export async function keepMonths(app: App) {
  const dropped = await inTransaction(app.sql, async tx => {
    await tx`select pg_advisory_xact_lock(7102)`
    await makeMonths(tx)
    const at = now().getTime()
    await forgetTalks(tx, new Date(at - talkMs), new Date(at - 30 * 86_400_000))
    return dropOldMonths(tx)
  })
  if (dropped.length) app.log.info({ dropped }, 'months dropped')
}

/** A sentence for /readyz. */
export async function monthsReady(app: App): Promise<string | undefined> {
  const stray = await strayRows(app.sql)
  return stray
    ? `${stray} receipts, deliveries or their parts lie outside every month: run the worker, it makes months`
    : undefined
}
