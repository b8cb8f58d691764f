// After a crash: deliveries with an intent and no result are uncertain. What becomes of them depends on what the channel can promise.
import { machineNow, now } from '#core/clock'
import type { App } from '#core/module'
import type { Channel } from '#channels'
import type { Going } from './call-addresses.ts'
import { finishBatch, finishLost, leaseOf, resultsOf } from './hand-over.ts'
import * as store from './store/delivery.ts'
import { findPublication } from './store/publication.ts'

/**
 * Intents without a result, whose worker died. A provider that takes a key or replaces by topic gets the same key again; one that
 * can be asked is asked; else a normal message is not repeated (the ladder goes on) and an emergency is.
 */
export async function clearUp(app: App, lane: store.Lane, channel: Channel) {
  const { takesKey, replacesByTopic } = channel.declares
  for (;;) {
    const [at, machine] = [now(), machineNow()]
    const leasedUntil = leaseOf(lane)
    const batch = await store.takeOverLease(app.sql, lane, { at, machine, leasedUntil })
    if (!batch) return
    const repeat = { state: 'planned' as const, dueAt: at }
    const otherwise = takesKey || replacesByTopic || lane.isEmergency ? repeat : { state: 'uncertain' as const }
    const publication = await findPublication(app.sql, batch.tenant, batch.publishedId)
    if (takesKey || replacesByTopic || !channel.ask || !publication) {
      await finishLost(app, batch, otherwise, publication)
      continue
    }
    const act: Going['act'] = async (message, piece) => {
      const said = await channel.ask!(app, message, piece).catch(() => 'unknown' as const)
      if (said === 'accepted') return { is: 'accepted' }
      return said === 'never_came' || lane.isEmergency ? { is: 'never_came' } : { is: 'uncertain' }
    }
    await finishBatch(app, batch, await resultsOf({ app, channel, batch, publication, act }), publication)
  }
}
