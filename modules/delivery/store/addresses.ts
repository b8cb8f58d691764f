// Addresses that several homes name: whose delivery carries the text there, and what became of it.
import { column, type Db, type Tx } from '#core/db'
import type { Batch } from './delivery.ts'

export interface Taking {
  /** Homes of the batch whose deliveries carry, one an address. */
  carries: readonly { address: string; carrier: string }[]
  /** May go again where nobody knows whether it went: the provider sees the same key, or lives are in danger. */
  isRepeatable: boolean
  at: Date
}

/**
 * Takes addresses before they are called, as a claim takes deliveries. One that was called for another home, or is in its hands, is
 * not taken; one whose turn comes again is. @returns those taken
 */
export async function takeAddresses(db: Db, batch: Batch, { carries, isRepeatable, at }: Taking): Promise<Set<string>> {
  const inOrder = carries.toSorted((a, b) => (a.address < b.address ? -1 : 1))
  const rows = await db<{ address: string }[]>`
    insert into loa.delivery_address as a (commune_id, published_id, channel, step, address, carried_by, changed_at)
    select ${batch.tenant}::int, ${batch.publishedId}::uuid, ${batch.channel}, ${batch.step}::smallint, g.address, g.carried_by,
      ${at}::timestamptz
    from unnest(${column(inOrder, 'address')}::text[], ${column(inOrder, 'carrier')}::uuid[]) as g(address, carried_by)
    on conflict (commune_id, published_id, channel, step, address) do update
      set carried_by = excluded.carried_by, said = null, reason = null, due_at = null, changed_at = excluded.changed_at
      where a.said = 'later' and a.due_at <= ${at} or a.said = 'uncertain' and ${isRepeatable}
        or a.said is null and a.carried_by = any(${batch.homes.map(home => home.householdId)}::uuid[])
    returning address`
  return new Set(rows.map(row => row.address))
}

export type SaidOfAddress = 'handed_over' | 'failed' | 'later' | 'uncertain'

export interface CarriedAddress {
  address: string
  carrier: string
  /** Null while it is in somebody's hands. */
  said: SaidOfAddress | null
  reason: string | null
  dueAt: Date | null
}

/** What is known of these addresses in this step. */
export async function carriedAddresses(
  db: Db,
  batch: Batch,
  addresses: readonly string[],
): Promise<Map<string, CarriedAddress>> {
  const rows = await db<CarriedAddress[]>`
    select address, carried_by as carrier, said, reason, due_at as "dueAt" from loa.delivery_address
    where commune_id = ${batch.tenant} and published_id = ${batch.publishedId} and channel = ${batch.channel}
      and step = ${batch.step} and address = any(${[...addresses]}::text[])`
  return new Map(rows.map(row => [row.address, row]))
}

/** Why addresses that these homes' deliveries carried to are of no use in this step, by home and address. */
export async function failedAddresses(db: Db, batch: Batch, homes: readonly string[]): Promise<Map<string, string>> {
  const rows = await db<{ address: string; carrier: string; reason: string }[]>`
    select address, carried_by as carrier, reason from loa.delivery_address
    where commune_id = ${batch.tenant} and published_id = ${batch.publishedId} and channel = ${batch.channel}
      and step = ${batch.step} and carried_by = any(${[...homes]}::uuid[]) and said = 'failed'`
  return new Map(rows.map(({ address, carrier, reason }) => [`${carrier} ${address}`, reason]))
}

export interface AddressResult {
  address: string
  said: SaidOfAddress
  reason?: string
  /** `later`: its turn. */
  dueAt?: Date
}

/** Writes what became of the addresses that a batch took. */
export async function finishAddresses(tx: Tx, batch: Batch, results: readonly AddressResult[], at: Date) {
  const inOrder = results.toSorted((a, b) => (a.address < b.address ? -1 : 1))
  await tx`
    update loa.delivery_address a set said = r.said, reason = r.reason, due_at = r.due_at, changed_at = ${at}
    from unnest(${column(inOrder, 'address')}::text[], ${column(inOrder, 'said')}::text[],
      ${inOrder.map(r => r.reason ?? null)}::text[], ${inOrder.map(r => r.dueAt?.toISOString() ?? null)}::timestamptz[])
      as r(address, said, reason, due_at)
    where a.commune_id = ${batch.tenant} and a.published_id = ${batch.publishedId} and a.channel = ${batch.channel}
      and a.step = ${batch.step} and a.address = r.address and a.said is null`
}

/** After a crash: addresses that were taken for these homes and of which nobody knows more. */
export async function doubtAddresses(tx: Tx, batch: Batch, homes: readonly string[], at: Date) {
  await tx`
    update loa.delivery_address set said = 'uncertain', changed_at = ${at}
    where commune_id = ${batch.tenant} and published_id = ${batch.publishedId} and channel = ${batch.channel}
      and step = ${batch.step} and carried_by = any(${[...homes]}::uuid[]) and said is null`
}
