// So many at the same time, and so many a second; whoever came first goes first.
import { setTimeout as sleep } from 'node:timers/promises'

/** Timers are no finer: what is due within it goes at once. */
const grainMs = 20

export class Turnstile {
  #free: number
  readonly #gapMs: number
  readonly #waiting: (() => void)[] = []
  /** When the next one is due, on the machine's own clock. */
  #due = 0

  constructor(most: number, perSecond: number) {
    this.#free = most
    this.#gapMs = 1000 / perSecond
  }

  /** @returns what lets the next one in */
  async enter(): Promise<() => void> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>(done => this.#waiting.push(done))
    const at = performance.now()
    const waitMs = this.#due - at
    this.#due = Math.max(this.#due, at) + this.#gapMs
    if (waitMs > grainMs) await sleep(waitMs)
    return () => {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }
}
