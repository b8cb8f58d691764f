// What is due now: the ladders' next steps, and what is planned already. Workers come here again and again.
import { machineNow, now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { drainLanes, whileOthersWait } from './lanes.ts'
import { planStep } from './plan.ts'
import { dueSteps, leaseSteps, type DueStep } from './store/ladder.ts'

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

/** Villages of an emergency that are planned at a time. The first one goes alone: its homes hear while the others are planned. */
const villagesAtATime = { first: 1, next: 8 }

/** An emergency waits for no queue: some villages of each that is due, then a look for newer ones, until none is. */
export async function planUrgent(app: App) {
  const begun = new Set<string>()
  const planSome = async (due: DueStep) => {
    const name = `${due.publishedId}/${due.step}`
    await planStep(app, due, begun.has(name) ? villagesAtATime.next : villagesAtATime.first)
    begun.add(name)
  }
  for (;;) {
    const open = await dueSteps(app.sql, true, now(), machineNow())
    if (!open.length) return
    await whileOthersWait(app, async () => {
      for (const due of open) await planSome(due)
    })
  }
}

export const drainUrgent = (app: App) => drainLanes(app, { isEmergency: true })
export const drainOthers = (app: App) => drainLanes(app, { isEmergency: false })
