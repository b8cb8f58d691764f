import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { dropOldMonths, makeMonths, strayRows } from './months.ts'

/** Makes the coming months and drops those whose time is over, one process at a time. */
export async function keepMonths(app: App) {
  const dropped = await inTransaction(app.sql, async tx => {
    await tx`select pg_advisory_xact_lock(7102)`
    await makeMonths(tx)
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
