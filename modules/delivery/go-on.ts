// Nothing came of a channel: the next of the rung takes the home, in the transaction that writes so. Never two of a rung at once.
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import type { Waiting } from '#channels'
import * as store from './store/delivery.ts'
import { findPublication, type Publication } from './store/publication.ts'
import { waysOfRung, type Way } from './ways.ts'

type Taking = Pick<store.Planning, 'publication' | 'whose' | 'step' | 'dueAt' | 'at' | 'silentSince'>

/** Each home to the cheapest way by which it can be found. @returns deliveries */
export async function takeOver(tx: Tx, ways: readonly Way[], taking: Taking): Promise<number> {
  const { publication: p, dueAt } = taking
  let deliveries = 0
  for (const way of ways) {
    const found = await store.insertDeliveries(tx, { ...taking, ...way })
    const lane = { tenant: p.tenant, channel: way.channel, isEmergency: p.class === 'emergency' }
    if (found) await store.wakeLane(tx, lane, dueAt)
    deliveries += found
  }
  return deliveries
}

/** Did it end so that another channel should try? `uncertain` is not said again by the same one, and the ladder goes on. */
export const endedInVain = ({ state, reason }: Pick<store.Result, 'state' | 'reason'>) =>
  state === 'failed' ||
  state === 'no_address' ||
  state === 'opted_out' ||
  state === 'uncertain' ||
  (state === 'expired' && reason !== 'ended')

/** The other ways of the batch's rung, the cheapest first. Asked before the transaction: prices may need looking up. */
export async function otherWays(app: App, p: Publication, of: store.Together): Promise<Way[]> {
  return (await waysOfRung(app, p, of)).filter(way => way.channel !== of.channel)
}

/** @param homes whose delivery has just ended in vain */
export async function goOn(tx: Tx, ways: readonly Way[], p: Publication, of: store.Together, homes: readonly string[]) {
  const at = now()
  const whose = { by: of.channel, homes }
  if (ways.length && homes.length) await takeOver(tx, ways, { publication: p, whose, step: of.step, dueAt: at, at })
}

/** How long homes wait for an account that may not send, where another channel of the rung can have them. */
const patienceMs = { emergency: 20_000, others: 120_000 }

/** Is an account's pause so long, or its trouble such, that homes go on to the next channel of the rung? */
export const isTooLong = ({ waitUntil, isBroken }: Waiting, isEmergency: boolean, at: Date) =>
  Boolean(isBroken) || waitUntil.getTime() - at.getTime() > (isEmergency ? patienceMs.emergency : patienceMs.others)

/** A lane whose account may not send for long: what has another way in its rung takes it, the rest waits. */
export async function leaveLane(app: App, lane: store.Lane, why: string) {
  const { tenant, channel } = lane
  const steps = await store.dueInLane(app.sql, lane, now())
  for (const { publishedId, step } of steps) {
    const of = { tenant, publishedId, channel, step }
    const p = await findPublication(app.sql, tenant, publishedId)
    const ways = p && !p.withdrawnAt && !p.replacedBy ? await otherWays(app, p, of) : []
    if (!p || !ways.length) continue
    await inTransaction(app.sql, async tx => {
      const at = now()
      const homes = await store.holdWaiting(tx, of, at)
      await goOn(tx, ways, p, of, homes)
      await store.endWaiting(tx, of, homes, why, at)
    })
  }
}
