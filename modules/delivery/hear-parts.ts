// A provider tells what became of the parts of a message: evidence for the homes that have it, and the ladder's next step for the others.
import { Counter } from 'prom-client'
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import { metrics } from '#core/metrics'
import type { App } from '#core/module'
import type { Answering } from './answer-reply.ts'
import { channelOf } from '#channels'
import { isPaid } from './carry.ts'
import { idFrom } from './id-from.ts'
import { channelsOf, patienceOf, rungOf } from './ladder.ts'
import { afterTold, stateOfMessage } from './part-states.ts'
import { give, type Evidence } from './receipt.ts'
import { wakeLane, type Batch } from './store/delivery.ts'
import { lookBy } from './store/ladder.ts'
import * as store from './store/parts.ts'
import { keepReply } from './store/replies.ts'
import { findPublication, type Publication } from './store/publication.ts'

const told = new Counter({
  name: 'loa_parts_told_total',
  help: 'What providers said of parts of messages; unknown: of nothing that was ever sent',
  labelNames: ['said'],
  registers: [metrics],
})

const messagesOf = (parts: readonly store.PartRow[]) =>
  [...Map.groupBy(parts, part => `${part.publishedId}/${part.key}`).values()].map(some => ({
    first: some[0]!,
    parts: some,
    state: stateOfMessage(some.map(part => part.state)),
    at: new Date(Math.max(...some.map(part => part.at?.getTime() ?? 0))),
  }))
type MessageNow = ReturnType<typeof messagesOf>[number]

type Proven = 'delivered' | 'seen' | 'acknowledged'

const evidenceFor = (p: Publication, { first, at }: MessageNow, homes: readonly string[], level: Proven): Evidence[] =>
  homes.map(householdId => ({
    tenant: p.tenant,
    publishedId: p.publishedId,
    id: idFrom(`${level} ${first.key} ${householdId}`),
    householdId,
    level,
    channel: first.channel,
    version: p.version,
    at,
  }))

/** Publications that a batch is about, each read once. */
type Known = Map<string, Promise<Publication | undefined>>

async function provenFor(
  tx: Tx,
  tenant: number,
  { message, homes, level }: { message: MessageNow; homes: readonly string[]; level: Proven },
  known: Known,
): Promise<Evidence[]> {
  const { publishedId } = message.first
  if (!homes.length) return []
  const found = known.get(publishedId) ?? findPublication(tx, tenant, publishedId)
  known.set(publishedId, found)
  const publication = await found
  return publication ? evidenceFor(publication, message, homes, level) : []
}

const isThere = (state: MessageNow['state']): state is Proven => state !== null && state !== 'failed'

/** Several homes share the address: whoever pressed is asked for which of them. */
async function askWhichHome(app: App, tx: Tx, tenant: number, { first }: MessageNow) {
  const { accountId: account, address, publishedId, householdId: household } = first
  const id = `button ${first.providerId}`
  if (address === null || !(await keepReply(tx, tenant, account, { id, address, at: now() }))) return
  const answering: Answering = { tenant, account, id, address, says: 'choose', household, publishedId }
  await app.jobs.send(tx, 'delivery.reply', answering)
}

/** The network could not bring it: the home's next address has its turn, then the next channel of its rung. */
async function notBrought(tx: Tx, tenant: number, { first, parts }: MessageNow) {
  const why = parts.find(part => part.state === 'failed')!.why ?? 'not_delivered'
  const { publishedId, channel, step, address } = first
  const at = now()
  const p = await findPublication(tx, tenant, publishedId)
  const known = channelOf(channel)
  if (!p || !known || p.withdrawnAt || p.replacedBy) return
  if (address !== null) await store.failAddress(tx, tenant, { ...first, address }, { why, at })
  const rung = rungOf(p.ladder.steps, first)
  const patience = rung ? patienceOf(rung, p.class) : 0
  if (address !== null && isPaid(known)) {
    const again = { why, at, silentSince: new Date(at.getTime() - patience) }
    const { homes, units } = await store.planAgain(tx, tenant, first, again)
    if (homes) await wakeLane(tx, { tenant, channel, isEmergency: p.class === 'emergency' }, at)
    await lookBy(tx, { tenant, publishedId, step }, units, new Date(at.getTime() + patience))
    return
  }
  const units = await store.failCarried(tx, tenant, first, why, at)
  if (rung && channelsOf(rung).length > 1) await lookBy(tx, { tenant, publishedId, step }, units, at)
}

