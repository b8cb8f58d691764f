// What is going to happen, in the order of its time; at the same moment in the order in which it was said.
export class Agenda {
  readonly #events: { at: number; run: (at: number) => void }[] = []

  add(at: number, run: (at: number) => void) {
    const place = this.#events.findLastIndex(one => one.at <= at)
    this.#events.splice(place + 1, 0, { at, run })
  }

  /** Until nothing is left. */
  run() {
    for (let next = this.#events.shift(); next; next = this.#events.shift()) next.run(next.at)
  }
}
