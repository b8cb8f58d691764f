import type { App } from './module.ts'
import type { Tx } from './db.ts'

/** What a lower or equal part tells the others, inside the writer's own transaction. */
export type Listener = (app: App, tx: Tx, data: never) => Promise<void>

export class Events {
  readonly #listeners = new Map<string, Listener[]>()

  on(name: string, listener: Listener) {
    this.#listeners.set(name, [...(this.#listeners.get(name) ?? []), listener])
  }

  /** Every listener runs before this returns; one that throws undoes the whole transaction. */
  async announce(app: App, tx: Tx, name: string, data: Record<string, unknown>) {
    for (const listener of this.#listeners.get(name) ?? []) await listener(app, tx, data as never)
  }
}
