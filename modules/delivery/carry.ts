// Homes that share an address: one delivery carries the text there, the others ride on it. Decisions without I/O.
import { channelErrors, waitBeforeAgain, type Address, type Channel, type Found, type HandedOver } from '#channels'
import type { AddressResult, CarriedAddress } from './store/addresses.ts'
import type { Result } from './store/delivery.ts'

/** What became of one address, or of those that a home has for itself. */
export type Outcome =
  | {
      is: 'accepted'
      /** Whose delivery carried it, where that is known. */
      by?: string
      /** The provider's names for its parts. */
      ids?: readonly string[]
    }
  | Exclude<HandedOver, { is: 'accepted' }>
  /** It failed for whoever carried it: not called again. */
  | { is: 'failed'; why: string }
  /** The call gave no result: the end of the lease decides. */
  | { is: 'unknown' }
  /** Asked after a crash, and it never went: its turn is now. */
  | { is: 'never_came' }
  /** Asked after a crash, and nobody knows: it is not called again. */
  | { is: 'uncertain' }
  /** So it is with the one who carried it. */
  | { is: 'carrier_uncertain' }
  /** In another's hands, or its carrier's turn comes again: look then. */
  | { is: 'waits'; until: Date }

/** A home of the batch with its addresses, the best first. */
export interface Named {
  householdId: string
  addresses: readonly Address[]
  /** Others of its addresses were called in this step before. */
  isNext?: boolean
}

/** What one turn calls: what homes have for themselves, and each shared address once. */
export interface Turn {
  own: Named[]
  shared: { address: Address; homes: string[] }[]
}

/** A paid channel goes to one address of a home at a time. */
export const isPaid = ({ declares }: Pick<Channel, 'declares'>) => declares.cost > 0

/** Did nothing come of it, so that a paid channel may go to the next address of the home? */
const isNothing = (outcome: Outcome) =>
  outcome.is === 'failed' ||
  outcome.is === 'carrier_uncertain' ||
  outcome.is === 'never_came' ||
  (outcome.is === 'refused' && waitBeforeAgain(outcome.why, 1) === undefined)

/**
 * The next addresses to be called. A free channel goes to all addresses of a home in its first turn; a paid one goes to one, and to
 * the next only when nothing came of it: so a contact more never makes a home's reach worse.
 */
export function nextTurn(
  homes: readonly Named[],
  outcomes: ReadonlyMap<string, readonly Outcome[]>,
  oneByOne: boolean,
) {
  const turn: Turn = { own: [], shared: [] }
  const shared = new Map<string, Turn['shared'][number]>()
  for (const { householdId, addresses, isNext } of homes) {
    const past = outcomes.get(householdId) ?? []
    if (past.length && !(oneByOne && past.every(isNothing))) continue
    const wanted = oneByOne ? addresses.slice(past.length, past.length + 1) : addresses
    const own = wanted.filter(address => !address.isShared)
    if (own.length) turn.own.push({ householdId, addresses: own, isNext: isNext || past.length > 0 })
    for (const address of wanted.filter(one => one.isShared)) {
      const known = shared.get(address.id)
      if (known) known.homes.push(householdId)
      else shared.set(address.id, { address, homes: [householdId] })
    }
  }
  turn.shared = [...shared.values()].map(one => ({ ...one, homes: one.homes.toSorted() }))
  return turn
}

export const isEmptyTurn = ({ own, shared }: Turn) => !own.length && !shared.length

/** While a shared address is in another's hands. */
export const lookAgainMs = 2000

/** What a home finds of an address that another's delivery carries, or carried. */
export function outcomeOf({ said, carrier, reason, dueAt }: CarriedAddress, at: Date): Outcome {
  if (said === 'handed_over') return { is: 'accepted', by: carrier }
  if (said === 'failed') return { is: 'failed', why: reason! }
  if (said === 'uncertain') return { is: 'carrier_uncertain' }
  const soon = at.getTime() + lookAgainMs
  return { is: 'waits', until: new Date(Math.max(soon, dueAt?.getTime() ?? soon)) }
}

