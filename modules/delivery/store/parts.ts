// Parts of messages by the provider's own names: written as they are handed over, told of later.
import { column, type Db, type Tx } from '#core/db'
import type { PartState, Told } from '../part-states.ts'
import { passedOn } from '../ways.ts'
import type { Batch } from './delivery.ts'

/** One message that went to one address. */
export interface Handed {
  key: string
  householdId: string
  ids: readonly string[]
  addresses: readonly { id: string; isShared: boolean }[]
}

/** A provider may begin its numbers anew: then the newest message has the name. */
export async function insertParts(tx: Tx, batch: Batch, account: string, handed: readonly Handed[]) {
  const rows = new Map(
    handed.flatMap(({ key, householdId, ids, addresses }) => {
      const [to, ...others] = addresses
      const where = { address: others.length ? null : (to?.id ?? null), isShared: Number(Boolean(to?.isShared)) }
      return ids.map(id => [id, { id, key, householdId, ...where }] as const)
    }),
  )
  if (!rows.size) return
  const inOrder = [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  await tx`
    insert into loa.handed_part as p
      (commune_id, published_id, account_id, provider_id, key, household_id, channel, step, address, is_shared)
    select ${batch.tenant}::int, ${batch.publishedId}::uuid, ${account}::uuid, g.id, g.key, g.home, ${batch.channel},
      ${batch.step}::smallint, g.address, g.shared = 1
    from unnest(${column(inOrder, 'id')}::text[], ${column(inOrder, 'key')}::text[], ${column(inOrder, 'householdId')}::uuid[],
      ${column(inOrder, 'address')}::text[], ${column(inOrder, 'isShared')}::smallint[]) as g(id, key, home, address, shared)
    on conflict (commune_id, account_id, provider_id, published_id) do update
      set key = excluded.key, household_id = excluded.household_id, step = excluded.step, address = excluded.address,
        is_shared = excluded.is_shared, state = null, why = null, at = null
      where p.key <> excluded.key`
}

export interface PartRow {
  publishedId: string
  accountId: string
  providerId: string
  key: string
  householdId: string
  channel: string
  step: number
  address: string | null
  isShared: boolean
  state: PartState
  why: string | null
  at: Date | null
}

const columns = (db: Db) => db`
  p.published_id as "publishedId", p.account_id as "accountId", p.provider_id as "providerId", p.key,
  p.household_id as "householdId", p.channel, p.step, p.address, p.is_shared as "isShared", p.state, p.why, p.at`

/** All parts of the messages that these names are of, held until the transaction ends: whoever tells of the next one waits. */
export async function holdMessages(
  tx: Tx,
  tenant: number,
  account: string,
  ids: readonly string[],
): Promise<PartRow[]> {
  return tx<PartRow[]>`
    select ${columns(tx)} from loa.handed_part p
    where p.commune_id = ${tenant} and (p.published_id, p.household_id, p.channel, p.step, p.key) in (
      select distinct on (n.provider_id) n.published_id, n.household_id, n.channel, n.step, n.key from loa.handed_part n
      where n.commune_id = ${tenant} and n.account_id = ${account} and n.provider_id = any(${[...ids]}::text[])
      order by n.provider_id, n.published_id desc)
    order by p.published_id, p.key, p.provider_id for update`
}

/** Messages that these homes' deliveries of a step carry, held the same way. */
export async function holdCarried(tx: Tx, batch: Batch, carriers: readonly string[]): Promise<PartRow[]> {
  return tx<PartRow[]>`
    select ${columns(tx)} from loa.handed_part p
    where p.commune_id = ${batch.tenant} and p.published_id = ${batch.publishedId} and p.channel = ${batch.channel}
      and p.step = ${batch.step} and p.household_id = any(${[...carriers]}::uuid[])
    order by p.published_id, p.key, p.provider_id for update`
}

export async function setParts(tx: Tx, tenant: number, rows: readonly PartRow[]) {
  await tx`
    update loa.handed_part p set state = g.state, why = g.why, at = g.at
    from unnest(${column(rows, 'publishedId')}::uuid[], ${column(rows, 'accountId')}::uuid[], ${column(rows, 'providerId')}::text[],
      ${column(rows, 'state')}::text[], ${column(rows, 'why')}::text[], ${rows.map(row => row.at?.toISOString() ?? null)}::timestamptz[])
      as g(published_id, account_id, provider_id, state, why, at)
    where p.commune_id = ${tenant} and p.published_id = g.published_id and p.account_id = g.account_id
      and p.provider_id = g.provider_id`
}

/** A message that some homes' deliveries stand for. */
export interface Carried {
  key: string
  /** Null: it went to several at once. */
  address: string | null
  publishedId: string
  householdId: string
  channel: string
  step: number
}

/** Who has the message when its carrier has it: the carrier and those that ride on it. */
export async function homesCarried(tx: Tx, tenant: number, c: Carried): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select household_id as id from loa.delivery
    where commune_id = ${tenant} and published_id = ${c.publishedId} and channel = ${c.channel} and step = ${c.step}
      and (household_id = ${c.householdId} or rides_on = ${c.householdId} and state = 'handed_over') order by household_id`
  return rows.map(row => row.id)
}

/** Deliveries that stand for this message: of its carrier and of those that ride on it. */
const ofCarried = (db: Db, c: Carried) => db`
  published_id = ${c.publishedId} and channel = ${c.channel} and step = ${c.step}
    and (household_id = ${c.householdId} or rides_on = ${c.householdId})`

/** The address is of no use for this step, whoever names it. */
export async function failAddress(
  tx: Tx,
  tenant: number,
  c: Carried & { address: string },
  { why, at }: { why: string; at: Date },
) {
  await tx`
    insert into loa.delivery_address as a (commune_id, published_id, channel, step, address, carried_by, said, reason, changed_at)
    values (${tenant}, ${c.publishedId}, ${c.channel}, ${c.step}, ${c.address}, ${c.householdId}, 'failed', ${why}, ${at})
    on conflict (commune_id, published_id, channel, step, address) do update
      set said = 'failed', reason = excluded.reason, changed_at = excluded.changed_at where a.said = 'handed_over'`
}

/** Who else of its rung counts as having the home. */
export interface Again {
  why: string
  at: Date
  /** Who was told by another channel before this moment and is not there yet is free. */
  silentSince: Date
}

/**
 * Its homes' turn comes again: for their next address, or, without one, for the next channel of their rung. Where another channel has
 * the home by now, when that one is silent. @returns homes, and villages of those that another one has
 */
export async function planAgain(tx: Tx, tenant: number, c: Carried, { why, at, silentSince }: Again) {
  const rows = await tx<{ unitId: string; isPassedOn: boolean }[]>`
    with had as materialized (
      select d.household_id, exists (
        select 1 from loa.delivery o
        where o.commune_id = ${tenant} and o.published_id = ${c.publishedId} and o.household_id = d.household_id and o.step = ${c.step}
          and o.channel <> ${c.channel} and (o.state in ('planned', 'intent') or o.state = 'handed_over' and o.changed_at > ${silentSince})) as by_another
      from loa.delivery d where d.commune_id = ${tenant} and ${ofCarried(tx, c)} and d.state in ('handed_over', 'uncertain') for update)
    update loa.delivery d set due_at = ${at}, changed_at = ${at}, state = case when had.by_another then 'failed' else 'planned' end,
      reason = case when had.by_another then ${passedOn} else ${why} end
    from had
    where d.commune_id = ${tenant} and d.published_id = ${c.publishedId} and d.channel = ${c.channel} and d.step = ${c.step}
      and d.household_id = had.household_id
    returning d.unit_id as "unitId", had.by_another as "isPassedOn"`
  return { homes: rows.length, units: [...new Set(rows.filter(row => row.isPassedOn).map(row => row.unitId))] }
}

/** The network brought it to none of the addresses that were called together. @returns villages of its homes */
export async function failCarried(tx: Tx, tenant: number, c: Carried, why: string, at: Date): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    update loa.delivery set state = 'failed', reason = ${why}, changed_at = ${at}
    where commune_id = ${tenant} and ${ofCarried(tx, c)} and state in ('handed_over', 'uncertain') and not exists (
      select 1 from loa.handed_part x
      where x.commune_id = ${tenant} and x.published_id = ${c.publishedId} and x.household_id = ${c.householdId}
        and x.channel = ${c.channel} and x.step = ${c.step} and x.key <> ${c.key} and x.state is distinct from 'failed')
    returning unit_id as id`
  return [...new Set(rows.map(row => row.id))]
}

