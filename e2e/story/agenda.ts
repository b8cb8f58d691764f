// What happens when: everybody's next doings, in the order of the story's clock.
import type { Time } from './time.ts'

interface Doing {
  at: number
  no: number
  act: () => Promise<void>
}

/** A binary heap by moment, then by the order of planning. */
export class Agenda {
  readonly #heap: Doing[] = []
  #no = 0

  plan(at: number, act: () => Promise<void>) {
    this.#heap.push({ at, no: this.#no++, act })
    this.#rise(this.#heap.length - 1)
  }

  /** How many doings fall due up to a moment. */
  countUntil(at: number): number {
    let count = 0
    for (const doing of this.#heap) if (doing.at <= at) count++
    return count
  }

  /** Takes everything up to a moment. */
  takeUntil(at: number): Doing[] {
    const taken: Doing[] = []
    while (this.#heap.length && this.#heap[0]!.at <= at) taken.push(this.#pop())
    return taken
  }

  #isBefore(a: number, b: number) {
    const [x, y] = [this.#heap[a]!, this.#heap[b]!]
    return x.at < y.at || (x.at === y.at && x.no < y.no)
  }

  #swap(a: number, b: number) {
    ;[this.#heap[a], this.#heap[b]] = [this.#heap[b]!, this.#heap[a]!]
  }

  #rise(at: number) {
    for (let n = at; n > 0;) {
      const parent = (n - 1) >> 1
      if (!this.#isBefore(n, parent)) return
      this.#swap(n, parent)
      n = parent
    }
  }

  #pop(): Doing {
    const first = this.#heap[0]!
    const last = this.#heap.pop()!
    if (!this.#heap.length) return first
    this.#heap[0] = last
    for (let n = 0; ;) {
      let least = n
      for (const child of [2 * n + 1, 2 * n + 2])
        if (child < this.#heap.length && this.#isBefore(child, least)) least = child
      if (least === n) return first
      this.#swap(n, least)
      n = least
    }
  }
}

/** Runs many doings with so many at a time. */
export async function together<T>(items: readonly T[], lanes: number, work: (item: T) => Promise<void>) {
  let next = 0
  await Promise.all(
    Array.from({ length: Math.min(lanes, items.length) }, async () => {
      while (next < items.length) await work(items[next++]!)
    }),
  )
}

const lanes = 32

const minute = 60_000
/** Fewer doings than this in a minute are taken together with those of the next ones. */
const enough = 40

/** Plays until a moment: minute by minute while much happens or as long as `closely`, else in steps of up to five. */
export async function playUntil(time: Time, agenda: Agenda, end: number, closely: number) {
  while (time.now() < end) {
    const now = time.now()
    const longest = now < closely ? [1] : [1, 2, 3, 4, 5]
    const steps = longest.map(minutes => now + minutes * minute)
    const to = Math.min(end, steps.find(at => agenda.countUntil(at) >= enough) ?? steps.at(-1)!)
    await time.advance(to)
    for (let due = agenda.takeUntil(to); due.length; due = agenda.takeUntil(to))
      await together(due, lanes, doing => doing.act())
  }
}
