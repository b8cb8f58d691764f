// Who will need which way, and what it comes to: a reckoning before sending. Decisions without I/O.

/** One step of the ladder, as the reckoning sees it. */
export interface Rung {
  /** Several of one step stand by what they cost: a home gets the first by which it can be found. */
  step: number
  channel: string
  /** The kind of address by which it finds homes. */
  address: string
  /** Đồng for one message at most; 0 where it is free, or where nobody knows the price. */
  each: number
  /** The share of homes with an earlier way that had been reached by now, in the commune's last messages; undefined: no history. */
  reachedBefore: number | undefined
}

export interface HomesWith {
  kinds: readonly string[]
  homes: number
}

export interface Need {
  channel: string
  /** Homes that have such an address. */
  homes: number
  /** Different addresses among theirs: what is shared is told, and paid, once. */
  addresses: number
  /** Steps in which the way is tried. */
  tries: number
  /** Homes that it will have to be used for: at most all that have it, and what is likely. */
  needs: { most: number; likely: number }
  /** Đồng for one message, and for all of them. */
  dong: { each: number; most: number; likely: number }
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, n) => total + n, 0)

const countOf = (sets: readonly HomesWith[]) => sum(sets.map(set => set.homes))
const hasAny = (set: HomesWith, kinds: ReadonlySet<string>) => set.kinds.some(kind => kinds.has(kind))

/** Homes with this kind of address; of them those that no cheaper way of the step finds; and of these those with no earlier way at all. */
function homesOf(sets: readonly HomesWith[], kind: string, cheaper: ReadonlySet<string>, earlier: ReadonlySet<string>) {
  const mine = sets.filter(set => set.kinds.includes(kind))
  const first = mine.filter(set => !hasAny(set, cheaper))
  return { homes: countOf(mine), first: countOf(first), alone: countOf(first.filter(set => !hasAny(set, earlier))) }
}

const addressesIn = (rungs: readonly Rung[]) => new Set(rungs.map(rung => rung.address))

/**
 * One need a channel, in the order of the ladder. Homes that have no earlier way need it for sure; of the others as many as the
 * commune's last messages had not reached by then. Without history all: `likely` is then `most`, unless a cheaper way of its step is there.
 */
export function needsOf(
  rungs: readonly Rung[],
  sets: readonly HomesWith[],
  addressesOf: ReadonlyMap<string, number>,
): Need[] {
  const needs = new Map<string, Need>()
  for (const [n, { step, channel, address, each, reachedBefore }] of rungs.entries()) {
    const before = rungs.slice(0, n)
    const cheaper = addressesIn(before.filter(rung => rung.step === step))
    const earlier = addressesIn(before.filter(rung => rung.step !== step))
    const { homes, first, alone } = homesOf(sets, address, cheaper, earlier)
    const likely = Math.min(first, Math.ceil(alone + (first - alone) * (1 - (reachedBefore ?? 0))))
    // A device has no number that two homes could share.
    const addresses = addressesOf.get(address) || homes
    const messages = homes ? Math.ceil((likely * addresses) / homes) : 0
    const was = needs.get(channel)
    needs.set(channel, {
      channel,
      homes,
      addresses,
      tries: (was?.tries ?? 0) + 1,
      needs: { most: homes, likely: Math.max(likely, was?.needs.likely ?? 0) },
      dong: {
        each,
        most: (was?.dong.most ?? 0) + addresses * each,
        likely: (was?.dong.likely ?? 0) + messages * each,
      },
    })
  }
  return [...needs.values()]
}

export interface Money {
  /** Đồng at most, and what is likely. */
  most: number
  likely: number
  /** What the month's budget still holds; null: no limit. */
  left: number | null
  isEnough: boolean
  /** Đồng for a short message to every home that has a number; null where that cannot be known. */
  toAll: number | null
  /** What it costs less than that; null where nothing is saved. */
  saved: number | null
}

export function moneyOf(needs: readonly Need[], left: number | null, toAll: number | null): Money {
  const most = sum(needs.map(need => need.dong.most))
  const likely = sum(needs.map(need => need.dong.likely))
  const saved = toAll === null ? 0 : toAll - likely
  return { most, likely, left, isEnough: left === null || most <= left, toAll, saved: saved > 0 ? saved : null }
}

/** Homes that none of these ways finds: only a person at the door will. */
export const homesWithout = (sets: readonly HomesWith[], kinds: readonly string[]) =>
  countOf(sets.filter(set => !hasAny(set, new Set(kinds))))
