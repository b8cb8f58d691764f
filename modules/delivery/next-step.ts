// What is due now: the ladders' next steps, and what is planned already. Workers come here again and again.
import { machineNow, now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { drainLanes } from './lanes.ts'
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

/** Villages of an emergency that are planned at a time: the first homes hear of it before the last are planned. */
const villagesAtATime = 4

/** An emergency waits for no queue: a few villages of each that is due, and again, until none is. */
export async function planUrgent(app: App) {
  let open = await dueSteps(app.sql, true, now(), machineNow())
  while (open.length) {
    const still = []
    for (const due of open)
      if ((await planStep(app, due, villagesAtATime)).villages === villagesAtATime) still.push(due)
    open = still
  }
}

export const drainUrgent = (app: App) => drainLanes(app, { isEmergency: true })
export const drainOthers = (app: App) => drainLanes(app, { isEmergency: false })
