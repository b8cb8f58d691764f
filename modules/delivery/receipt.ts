// The one door of evidence. Whatever says that a home knows comes through here: the app, a provider's receipt, a person at the door.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Batches, keyOf } from './batch.ts'
import { levelNo, type LevelName } from './levels.ts'
import { markChanged } from './changes.ts'
import { rise, type Placed } from './store/receipts.ts'

/** One piece of evidence that a home got a message. */
export interface Evidence {
  tenant: number
  publishedId: string
  /** A repeated id changes nothing, for ever. Made by the phone, by the visit, or from the provider's own id. */
  id: string
  /** The home; for an internal message the post. */
  householdId: string
  level: LevelName
  /** Whose evidence: `app`, `push`, `link`, `door`… `door` is told by a person. */
  channel: string
  /** The version of the words that it is about. */
  version: number
  /** When it happened, by a corrected clock. Clipped to [the home could see it, received]. */
  at: Date
  receivedAt?: Date
  /** Said by the home about itself: then it counts only for what that home is shown. */
  isOwn?: boolean
}

/** Evidence as the statement takes it. */
export const asRow = (e: Evidence) => ({
  ...e,
  level: levelNo(e.level),
  receivedAt: e.receivedAt ?? now(),
  isOwn: e.isOwn ?? false,
})
export type EvidenceRow = ReturnType<typeof asRow>

const byTenant = (evidence: readonly Evidence[]) => Map.groupBy(evidence, e => e.tenant)

/** Takes evidence within the transaction that has it: a visit with its outcome, a batch of hand-overs with their deliveries. */
export async function give(app: App, tx: Tx, evidence: readonly Evidence[]): Promise<Placed[]> {
  const found: Placed[] = []
  for (const [tenant, mine] of byTenant(evidence)) {
    const placed = await rise(tx, tenant, mine.map(asRow))
    markChanged(app, tenant, placed)
    found.push(...placed)
  }
  return found
}

const batches = new WeakMap<App, Batches>()

/**
 * Takes evidence that stands alone, from phones and providers: gathered for some milliseconds with what others bring,
 * answered after the commit. @returns what became of each piece, in the order given
 */
export async function giveSoon(app: App, evidence: readonly Evidence[]): Promise<Placed[]> {
  const mine = batches.get(app) ?? new Batches(app)
  batches.set(app, mine)
  const found = new Map(
    await Promise.all(
      [...byTenant(evidence)].map(async ([tenant, some]) => [tenant, await mine.add(tenant, some.map(asRow))] as const),
    ),
  )
  const met = new Set<string>()
  return evidence.map(e => {
    const key = keyOf(e)
    const one = found.get(e.tenant)!.get(key)
    const isAgain = met.has(key)
    met.add(key)
    if (!one)
      return { publishedId: e.publishedId, id: e.id, householdId: e.householdId, isVisible: false, isNew: false }
    return isAgain ? { ...one, isNew: false } : one
  })
}
