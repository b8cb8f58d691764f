// A batch leaves the house: its intent is written already, its results are written together.
import { machineNow, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { channelOf, waitBeforeAgain, type Channel, type HandedOver, type Outgoing, type Piece } from '#channels'
import { afterQuiet } from './ladder.ts'
import { endOf, keyOf, render } from './outgoing.ts'
import { give } from './receipt.ts'
import * as store from './store/delivery.ts'
import { findPublication, type Publication } from './store/publication.ts'

/** How long a worker may hold a batch, on the machine's clock. An emergency is repeated sooner after a crash. */
export const leaseOf = ({ isEmergency }: store.Lane) =>
  new Date(machineNow().getTime() + (isEmergency ? 30_000 : 120_000))

/** Does `work` for each, some at a time, keeping the order of results. */
async function someAtATime<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const run = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at]!)
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, run))
  return results
}

function asResult(p: Publication, householdId: string, tries: number, said: HandedOver): store.Result {
  if (said.is === 'accepted') return { householdId, state: 'handed_over' }
  const wait = waitBeforeAgain(said.why, tries)
  if (wait === undefined) return { householdId, state: 'failed', reason: said.why }
  const dueAt = new Date(Math.max(now().getTime() + wait * 1000, said.againAt?.getTime() ?? 0))
  if (dueAt.getTime() > endOf(p)) return { householdId, state: 'expired', reason: said.why }
  return { householdId, state: 'planned', reason: said.why, dueAt }
}

/** Why nothing of the batch goes out any more. */
function whyNot(p: Publication | undefined): { state: store.State; reason: string } | undefined {
  if (!p || p.withdrawnAt) return { state: 'stopped', reason: 'withdrawn' }
  if (p.replacedBy) return { state: 'stopped', reason: 'replaced' }
  return p.endsAt && p.endsAt <= now() ? { state: 'expired', reason: 'ended' } : undefined
}

export interface Going {
  app: App
  channel: Channel
  batch: store.Batch
  publication: Publication
  /** What is done with each piece: hand it over, or ask what became of it. */
  act: (message: Outgoing, piece: Piece, tries: number) => Promise<store.Result | undefined>
}

export async function resultsOf({ app, channel, batch, publication, act }: Going): Promise<store.Result[]> {
  const ids = batch.homes.map(home => home.householdId)
  const settled = await store.settledHomes(app.sql, publication, ids)
  const open = settled.size ? ids.filter(id => !settled.has(id)) : ids
  const found = await channel.find(app, batch.tenant, open)
  const message = render(app, publication)
  const results = await someAtATime(batch.homes, channel.declares.parallel, async ({ householdId, tries }) => {
    if (settled.has(householdId)) return { householdId, state: 'stopped' as const, reason: 'reached' }
    const where = found.get(householdId)
    if (!where) return { householdId, state: 'no_address' as const }
    if ('optedOut' in where) return { householdId, state: 'opted_out' as const }
    return act(message, { key: keyOf(batch, householdId), householdId, addresses: where.addresses }, tries)
  })
  return results.filter(result => result !== undefined)
}

/** A piece that throws keeps its intent and no result: it is uncertain, and the end of the lease decides. */
async function handOverOne(going: Omit<Going, 'act'>, message: Outgoing, piece: Piece, tries: number) {
  const { app, channel, batch, publication } = going
  try {
    return asResult(publication, piece.householdId, tries, await channel.handOver(app, message, piece))
  } catch (error) {
    const about = { channel: channel.kind, tenant: batch.tenant, publication: batch.publishedId }
    app.log.error({ ...about, error: (error as Error).name }, 'hand-over failed')
    return undefined
  }
}

/** Writes results, and with them the evidence that the provider took it: no reach, but known. */
export async function finishBatch(app: App, batch: store.Batch, results: readonly store.Result[], p?: Publication) {
  if (!results.length) return
  const accepted = new Set(results.filter(({ state }) => state === 'handed_over').map(({ householdId }) => householdId))
  const proves = p && channelOf(batch.channel)?.declares.proves.includes('sent')
  await inTransaction(app.sql, async tx => {
    const at = now()
    const written = await store.finish(tx, batch, results, at)
    if (!proves) return
    const { tenant, publishedId, channel } = batch
    const common = { tenant, publishedId, channel, level: 'sent' as const, version: p.version, at }
    const homes = [...written].filter(householdId => accepted.has(householdId))
    await give(
      app,
      tx,
      homes.map(householdId => ({ ...common, id: newId(), householdId })),
    )
  })
}

/** When the channel's quiet hours end, if it is quiet now: what was late stays silent until the morning. */
function quietUntil(p: Publication, channel: string): Date | undefined {
  const at = now()
  const end = afterQuiet(at, p.ladder.steps.find(rung => rung.channel === channel)?.quiet)
  return end > at ? end : undefined
}

export async function handOverBatch(app: App, channel: Channel, batch: store.Batch) {
  const publication = await findPublication(app.sql, batch.tenant, batch.publishedId)
  const no = whyNot(publication)
  if (!publication || no) {
    await finishBatch(
      app,
      batch,
      batch.homes.map(({ householdId }) => ({ householdId, ...no! })),
    )
    return
  }
  const dueAt = quietUntil(publication, channel.kind)
  if (dueAt) {
    const waiting = batch.homes.map(({ householdId }) => ({
      householdId,
      state: 'planned' as const,
      reason: 'quiet',
      dueAt,
    }))
    await finishBatch(app, batch, waiting)
    return
  }
  const going = { app, channel, batch, publication }
  const act: Going['act'] = (message, piece, tries) => handOverOne(going, message, piece, tries)
  await finishBatch(app, batch, await resultsOf({ ...going, act }), publication)
}
