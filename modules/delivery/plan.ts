// A step that is due becomes deliveries: one statement for all homes that are not yet at the level asked.
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { channelOf } from '#channels'
import { insertDeliveries, wakeLane } from './store/delivery.ts'
import { endSteps, type DueStep } from './store/ladder.ts'
import { findPublication } from './store/publication.ts'

/** The channel of the last rung: no delivery, a list for persons. */
export const door = 'door'

/**
 * Does a step in every village where it is due. Step and deliveries stand in one transaction, so that a repeat after a crash
 * does it once. @returns deliveries planned
 */
export async function planStep(app: App, due: DueStep): Promise<number> {
  return inTransaction(app.sql, async tx => {
    const at = now()
    const ended = await endSteps(tx, due, at)
    const publication = ended.length ? await findPublication(tx, due.tenant, due.publishedId) : undefined
    if (!publication || publication.withdrawnAt || publication.replacedBy) return 0
    const units = ended.map(step => step.unitId)
    if (due.channel === door) {
      const { tenant, publishedId } = due
      await app.events.announce(app, tx, 'doors.opened', { tenant, publishedId, unitIds: units })
      return 0
    }
    if (!channelOf(due.channel)) return 0
    const dueAt = new Date(Math.min(...ended.map(step => step.dueAt.getTime())))
    const planned = await insertDeliveries(tx, { publication, units, channel: due.channel, step: due.step, dueAt, at })
    const lane = { tenant: due.tenant, channel: due.channel, isEmergency: publication.class === 'emergency' }
    if (planned) await wakeLane(tx, lane, dueAt)
    return planned
  })
}

export async function planDue(app: App, due: DueStep) {
  await planStep(app, due)
}
