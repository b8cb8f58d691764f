// Who will need which way, and what it comes to: a reckoning before sending. Decisions without I/O.

/** One step of the ladder, as the reckoning sees it. */
export interface Rung {
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

/** Homes with this kind of address, and of them those with none of the earlier kinds. */
function homesOf(sets: readonly HomesWith[], kind: string, earlier: ReadonlySet<string>) {
  const mine = sets.filter(set => set.kinds.includes(kind))
  const alone = mine.filter(set => !set.kinds.some(other => earlier.has(other)))
  return { homes: sum(mine.map(set => set.homes)), alone: sum(alone.map(set => set.homes)) }
}

/**
 * One need a channel, in the order of the ladder. Homes that have no earlier way need it for sure; of the others as many as the
 * commune's last messages had not reached by then. Without history, or where a home is told again, all: `likely` is then `most`.
 */
export function needsOf(
  rungs: readonly Rung[],
  sets: readonly HomesWith[],
  addressesOf: ReadonlyMap<string, number>,
): Need[] {
  const needs = new Map<string, Need>()
  const earlier = new Set<string>()
  for (const { channel, address, each, reachedBefore } of rungs) {
    const { homes, alone } = homesOf(sets, address, earlier)
    const likely = Math.min(homes, Math.ceil(alone + (homes - alone) * (1 - (reachedBefore ?? 0))))
    // A device has no number that two homes could share.
    const addresses = addressesOf.get(address) || homes
    const messages = homes ? Math.ceil((likely * addresses) / homes) : 0
    const before = needs.get(channel)
    needs.set(channel, {
      channel,
      homes,
      addresses,
      tries: (before?.tries ?? 0) + 1,
      needs: { most: homes, likely: Math.max(likely, before?.needs.likely ?? 0) },
      dong: {
        each,
        most: (before?.dong.most ?? 0) + addresses * each,
        likely: (before?.dong.likely ?? 0) + messages * each,
      },
    })
    earlier.add(address)
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
  sum(sets.filter(set => !set.kinds.some(kind => kinds.includes(kind))).map(set => set.homes))
