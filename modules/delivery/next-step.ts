// What is due now: the ladders' next steps, and what is planned already. Workers come here again and again.
import { machineNow, now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { drainLanes } from './hand-over.ts'
import { planStep } from './plan.ts'
import { dueSteps, leaseSteps } from './store/ladder.ts'

/** A job that did not come back in this time is sent again. */
const leaseMs = 120_000

/** Enqueues one job for each publication × channel × step that is due. */
export async function sendDueSteps(app: App) {
  const [at, machine] = [now(), machineNow()]
  const leasedUntil = new Date(machine.getTime() + leaseMs)
  for (const due of await dueSteps(app.sql, false, at, machine))
    await inTransaction(app.sql, async tx => {
      if (await leaseSteps(tx, due, { at, machine, leasedUntil })) await app.jobs.send(tx, 'delivery.step', due)
    })
}

/** The lane of emergencies waits for no queue: planned here and handed over at once. */
export async function hurry(app: App) {
  for (const due of await dueSteps(app.sql, true, now(), machineNow())) await planStep(app, due)
  await drainLanes(app, { isEmergency: true })
}

export const drainOthers = (app: App) => drainLanes(app, { isEmergency: false })