/** What the next home that names the address finds. */
export function keptOf(address: string, outcome: Outcome, tries: number, at: Date): AddressResult {
  if (outcome.is === 'accepted') return { address, said: 'handed_over' }
  if (outcome.is === 'never_came') return { address, said: 'later', dueAt: at }
  if (outcome.is !== 'refused') return { address, said: 'uncertain' }
  const wait = waitBeforeAgain(outcome.why, tries)
  if (wait === undefined) return { address, said: 'failed', reason: outcome.why }
  const dueAt = new Date(Math.max(at.getTime() + wait * 1000, outcome.againAt?.getTime() ?? 0))
  return { address, said: 'later', reason: outcome.why, dueAt }
}

/** The addresses to which the network could bring it, as far as it is known. @param failed why not, by home and address */
export function leftOf({ householdId, addresses }: Named, failed: ReadonlyMap<string, string>) {
  const whyOf = (address: Address) => failed.get(`${householdId} ${address.id}`)
  const left = addresses.filter(address => whyOf(address) === undefined)
  const isNext = left.length < addresses.length
  return { householdId, addresses: left, isNext, notBrought: left.length ? undefined : addresses.map(whyOf)[0] }
}

export interface Ending {
  now: Date
  /** After this the message is of no use. */
  end: number
}

function refused({ why, againAt }: Extract<Outcome, { is: 'refused' }>, tries: number, { now, end }: Ending) {
  const wait = waitBeforeAgain(why, tries)
  if (wait === undefined) return { state: 'failed' as const, reason: why }
  const dueAt = new Date(Math.max(now.getTime() + wait * 1000, againAt?.getTime() ?? 0))
  return dueAt.getTime() > end
    ? { state: 'expired' as const, reason: why }
    : { state: 'planned' as const, reason: why, dueAt, ...(channelErrors[why].isOfAccount ? { isNoTry: true } : {}) }
}

const waits = (until: Date, { end }: Ending) =>
  until.getTime() > end
    ? { state: 'expired' as const, reason: 'riding' }
    : { state: 'planned' as const, reason: 'riding', dueAt: until, isNoTry: true }

/**
 * What becomes of a home's delivery: one address that has it is enough; else the hope that is left, the soonest first.
 * @returns undefined while nobody knows: the delivery keeps its intent
 */
function resultOf(
  householdId: string,
  outcomes: readonly Outcome[],
  tries: number,
  ending: Ending,
): Result | undefined {
  const accepted = outcomes.filter(one => one.is === 'accepted')
  if (accepted.length) {
    const isOwn = accepted.some(({ by }) => by === undefined || by === householdId)
    return { householdId, state: 'handed_over', ...(isOwn ? {} : { ridesOn: accepted[0]!.by! }) }
  }
  if (outcomes.some(one => one.is === 'unknown')) return undefined
  if (outcomes.some(one => one.is === 'uncertain')) return { householdId, state: 'uncertain' }
  const hopes = outcomes.flatMap(one => {
    if (one.is === 'never_came') return { state: 'planned' as const, dueAt: ending.now }
    if (one.is === 'waits') return waits(one.until, ending)
    if (one.is === 'refused') return refused(one, tries, ending)
    return one.is === 'failed' ? { state: 'failed' as const, reason: one.why } : []
  })
  const [again] = hopes
    .filter(hope => hope.state === 'planned')
    .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
  if (again) return { householdId, ...again }
  if (outcomes.some(one => one.is === 'carrier_uncertain')) return { householdId, state: 'uncertain' }
  return { householdId, ...hopes[0]! }
}

/** What is known of a home of a batch before and after its addresses were called. */
export interface Seen {
  tries: number
  /** It got there meanwhile, or a person closed it. */
  isSettled: boolean
  where: ReturnType<Found['get']>
  /** Why none of its addresses is left: the network could not bring it to any. */
  notBrought?: string | undefined
  /** Empty: none of its addresses was called. */
  outcomes: readonly Outcome[]
}

/** @returns undefined while nobody knows */
export function resultFor(householdId: string, seen: Seen, ending: Ending): Result | undefined {
  const { isSettled, where, outcomes, tries, notBrought } = seen
  if (isSettled) return { householdId, state: 'stopped', reason: 'reached' }
  if (!where || ('addresses' in where && !where.addresses.length)) return { householdId, state: 'no_address' }
  if ('optedOut' in where) return { householdId, state: 'opted_out' }
  if (notBrought !== undefined) return { householdId, state: 'failed', reason: notBrought }
  return resultOf(householdId, outcomes, tries, ending)
}
