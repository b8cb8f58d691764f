// Calls the addresses of a batch: each home's own ones, and each shared one once, whoever names it.
import { now } from '#core/clock'
import type { App } from '#core/module'
import type { Channel, Outgoing, Piece } from '#channels'
import {
  isEmptyTurn,
  isPaid,
  keptOf,
  lookAgainMs,
  nextTurn,
  outcomeOf,
  type Named,
  type Outcome,
  type Turn,
} from './carry.ts'
import type { LinkOf } from './links.ts'
import { keyOf } from './outgoing.ts'
import { carriedAddresses, takeAddresses, type AddressResult, type CarriedAddress } from './store/addresses.ts'
import type { Batch } from './store/delivery.ts'
import type { Handed } from './store/parts.ts'
import type { Publication } from './store/publication.ts'

export interface Going {
  app: App
  channel: Channel
  batch: Batch
  publication: Publication
  /** What is done with each piece: hand it over, or ask what became of it. */
  act: (message: Outgoing, piece: Piece) => Promise<Outcome>
}

/** A batch with the links that its pieces carry. */
export interface GoingWithLinks extends Going {
  linkOf: LinkOf
}

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

/** Takes what of the shared addresses is free. @returns those taken, and what is known of the others */
async function takeShared({ app, channel, batch, publication }: Going, shared: Turn['shared']) {
  const at = now()
  const { takesKey, replacesByTopic } = channel.declares
  const isRepeatable = takesKey || replacesByTopic || publication.class === 'emergency'
  const carries = shared.map(({ address, homes }) => ({ address: address.id, carrier: homes[0]! }))
  const taken = await takeAddresses(app.sql, batch, { carries, isRepeatable, at })
  const others = carries.map(one => one.address).filter(address => !taken.has(address))
  const known = others.length ? await carriedAddresses(app.sql, batch, others) : new Map<string, CarriedAddress>()
  return { taken, known, at }
}

const push = (outcomes: Map<string, Outcome[]>, householdId: string, outcome: Outcome) => {
  const mine = outcomes.get(householdId)
  if (mine) mine.push(outcome)
  else outcomes.set(householdId, [outcome])
}

interface Called {
  /** By home, in the order of its turns. */
  outcomes: Map<string, Outcome[]>
  /** Shared addresses that came up, and what is known of each: none is called a second time. */
  shared: Map<string, Outcome>
  addresses: AddressResult[]
  /** What was taken, by the provider's names. */
  handed: Handed[]
}

interface Call {
  piece: Piece
  /** Whose outcome it is: of a shared address everybody's who names it. */
  address?: string
}

function ownCalls({ batch, linkOf }: GoingWithLinks, { own }: Turn): Call[] {
  return own.map(({ householdId, addresses, isNext }) => {
    // A paid channel's next address is another call: the provider must not take it for the first one.
    const name = isNext ? `${householdId}/${addresses[0]!.id}` : householdId
    return { piece: { key: keyOf(batch, name), householdId, addresses, link: linkOf(householdId) } }
  })
}

/** What of the shared addresses is not called here is known from somebody else, or will be. */
async function sharedCalls(going: GoingWithLinks, { shared }: Turn, called: Called): Promise<Call[]> {
  const news = shared.filter(({ address }) => !called.shared.has(address.id))
  if (!news.length) return []
  const { taken, known, at } = await takeShared(going, news)
  for (const { address } of news.filter(one => !taken.has(one.address.id))) {
    const row = known.get(address.id)
    const waits = { is: 'waits' as const, until: new Date(at.getTime() + lookAgainMs) }
    called.shared.set(address.id, row ? outcomeOf(row, at) : waits)
  }
  return news
    .filter(({ address }) => taken.has(address.id))
    .map(({ address, homes }) => ({
      piece: {
        key: keyOf(going.batch, address.id),
        householdId: homes[0]!,
        addresses: [address],
        link: going.linkOf(homes[0]!, address),
      },
      address: address.id,
    }))
}

/** One address: a message in parts. Several of a home: each name is of a whole message, and any of them that comes is enough. */
function handedOf({ key, householdId, addresses }: Piece, ids: readonly string[] = []): Handed[] {
  const to = addresses.map(({ id, isShared }) => ({ id, isShared: Boolean(isShared) }))
  const [first] = ids
  if (to.length <= 1 || first === undefined) return [{ key, householdId, ids, addresses: to }]
  return ids.map(id => ({ key: `${key}/${id}`, householdId, ids: [id], addresses: to }))
}

async function callTurn(going: GoingWithLinks, message: Outgoing, turn: Turn, called: Called) {
  const { batch, channel, act } = going
  const calls = [...ownCalls(going, turn), ...(await sharedCalls(going, turn, called))]
  const said = await someAtATime(calls, channel.declares.parallel, ({ piece }) => act(message, piece))
  for (const [n, { piece, address }] of calls.entries()) {
    const outcome = said[n]!
    if (outcome.is === 'accepted') called.handed.push(...handedOf(piece, outcome.ids))
    if (address === undefined) {
      push(called.outcomes, piece.householdId, outcome)
      continue
    }
    const tries = batch.homes.find(home => home.householdId === piece.householdId)!.tries
    called.addresses.push(keptOf(address, outcome, tries, now()))
    called.shared.set(address, outcome.is === 'accepted' ? { ...outcome, by: piece.householdId } : outcome)
  }
  for (const { address, homes } of turn.shared)
    for (const home of homes) push(called.outcomes, home, called.shared.get(address.id)!)
}

/** Calls what the homes of a batch name, turn by turn; what is called for one counts for all that name it. */
export async function callAll(going: GoingWithLinks, message: Outgoing, named: readonly Named[]): Promise<Called> {
  const called: Called = { outcomes: new Map(), shared: new Map(), addresses: [], handed: [] }
  for (;;) {
    const turn = nextTurn(named, called.outcomes, isPaid(going.channel))
    if (isEmptyTurn(turn)) return called
    await callTurn(going, message, turn, called)
  }
}
