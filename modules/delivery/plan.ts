// A step that is due becomes deliveries: one statement for all homes that are not yet at the level asked.
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { holdersOf } from '#access'
import { alertStaff } from '#channels'
import { takeOver } from './go-on.ts'
import { againOf, isAgain, nextLook, patienceOf, placeOf, rungOf } from './ladder.ts'
import { endOf } from './outgoing.ts'
import { isStepOpen } from './store/delivery.ts'
import { endSteps, lookAgainAt, type DueStep } from './store/ladder.ts'
import { findPublication, isForMembers, type Publication } from './store/publication.ts'
import { waysOfRung, type Way } from './ways.ts'

/** The channel of the last rung: no delivery, a list for persons. */
const door = 'door'

/** The doors of these villages may be knocked at: their heads and secretaries hear of it; of those of a private message for groups the chair, who may see their members. */
async function callWalkers(app: App, tx: Tx, p: Publication, unitIds: string[]) {
  const { tenant, publishedId } = p
  const holders = await holdersOf(
    tx,
    isForMembers(p)
      ? { tenant, roles: ['commune_chair'] }
      : { tenant, roles: ['village_head', 'party_secretary'], unitIds },
  )
  await alertStaff(app, tx, {
    tenant,
    accounts: [...new Set(holders.map(holder => holder.account))],
    says: 'delivery.alert.doors',
    subject: p.isPrivate ? '' : p.content.title,
    url: '/doors',
    about: `doors ${publishedId}`,
    class: p.class,
    until: p.endsAt ?? new Date(now().getTime() + 86_400_000),
  })
}

/** What one transaction did of a step. */
export interface Planned {
  villages: number
  deliveries: number
}

/**
 * A rung of several channels: homes to whom one was handed over and who are not there yet go on to the next after a while. It is
 * looked at again until nothing of it is open, or the message is of no use any more.
 */
async function takeRung(
  tx: Tx,
  ways: readonly Way[],
  { publication: p, due, units, dueAt, at }: { publication: Publication; due: DueStep; units: string[] } & Times,
): Promise<number> {
  const patience = patienceOf(rungOf(p.ladder.steps, due)!, p.class)
  const silentSince = new Date(at.getTime() - patience)
  const step = placeOf(due.step)
  const isLater = isAgain(due.step)
  const taking = { publication: p, whose: { units }, step, at, dueAt: isLater ? at : dueAt }
  const deliveries = await takeOver(tx, ways, isLater ? { ...taking, silentSince } : taking)
  const { tenant, publishedId } = p
  const isOpen = deliveries > 0 || (await isStepOpen(tx, { tenant, publishedId, step }, units, silentSince))
  const next = nextLook(isOpen, at.getTime(), patience, endOf(p))
  if (next !== undefined)
    await lookAgainAt(tx, { ...due, step: againOf(step) }, units, p.class === 'emergency', new Date(next))
  return deliveries
}

interface Times {
  dueAt: Date
  at: Date
}

/**
 * Does a step in every village where it is due, or in the first few of them. Step and deliveries stand in one transaction, so that
 * a repeat after a crash does it once.
 */
export async function planStep(app: App, due: DueStep, most?: number): Promise<Planned> {
  // Read before: whoever withdraws it afterwards stops its steps, so that none is left to end, or stops what was planned.
  const publication = await findPublication(app.sql, due.tenant, due.publishedId)
  const ways = publication ? await waysOfRung(app, publication, due) : []
  return inTransaction(app.sql, async tx => {
    const at = now()
    const ended = await endSteps(tx, due, at, most)
    const none = { villages: ended.length, deliveries: 0 }
    if (!ended.length || !publication || publication.withdrawnAt || publication.replacedBy) return none
    const units = ended.map(step => step.unitId)
    if (due.channel === door) {
      await callWalkers(app, tx, publication, units)
      return none
    }
    const dueAt = new Date(Math.min(...ended.map(step => step.dueAt.getTime())))
    const deliveries =
      ways.length > 1
        ? await takeRung(tx, ways, { publication, due, units, dueAt, at })
        : await takeOver(tx, ways, { publication, whose: { units }, step: placeOf(due.step), dueAt, at })
    return { villages: ended.length, deliveries }
  })
}

export async function planDue(app: App, due: DueStep) {
  await planStep(app, due)
}