interface Changed {
  message: MessageNow
  before: MessageNow['state']
}

/** @returns what it proves of homes */
async function follow(app: App, tx: Tx, tenant: number, { message, before }: Changed, known: Known) {
  const { first, state } = message
  if (state === 'failed') await notBrought(tx, tenant, message)
  if (!isThere(state)) return []
  await store.mendCarried(tx, tenant, first, now(), before === 'failed')
  const homes = await store.homesCarried(tx, tenant, first)
  const isForAll = !first.isShared && homes.length === 1
  if (!isForAll && state === 'acknowledged') await askWhichHome(app, tx, tenant, message)
  return provenFor(tx, tenant, { message, homes, level: isForAll ? state : 'delivered' }, known)
}

/** @returns what nothing of ours is called by */
async function hearKnown(app: App, tx: Tx, tenant: number, account: string, heard: readonly store.HeardRow[]) {
  const parts = await store.holdMessages(
    tx,
    tenant,
    account,
    heard.map(one => one.providerId),
  )
  const byName = new Map(parts.filter(part => part.accountId === account).map(part => [part.providerId, part]))
  const before = new Map(messagesOf(parts).map(message => [message.first.key, message.state]))
  const changed = new Set<store.PartRow>()
  for (const one of heard) {
    const part = byName.get(one.providerId)
    const state = part && afterTold(part.state, one.state)
    if (!part || state === part.state) continue
    Object.assign(part, { state, why: state === 'failed' ? one.why : null, at: one.at })
    changed.add(part)
  }
  told.inc({ said: 'repeated' }, heard.filter(one => byName.has(one.providerId)).length - changed.size)
  if (changed.size) {
    for (const { state } of changed) told.inc({ said: state! })
    await store.setParts(tx, tenant, [...changed])
    const [known, proven]: [Known, Evidence[]] = [new Map(), []]
    for (const message of messagesOf(parts)) {
      const was = before.get(message.first.key) ?? null
      if (message.state === was) continue
      proven.push(...(await follow(app, tx, tenant, { message, before: was }, known)))
    }
    if (proven.length) await give(app, tx, proven)
  }
  return heard.filter(one => !byName.has(one.providerId))
}

/** Takes what a provider tells. What nobody knows yet may have come before its batch was written: it is kept for a while. */
export async function hearParts(app: App, tx: Tx, tenant: number, account: string, heard: readonly store.HeardRow[]) {
  if (!heard.length) return
  const unknown = await hearKnown(app, tx, tenant, account, heard)
  if (unknown.length) await store.keepHeard(tx, tenant, account, unknown, now())
}

const keepMs = 3_600_000

/** What was heard too early is taken up when its batch is written; what is of nothing of ours is given up after an hour. */
export const hearLate = (app: App) =>
  inTransaction(app.sql, async tx => {
    const heard = await store.takeHeard(tx)
    for (const some of Map.groupBy(heard, one => `${one.tenant}/${one.account}`).values())
      await hearKnown(app, tx, some[0]!.tenant, some[0]!.account, some)
    const unknown = await store.forgetHeard(tx, new Date(now().getTime() - keepMs))
    if (unknown) told.inc({ said: 'unknown' }, unknown)
  })

/** What of these carriers' messages is on the phones already: asked before a batch is written, in which others ride on them. */
export async function holdDelivered(tx: Tx, batch: Batch, carriers: readonly string[]) {
  const parts = carriers.length ? await store.holdCarried(tx, batch, carriers) : []
  return messagesOf(parts).filter(message => isThere(message.state))
}

/** Who rides on a message that is on the phone has it too. */
export async function tellRiders(
  app: App,
  tx: Tx,
  batch: Batch,
  delivered: readonly MessageNow[],
  riders: readonly { householdId: string; ridesOn: string }[],
) {
  const [known, proven]: [Known, Evidence[]] = [new Map(), []]
  for (const message of delivered) {
    const mine = riders.filter(rider => rider.ridesOn === message.first.householdId)
    const homes = mine.map(rider => rider.householdId)
    proven.push(...(await provenFor(tx, batch.tenant, { message, homes, level: 'delivered' }, known)))
  }
  if (proven.length) await give(app, tx, proven)
}