/** It came after all: nobody else needs to bring it. @param wasFailed its failure was told before */
export async function mendCarried(tx: Tx, tenant: number, c: Carried, at: Date, wasFailed: boolean) {
  await tx`
    update loa.delivery_address set said = 'handed_over', reason = null, changed_at = ${at}
    where commune_id = ${tenant} and published_id = ${c.publishedId} and channel = ${c.channel} and step = ${c.step}
      and carried_by = ${c.householdId} and said = 'failed' and (${c.address}::text is null or address = ${c.address})`
  const rows = await tx<{ id: string }[]>`
    update loa.delivery set state = 'handed_over', reason = null, changed_at = ${at}
    where commune_id = ${tenant} and ${ofCarried(tx, c)} and (state = 'uncertain' or ${wasFailed} and (state = 'failed' or state = 'planned' and tries > 0))
    returning household_id as id`
  if (!rows.length) return
  await tx`
    update loa.delivery set state = 'stopped', reason = 'came_late', changed_at = ${at}
    where commune_id = ${tenant} and published_id = ${c.publishedId} and step = ${c.step} and channel <> ${c.channel}
      and household_id = any(${rows.map(row => row.id)}::uuid[]) and state = 'planned'`
}

export interface HeardRow {
  tenant: number
  account: string
  providerId: string
  state: Told
  why: string | null
  at: Date
}

export async function keepHeard(tx: Tx, tenant: number, account: string, rows: readonly HeardRow[], heardAt: Date) {
  await tx`
    insert into loa.part_heard (commune_id, account_id, provider_id, state, why, at, heard_at)
    select ${tenant}::int, ${account}::uuid, g.id, g.state, g.why, g.at, ${heardAt}::timestamptz
    from unnest(${column(rows, 'providerId')}::text[], ${column(rows, 'state')}::text[], ${column(rows, 'why')}::text[],
      ${rows.map(row => row.at.toISOString())}::timestamptz[]) as g(id, state, why, at)
    on conflict do nothing`
}

/** What was heard too early and is known by now, taken out. */
export async function takeHeard(tx: Tx): Promise<HeardRow[]> {
  return tx<HeardRow[]>`
    delete from loa.part_heard h where (h.commune_id, h.account_id, h.provider_id, h.state) in (
      select n.commune_id, n.account_id, n.provider_id, n.state from loa.part_heard n
      where exists (select 1 from loa.handed_part p
        where p.commune_id = n.commune_id and p.account_id = n.account_id and p.provider_id = n.provider_id)
      order by n.commune_id, n.account_id, n.provider_id limit 500 for update skip locked)
    returning h.commune_id as tenant, h.account_id as account, h.provider_id as "providerId", h.state, h.why, h.at`
}

/** Names of nothing of ours. @returns how many were given up */
export async function forgetHeard(tx: Tx, before: Date): Promise<number> {
  const rows = await tx`delete from loa.part_heard where heard_at < ${before}`
  return rows.count
}
