// A batch stays its worker's while a provider answers slowly: the lease moves on until the calls are done.
import { machineNow } from '#core/clock'
import type { App } from '#core/module'
import { extendLease, type Batch } from './store/delivery.ts'

async function moveOn(app: App, batch: Batch, ms: number) {
  const until = new Date(machineNow().getTime() + ms)
  try {
    if (await extendLease(app.sql, batch, until)) batch.leasedUntil = until
  } catch (error) {
    app.log.warn({ channel: batch.channel, error: (error as Error).name }, 'a lease was not moved on')
  }
}

/** Holds the batch during the work; afterwards its lease stands still, and results are written under it. */
export async function whileHeld<T>(app: App, batch: Batch, work: () => Promise<T>): Promise<T> {
  const ms = Math.max(0, batch.leasedUntil.getTime() - machineNow().getTime())
  let moving = Promise.resolve()
  const timer = setInterval(
    () => {
      moving = moving.then(() => moveOn(app, batch, ms))
    },
    Math.max(100, ms / 3),
  )
  try {
    return await work()
  } finally {
    clearInterval(timer)
    await moving
  }
}
