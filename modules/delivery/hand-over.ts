// A batch leaves the house: its intent is written already, its results are written together.
import { machineNow, now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { channelOf, reportUse, type Account, type Channel, type HandedOver, type Outgoing, type Piece } from '#channels'
import { askForMoney } from './above-budget.ts'
import { callAll, type Going } from './call-addresses.ts'
import { isPaid, leftOf, resultFor } from './carry.ts'
import { endedInVain, goOn, otherWays } from './go-on.ts'
import { gone, haltOf } from './halt.ts'
import { whileHeld } from './hold-lease.ts'
import { linksFor } from './links.ts'
import { endOf, render } from './outgoing.ts'
import { countDeliveries } from './measure.ts'
import { holdDelivered, tellRiders } from './hear-parts.ts'
import { purseFor } from './purse.ts'
import { give } from './receipt.ts'
import { doubtAddresses, failedAddresses, finishAddresses, type AddressResult } from './store/addresses.ts'
import * as store from './store/delivery.ts'
import { insertParts, type Handed } from './store/parts.ts'
import { findPublication, type Publication } from './store/publication.ts'
import { keepTalks } from './store/replies.ts'

/** How long a worker may hold a batch, on the machine's clock. An emergency is repeated sooner after a crash. */
export const leaseOf = ({ isEmergency }: store.Lane) =>
  new Date(machineNow().getTime() + (isEmergency ? 30_000 : 120_000))

/** What became of a batch: of its homes, and of the shared addresses that it took. */
export interface Ended {
  homes: store.Result[]
  addresses: AddressResult[]
  handed: Handed[]
}

/** Only of homes that were called before can the network have said that it could not bring it. */
function failedOf({ app, channel, batch }: Going): Promise<Map<string, string>> | Map<string, string> {
  const again = batch.homes.filter(home => home.tries > 1).map(home => home.householdId)
  return isPaid(channel) && again.length ? failedAddresses(app.sql, batch, again) : new Map()
}

export async function resultsOf(going: Going): Promise<Ended> {
  const { app, channel, batch, publication } = going
  const ids = batch.homes.map(home => home.householdId)
  const settled = await store.settledHomes(app.sql, publication, ids)
  const open = settled.size ? ids.filter(id => !settled.has(id)) : ids
  const message = render(app, publication)
  const found = await channel.find(app, batch.tenant, open, message)
  const failed = await failedOf(going)
  const named = open.flatMap(householdId => {
    const where = found.get(householdId)
    return where && 'addresses' in where ? leftOf({ householdId, addresses: where.addresses }, failed) : []
  })
  const notBrought = new Map(named.map(home => [home.householdId, home.notBrought]))
  const linkOf = await linksFor(
    going,
    named.map(home => home.householdId),
  )
  const { outcomes, addresses, handed } = await callAll({ ...going, linkOf }, message, named)
  const ending = { now: now(), end: endOf(publication) }
  const homes = batch.homes.map(({ householdId: id, tries }) => {
    const isSettled = settled.has(id)
    const seen = { tries, isSettled, where: found.get(id), notBrought: notBrought.get(id) }
    return resultFor(id, { ...seen, outcomes: outcomes.get(id) ?? [] }, ending)
  })
  return { homes: homes.filter(result => result !== undefined), addresses, handed }
}

/** A piece that throws keeps its intent and no result: it is uncertain, and the end of the lease decides. */
async function handOverOne(
  { app, channel, batch }: Omit<Going, 'act'>,
  message: Outgoing,
  piece: Piece,
  account: Account | undefined,
) {
  try {
    return await channel.handOver(app, message, piece, account)
  } catch (error) {
    const about = { channel: channel.kind, tenant: batch.tenant, publication: batch.publishedId }
    app.log.error({ ...about, error: (error as Error).name }, 'hand-over failed')
    return { is: 'unknown' as const }
  }
}

const evidenceOfSent = (batch: store.Batch, p: Publication, homes: readonly string[], at: Date) => {
  const { tenant, publishedId, channel } = batch
  const common = { tenant, publishedId, channel, level: 'sent' as const, version: p.version, at }
  return homes.map(householdId => ({ ...common, id: newId(), householdId }))
}

const idsOf = (results: readonly store.Result[], is: (result: store.Result) => boolean) =>
  new Set(results.filter(is).map(result => result.householdId))

/**
 * Writes results, and with them the evidence that the provider took it: no reach, but known. It counts for who rides too.
 * Where nothing came of it, the next channel of the rung has the home in the same moment.
 */
export async function finishBatch(
  app: App,
  batch: store.Batch,
  ended: Ended,
  p?: Publication,
  also?: (tx: Tx) => Promise<void>,
) {
  if (!ended.homes.length && !ended.addresses.length && !also) return
  const accepted = idsOf(ended.homes, one => one.state === 'handed_over')
  const inVain = idsOf(ended.homes, endedInVain)
  const ways = p && inVain.size ? await otherWays(app, p, batch) : []
  const proves = p && channelOf(batch.channel)?.declares.proves.includes('sent')
  const riders = ended.homes.flatMap(({ householdId, ridesOn }) => (ridesOn ? [{ householdId, ridesOn }] : []))
  const written = await inTransaction(app.sql, async tx => {
    const at = now()
    const delivered = await holdDelivered(tx, batch, [...new Set(riders.map(rider => rider.ridesOn))])
    const done = await store.finish(tx, batch, ended.homes, at)
    if (ended.addresses.length) await finishAddresses(tx, batch, ended.addresses, at)
    await also?.(tx)
    if (p)
      await goOn(
        tx,
        ways,
        p,
        batch,
        [...inVain].filter(id => done.has(id)),
      )
    if (!proves) return done
    const homes = [...done].filter(householdId => accepted.has(householdId))
    await give(app, tx, evidenceOfSent(batch, p, homes, at))
    const riding = riders.filter(rider => done.has(rider.householdId))
    await tellRiders(app, tx, batch, delivered, riding)
    return done
  })
  countDeliveries(batch.channel, ended.homes, written)
}

/** The same for all homes of a batch. */
const allOf = (batch: store.Batch, result: Omit<store.Result, 'householdId'>): Ended => ({
  homes: batch.homes.map(({ householdId }) => ({ householdId, ...result })),
  addresses: [],
  handed: [],
})

/** Of a dead worker's batch nobody knows more: homes and shared addresses are written down so, together. */
export async function finishLost(
  app: App,
  batch: store.Batch,
  result: Omit<store.Result, 'householdId'>,
  p: Publication | undefined,
) {
  const ways = p && endedInVain(result) ? await otherWays(app, p, batch) : []
  await inTransaction(app.sql, async tx => {
    const at = now()
    const written = await store.finish(tx, batch, allOf(batch, result).homes, at)
    await doubtAddresses(tx, batch, [...written], at)
    if (p) await goOn(tx, ways, p, batch, [...written])
  })
}

/**
 * @param account through which the channel speaks; without one where it needs one nothing can go, and the ladder goes on
 * @returns how many addresses were called
 */
export async function handOverBatch(
  app: App,
  channel: Channel,
  batch: store.Batch,
  account?: Account,
): Promise<number> {
  const publication = await findPublication(app.sql, batch.tenant, batch.publishedId)
  const halt = haltOf(publication, batch, channel, account, now())
  if (!publication || halt) {
    await finishBatch(app, batch, allOf(batch, halt ?? gone), publication)
    return 0
  }
  return handOverTo({ app, channel, batch, publication }, account)
}

/** Whom an answer from an address will be about. */
const toldIn = (handed: readonly Handed[]) =>
  handed.flatMap(({ householdId, addresses }) =>
    addresses.map(({ id, isShared }) => ({ address: id, householdId, isShared })),
  )

/** Who has a message there can answer it there. */
const isAnswered = ({ declares: { address } }: Channel) => address !== 'device' && address !== 'email'

async function handOverTo(going: Omit<Going, 'act'>, account: Account | undefined) {
  const { app, batch, publication } = going
  const said: HandedOver[] = []
  let calls = 0
  const purse = await purseFor(going, render(app, publication), account, batch.homes.length)
  let isOutOfMoney = false
  const act: Going['act'] = async (message, piece) => {
    const isPaidFor = purse.take()
    const from = isPaidFor ? account : account && going.channel.unpaid?.(account)
    if (!isPaidFor && !from) {
      isOutOfMoney = true
      return { is: 'refused', why: 'no_budget' }
    }
    calls++
    const outcome = await handOverOne(going, message, piece, from)
    if (outcome.is !== 'unknown') said.push(outcome)
    else if (isPaidFor) purse.lose()
    if (outcome.is === 'refused' && outcome.why === 'no_budget') isOutOfMoney = true
    if (outcome.is === 'refused' && isPaidFor) purse.giveBack()
    return outcome
  }
  const ended = await whileHeld(app, batch, () => resultsOf({ ...going, act }))
  const write = async (tx: Tx) => {
    if (!account) return
    await reportUse(tx, account, said)
    await purse.settle(tx, said)
    if (isOutOfMoney) await askForMoney(app, tx, publication)
    await insertParts(tx, batch, account.id, ended.handed)
    if (isAnswered(going.channel)) await keepTalks(tx, batch, account.id, toldIn(ended.handed), now())
  }
  await finishBatch(app, batch, ended, publication, account && write)
  return calls
}
