// Gathers what arrives within some milliseconds into one statement per tenant: 12 times more a second than one by one.
import { after } from '#core/clock'
import { isCollision, type Db } from '#core/db'
import type { App } from '#core/module'
import { markChanged } from './changes.ts'
import { countReceipts } from './measure.ts'
import type { EvidenceRow } from './receipt.ts'
import { rise, type Placed } from './store/receipts.ts'

/** Milliseconds that the first of a batch waits for others. */
const waitMs = 4
/** Rows at which a batch goes at once. */
const enough = 200
/** Rows that one statement takes when more are waiting. */
const most = 1000
/** Statements of a tenant at once, while a whole one is waiting: the second does its looking up while the first counts. */
const atOnce = 2

interface Part {
  rows: readonly EvidenceRow[]
  done: (found: Map<string, Placed>) => void
  failed: (error: unknown) => void
}
interface Lane {
  parts: Part[]
  size: number
  running: number
  cancel: (() => void) | undefined
}

/** Names a piece of evidence within its tenant. */
export const keyOf = ({ publishedId, id }: { publishedId: string; id: string }) => `${publishedId}/${id}`

/** The same statement again when two processes met in the wrong order. */
async function riseAgain(db: Db, tenant: number, rows: readonly EvidenceRow[]): Promise<Placed[]> {
  for (let n = 1; ; n++)
    try {
      return await rise(db, tenant, rows)
    } catch (error) {
      if (n >= 5 || !isCollision(error)) throw error
    }
}

export class Batches {
  readonly #app: App
  readonly #lanes = new Map<number, Lane>()

  constructor(app: App) {
    this.#app = app
  }

  /** @returns what became of everything in the same batch, by `keyOf` */
  add(tenant: number, rows: readonly EvidenceRow[]): Promise<Map<string, Placed>> {
    const lane = this.#lanes.get(tenant) ?? { parts: [], size: 0, running: 0, cancel: undefined }
    this.#lanes.set(tenant, lane)
    return new Promise((done, failed) => {
      lane.parts.push({ rows, done, failed })
      lane.size += rows.length
      if (lane.running ? lane.running < atOnce && lane.size >= most : lane.size >= enough) void this.#run(tenant, lane)
      else if (!lane.running)
        lane.cancel ??= after(waitMs, () => {
          void this.#run(tenant, lane)
        })
    })
  }

  #take(lane: Lane): Part[] {
    let size = 0
    const upTo = lane.parts.findIndex(part => (size += part.rows.length) > most)
    const parts = lane.parts.splice(0, upTo === -1 ? lane.parts.length : Math.max(1, upTo))
    lane.size = lane.parts.reduce((sum, part) => sum + part.rows.length, 0)
    return parts
  }

  /** Small statements go one after another: they would only wait for each other's counts. */
  async #run(tenant: number, lane: Lane) {
    lane.cancel?.()
    lane.cancel = undefined
    lane.running++
    while (lane.parts.length && (lane.running === 1 || lane.size >= most)) await this.#store(tenant, this.#take(lane))
    lane.running--
    if (!lane.running) this.#lanes.delete(tenant)
  }

  async #store(tenant: number, parts: readonly Part[]) {
    try {
      const placed = await riseAgain(
        this.#app.sql,
        tenant,
        parts.flatMap(part => part.rows),
      )
      markChanged(this.#app, tenant, placed)
      countReceipts(placed)
      const found = new Map(placed.map(one => [keyOf(one), one]))
      for (const part of parts) part.done(found)
    } catch (error) {
      const [only] = parts
      if (parts.length === 1) only!.failed(error)
      // What one of them cannot have must not take it from the others.
      else for (const part of parts) await this.#store(tenant, [part])
    }
  }
}
