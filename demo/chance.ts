// Seeded chance: the same seed gives the same commune and the same day on every machine.

export interface Chance {
  /** 0 ≤ x < 1. */
  next: () => number
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number
  /** A number from `low` to `high`. */
  within: (low: number, high: number) => number
  is: (share: number) => boolean
  one: <T>(list: readonly T[]) => T
  /** Picks by weight. */
  weighted: <T>(list: readonly (readonly [T, number])[]) => T
  shuffled: <T>(list: readonly T[]) => T[]
  /** A log-normal delay: half of all draws are under `median`; a spread of 1 leaves a long tail. */
  delay: (median: number, spread: number) => number
}

/** FNV-1a, so that words may be seeds. */
function hashOf(text: string): number {
  let h = 0x81_1c_9d_c5
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01_00_01_93)
  return h >>> 0
}

/** Mulberry32. */
function numbers(seed: number) {
  let a = seed
  return () => {
    a = (a + 0x6d_2b_79_f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** @param seed parts are joined: `chance(7, 'Phú Hưng')` is a stream of its own */
export function chance(...seed: readonly (string | number)[]): Chance {
  const next = numbers(hashOf(seed.join('/')))
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    between,
    within: (low, high) => low + next() * (high - low),
    is: share => next() < share,
    one: list => list[Math.floor(next() * list.length)]!,
    weighted(list) {
      let left = next() * list.reduce((sum, [, weight]) => sum + weight, 0)
      for (const [what, weight] of list) {
        left -= weight
        if (left < 0) return what
      }
      return list.at(-1)![0]
    },
    shuffled(list) {
      const all = [...list]
      for (let i = all.length - 1; i > 0; i--) {
        const j = between(0, i)
        ;[all[i], all[j]] = [all[j]!, all[i]!]
      }
      return all
    },
    delay(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
      return median * Math.exp(spread * normal)
    },
  }
}
