// Where the names of a ladder's steps stand over the curve, so that none covers another. Decisions without I/O.

export interface Label {
  /** Of its line. */
  x: number
  /** Where the words begin. */
  from: number
  row: number
  words: string
}

/** A letter of the chart's type is at most so wide, mostly less. */
const letter = 7.5
const gap = 8
const wide = (words: string) => Array.from(words).length * letter

/** Beside `x`, or as far to the left as the chart's right end asks. */
export const beside = (x: number, words: string, width: number) => Math.max(0, Math.min(x, width - wide(words)))

/**
 * Steps of one minute are one label. Each stands in the first row that has room for it, inside the chart.
 * @param names of the steps, in the order of their time
 */
export function labelsOf(
  names: readonly { at: number; name: string }[],
  xOf: (at: number) => number,
  width: number,
): Label[] {
  const together = [...Map.groupBy(names, one => Math.floor(one.at / 60_000)).values()]
  const ends: number[] = []
  return together.map(steps => {
    const x = xOf(steps[0]!.at)
    const words = [...new Set(steps.map(step => step.name))].join(', ')
    const from = beside(x + 4, words, width)
    const free = ends.findIndex(end => end + gap <= from)
    const row = free < 0 ? ends.length : free
    ends[row] = from + wide(words)
    return { x, from, row, words }
  })
}
