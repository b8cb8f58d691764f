// Deliveries leave the house: claimed per commune in batches, the intent written first, the result after.
import { createHash } from 'node:crypto'
import { machineNow, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId, outside } from '#core/ids'
import type { App } from '#core/module'
import { channelOf, waitBeforeAgain, type Channel, type HandedOver, type Outgoing, type Piece } from '#channels'
import { give } from './receipt.ts'
import * as store from './store/delivery.ts'
import { findPublication, type Publication } from './store/publication.ts'

/** How long a worker may hold a batch, and how many homes it takes at most. An emergency is repeated sooner after a crash. */
const limitsOf = ({ isEmergency }: store.Lane, channel: Channel) => ({
  leaseMs: isEmergency ? 30_000 : 120_000,
  most: isEmergency ? Math.min(channel.declares.batch, 200) : channel.declares.batch,
})
/** A lane gives way to the others after this; what is left of it is due still. */
const turnMs = 3000
const lanesAtATime = 3
const batchesAtATime = 2

/** Hours for which a message is of use where it says no end itself. */
const hoursOfUse = { emergency: 12, priority: 24, normal: 72 }
const maxSeconds = 28 * 86_400

const endOf = (p: Publication) => {
  const ends = [p.endsAt, p.lastUsefulAt].filter(end => end !== null).map(end => end.getTime())
  return ends.length ? Math.min(...ends) : p.publishedAt.getTime() + hoursOfUse[p.class] * 3_600_000
}

/** The first words of a text, whole words only. */
const firstWords = (text: string, most = 140) => {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length <= most ? flat : `${flat.slice(0, flat.lastIndexOf(' ', most - 1))}…`
}

/** What a channel needs of a publication: rendered once for all its homes. */
export function render(app: App, p: Publication): Outgoing {
  const seconds = Math.ceil((endOf(p) - now().getTime()) / 1000)
  return {
    tenant: p.tenant,
    subject: p.subject,
    subjectId: outside(p.tenant, p.subjectId),
    publishedId: outside(p.tenant, p.publishedId),
    version: p.version,
    class: p.class,
    isPrivate: p.isPrivate,
    title: p.content.title,
    words: firstWords(p.content.plain || p.content.body),
    topic: app.keys.mac('topic', `${p.tenant}/${p.subjectId}`).subarray(0, 24).toString('base64url'),
    seconds: Math.min(Math.max(seconds, 60), maxSeconds),
  }
}

/** Message × home × channel × step: the same however often it is handed over. */
export const keyOf = (batch: Pick<store.Batch, 'publishedId' | 'channel' | 'step'>, householdId: string) =>
  createHash('sha256')
    .update(`${batch.publishedId}/${householdId}/${batch.channel}/${batch.step}`)
    .digest('base64url')
    .slice(0, 32)

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

interface Going {
  app: App
  channel: Channel
  batch: store.Batch
  publication: Publication
  /** What is done with each piece: hand it over, or ask what became of it. */
  act: (message: Outgoing, piece: Piece, tries: number) => Promise<store.Result | undefined>
}

async function resultsOf({ app, channel, batch, publication, act }: Going): Promise<store.Result[]> {
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
async function finishBatch(app: App, batch: store.Batch, results: readonly store.Result[], p?: Publication) {
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

async function handOverBatch(app: App, channel: Channel, batch: store.Batch) {
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
  const going = { app, channel, batch, publication }
  const act: Going['act'] = (message, piece, tries) => handOverOne(going, message, piece, tries)
  await finishBatch(app, batch, await resultsOf({ ...going, act }), publication)
}

/**
 * Intents without a result, whose worker died. A provider that takes a key or replaces by topic gets the same key again; one that
 * can be asked is asked; else a normal message is not repeated (the ladder goes on) and an emergency is.
 */
async function clearUp(app: App, lane: store.Lane, channel: Channel) {
  const { takesKey, replacesByTopic } = channel.declares
  for (;;) {
    const [at, machine] = [now(), machineNow()]
    const leasedUntil = new Date(machine.getTime() + limitsOf(lane, channel).leaseMs)
    const batch = await store.takeOverLease(app.sql, lane, { at, machine, leasedUntil })
    if (!batch) return
    const repeat = { state: 'planned' as const, dueAt: at }
    const otherwise = takesKey || replacesByTopic || lane.isEmergency ? repeat : { state: 'uncertain' as const }
    const publication = await findPublication(app.sql, batch.tenant, batch.publishedId)
    if (takesKey || replacesByTopic || !channel.ask || !publication) {
      await finishBatch(
        app,
        batch,
        batch.homes.map(({ householdId }) => ({ householdId, ...otherwise })),
      )
      continue
    }
    const act: Going['act'] = async (message, piece) => {
      const said = await channel.ask!(app, message, piece).catch(() => 'unknown' as const)
      const { householdId } = piece
      if (said === 'accepted') return { householdId, state: 'handed_over' }
      return { householdId, ...(said === 'never_came' ? repeat : otherwise) }
    }
    await finishBatch(app, batch, await resultsOf({ app, channel, batch, publication, act }), publication)
  }
}

/** Hands over what is due in a lane, until nothing is or its turn is over. @returns whether it is empty */
async function drainLane(app: App, lane: store.Lane): Promise<boolean> {
  const channel = channelOf(lane.channel)
  if (!channel) return true
  const { most, leaseMs } = limitsOf(lane, channel)
  const end = machineNow().getTime() + turnMs
  await clearUp(app, lane, channel)
  const run = async (): Promise<boolean> => {
    for (;;) {
      const leasedUntil = new Date(machineNow().getTime() + leaseMs)
      const batch = await store.claim(app.sql, lane, { most, at: now(), leasedUntil })
      if (!batch) return true
      await handOverBatch(app, channel, batch)
      if (machineNow().getTime() > end) return false
    }
  }
  const empty = await Promise.all(Array.from({ length: batchesAtATime }, run))
  return empty.every(Boolean)
}

/** A turn for every lane that has something due. Several workers may do it at the same time. */
export async function drainLanes(app: App, { isEmergency }: { isEmergency: boolean }) {
  const lanes = await store.dueLanes(app.sql, isEmergency, now())
  await someAtATime(lanes, lanesAtATime, async lane => {
    if (await drainLane(app, lane)) await inTransaction(app.sql, tx => store.restLane(tx, lane, now()))
  })
}
