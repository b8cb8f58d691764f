// The rows of what is pushed: planned in one statement, claimed in batches, finished in batches.
import type { Db, Tx } from '#core/db'
import type { AddressKind } from '#channels'
import { levelNo } from '../levels.ts'
import { passedOn } from '../ways.ts'
import { hasContact } from './has-contact.ts'
import { hasPush } from './has-push.ts'
import type { Publication } from './publication.ts'

/** What a worker drains: one commune's deliveries of one channel, emergencies apart. */
export interface Lane {
  tenant: number
  channel: string
  isEmergency: boolean
}

export interface Planning {
  publication: Publication
  whose: { units: readonly string[] } | Left
  channel: string
  /** What the channel finds a home by: only homes that have it get a row. A device may join until the last moment. */
  address: AddressKind
  /** The rung has other channels: a home that this one does not find, or that another of them has in hand, is theirs. */
  isOneOfSeveral: boolean
  /** Who was told by another channel of the rung before this moment, and is not there yet, is told by this one too. */
  silentSince?: Date
  step: number
  dueAt: Date
  at: Date
}

/** Homes that another channel of the rung gives up. */
export interface Left {
  by: string
  homes: readonly string[]
}

const leftBehind = (db: Db, { publication: p, step }: Planning, { by, homes }: Left) => db`
  select d.household_id, d.unit_id from loa.delivery d
  where d.commune_id = ${p.tenant} and d.published_id = ${p.publishedId} and d.channel = ${by} and d.step = ${step}
    and d.household_id = any(${[...homes]}::uuid[])`

function homesIn(db: Db, planning: Planning) {
  const { publication: p, whose } = planning
  if ('by' in whose) return leftBehind(db, planning, whose)
  const units = [...whose.units]
  return p.audienceKind === 'units'
    ? db`
      select s.household_id, s.unit_id from loa.household_stay s
      where s.commune_id = ${p.tenant} and s.unit_id = any(${units}::uuid[])
        and s.valid_from <= ${p.publishedAt} and (s.valid_to is null or s.valid_to > ${p.publishedAt})`
    : db`
      select a.household_id, a.unit_id from loa.audience_home a
      where a.commune_id = ${p.tenant} and a.published_id = ${p.publishedId} and a.unit_id = any(${units}::uuid[])`
}

/** Seconds by which homes that did not know the old version come after those that did. */
const afterThoseWhoKnew = 1

const dueOf = (db: Db, { publication: p, dueAt }: Planning) => {
  const later = new Date(dueAt.getTime() + afterThoseWhoKnew * 1000)
  return p.previousId
    ? db`case when exists (
        select 1 from loa.reach_home k where k.commune_id = ${p.tenant} and k.published_id = ${p.previousId}
          and k.household_id = h.household_id and k.level >= ${levelNo('delivered')})
      then ${dueAt}::timestamptz else ${later}::timestamptz end`
    : db`${dueAt}::timestamptz`
}

function isFound(db: Db, { publication: p, address: kind, isOneOfSeveral }: Planning) {
  if (kind !== 'device')
    return db`and ${hasContact(db, p.tenant, db`h.household_id`, { kinds: [kind], withReaders: !p.isPrivate })}`
  return isOneOfSeveral ? db`and ${hasPush(db, p.tenant, db`h.household_id`)}` : db``
}

const isFree = (db: Db, { publication: p, whose, step, isOneOfSeveral, silentSince }: Planning) =>
  isOneOfSeveral
    ? db`and not exists (
        select 1 from loa.delivery o
        where o.commune_id = ${p.tenant} and o.published_id = ${p.publishedId} and o.household_id = h.household_id
          and o.step = ${step} and o.channel <> ${'by' in whose ? whose.by : ''} and (o.state in ('planned', 'intent')
            or o.state = 'handed_over' and o.changed_at > ${silentSince ?? new Date(0)}))`
    : db``

/** Is anything of a step in hand, or told so lately that it may still be heard of? */
export async function isStepOpen(
  tx: Tx,
  of: Pick<Together, 'tenant' | 'publishedId' | 'step'>,
  units: readonly string[],
  silentSince: Date,
) {
  const [row] = await tx<{ is: boolean }[]>`
    select exists (
      select 1 from loa.delivery d
      left join loa.reach_home r on r.commune_id = ${of.tenant} and r.published_id = ${of.publishedId}
        and r.household_id = d.household_id
      where d.commune_id = ${of.tenant} and d.published_id = ${of.publishedId} and d.step = ${of.step}
        and d.unit_id = any(${[...units]}::uuid[]) and not coalesce(r.is_reached or r.closed is not null, false)
        and (d.state in ('planned', 'intent') or d.state = 'handed_over' and d.changed_at > ${silentSince})) as is`
  return row!.is
}

/** What another channel took over comes back when that one is silent. */
const orAgain = (db: Db, { isOneOfSeveral, dueAt, at }: Planning) =>
  isOneOfSeveral
    ? db`on conflict (commune_id, published_id, household_id, channel, step) do update
        set state = 'planned', due_at = ${dueAt}, changed_at = ${at} where d.state = 'failed' and d.reason = ${passedOn}`
    : db`on conflict do nothing`

/** One row a home that is not yet at the level asked and that nobody closed. A repeat adds nothing. @returns rows */
export async function insertDeliveries(tx: Tx, planning: Planning): Promise<number> {
  const { publication: p, channel, step, at } = planning
  const rows = await tx`
    insert into loa.delivery as d (commune_id, published_id, household_id, channel, step, unit_id, state, is_emergency, due_at, changed_at)
    select ${p.tenant}::int, ${p.publishedId}::uuid, h.household_id, ${channel}, ${step}::smallint, h.unit_id, 'planned',
      ${p.class === 'emergency'}, ${dueOf(tx, planning)}, ${at}::timestamptz
    from (${homesIn(tx, planning)}) h
    left join loa.reach_home r on r.commune_id = ${p.tenant} and r.published_id = ${p.publishedId}
      and r.household_id = h.household_id
    where (r.household_id is null or r.level < ${levelNo(p.ask)} and r.closed is null) ${isFound(tx, planning)}
      ${isFree(tx, planning)}
    ${orAgain(tx, planning)}`
  return rows.count
}

/** What all deliveries of a publication by one channel in one step have in common. */
export type Together = Pick<Batch, 'tenant' | 'publishedId' | 'channel' | 'step'>

/** Homes that are due and in nobody's hands, held until the transaction ends. */
export async function holdWaiting(tx: Tx, { tenant, publishedId, channel, step }: Together, at: Date) {
  const rows = await tx<{ id: string }[]>`
    select household_id as id from loa.delivery
    where commune_id = ${tenant} and published_id = ${publishedId} and channel = ${channel} and step = ${step}
      and state = 'planned' and due_at <= ${at} for update skip locked`
  return rows.map(row => row.id)
}

/** What is in the hands of another channel of the rung by now is over with this one. */
export async function endWaiting(tx: Tx, of: Together, homes: readonly string[], reason: string, at: Date) {
  const { tenant, publishedId, channel, step } = of
  await tx`
    update loa.delivery d set state = 'failed', reason = ${reason}, changed_at = ${at}
    where d.commune_id = ${tenant} and d.published_id = ${publishedId} and d.channel = ${channel} and d.step = ${step}
      and d.household_id = any(${[...homes]}::uuid[]) and d.state = 'planned' and exists (
        select 1 from loa.delivery o
        where o.commune_id = ${tenant} and o.published_id = ${publishedId} and o.household_id = d.household_id
          and o.step = ${step} and o.channel <> ${channel} and o.state in ('planned', 'intent', 'handed_over'))`
}

/** Publications and steps of which something is due in a lane, the most urgent first. */
export async function dueInLane(db: Db, { tenant, channel, isEmergency }: Lane, at: Date) {
  return db<{ publishedId: string; step: number }[]>`
    select published_id as "publishedId", step from loa.delivery
    where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency} and state = 'planned'
      and due_at <= ${at}
    group by published_id, step order by min(due_at) limit 100`
}

/** Wakes the lane no later than `dueAt`. */
export async function wakeLane(tx: Tx, { tenant, channel, isEmergency }: Lane, dueAt: Date) {
  await tx`
    insert into loa.delivery_lane as l (commune_id, channel, is_emergency, due_at)
    values (${tenant}, ${channel}, ${isEmergency}, ${dueAt})
    on conflict (commune_id, channel, is_emergency) do update set due_at = least(l.due_at, excluded.due_at)`
}

export async function dueLanes(db: Db, isEmergency: boolean, at: Date): Promise<Lane[]> {
  return db<Lane[]>`
    select commune_id as tenant, channel, is_emergency as "isEmergency" from loa.delivery_lane
    where is_emergency = ${isEmergency} and due_at <= ${at} order by due_at limit 100`
}

/** A lane with batches in some worker's hands is looked at again after this: the worker may have died. */
const lookAgainMs = 5000

/**
 * The lane sleeps until its next delivery; a plan that commits meanwhile wakes it again.
 * @param notBefore its account may not send earlier
 */
export async function restLane(tx: Tx, { tenant, channel, isEmergency }: Lane, at: Date, notBefore?: Date) {
  await tx`
    select 1 from loa.delivery_lane
    where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency} for update`
  const [next] = await tx<{ due_at: Date | null; in_hand: boolean }[]>`
    select
      (select min(due_at) from loa.delivery where commune_id = ${tenant} and channel = ${channel}
        and is_emergency = ${isEmergency} and state = 'planned') as due_at,
      exists (select 1 from loa.delivery where commune_id = ${tenant} and channel = ${channel}
        and is_emergency = ${isEmergency} and state = 'intent') as in_hand`
  const soon = next?.in_hand ? new Date(at.getTime() + lookAgainMs) : null
  const planned = next?.due_at && notBefore && next.due_at < notBefore ? notBefore : next?.due_at
  const dueAt = soon && planned && soon < planned ? soon : (planned ?? soon)
  if (dueAt)
    await tx`
      update loa.delivery_lane set due_at = ${dueAt}
      where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency}`
  else
    await tx`
      delete from loa.delivery_lane
      where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency}`
}

/** Deliveries of one publication and step, held until `leasedUntil`. */
export interface Batch {
  tenant: number
  channel: string
  publishedId: string
  step: number
  leasedUntil: Date
  homes: { householdId: string; tries: number }[]
}

/** Writes the intent before anything is handed over: takes what is due longest, leaving what another worker holds. */
export async function claim(
  db: Db,
  lane: Lane,
  { most, at, leasedUntil }: { most: number; at: Date; leasedUntil: Date },
) {
  const { tenant, channel, isEmergency } = lane
  const rows = await db<{ published_id: string; step: number; household_id: string; tries: number }[]>`
    with head as materialized (
      select published_id, step from loa.delivery
      where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency} and state = 'planned'
        and due_at <= ${at} order by due_at limit 1),
    taken as materialized (
      select household_id from loa.delivery
      where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency} and state = 'planned'
        and due_at <= ${at} and published_id = (select published_id from head) and step = (select step from head)
      order by due_at limit ${most} for update skip locked)
    update loa.delivery d set state = 'intent', leased_until = ${leasedUntil}, tries = d.tries + 1, changed_at = ${at}
    from taken t
    where d.commune_id = ${tenant} and d.published_id = (select published_id from head) and d.household_id = t.household_id
      and d.channel = ${channel} and d.step = (select step from head) and d.state = 'planned'
    returning d.published_id, d.step, d.household_id, d.tries`
  return asBatch(lane, rows, leasedUntil)
}

/** @returns false where nothing of the batch is in its worker's hands any more */
export async function extendLease(db: Db, batch: Batch, until: Date): Promise<boolean> {
  const rows = await db`
    update loa.delivery set leased_until = ${until}
    where commune_id = ${batch.tenant} and published_id = ${batch.publishedId} and channel = ${batch.channel}
      and step = ${batch.step} and household_id = any(${batch.homes.map(home => home.householdId)}::uuid[])
      and state = 'intent' and leased_until = ${batch.leasedUntil}`
  return rows.count > 0
}

function asBatch(
  { tenant, channel }: Lane,
  rows: readonly { published_id: string; step: number; household_id: string; tries: number }[],
  leasedUntil: Date,
): Batch | undefined {
  const [first] = rows
  if (!first) return undefined
  const homes = rows.map(row => ({ householdId: row.household_id, tries: row.tries }))
  return { tenant, channel, publishedId: first.published_id, step: first.step, leasedUntil, homes }
}

/** Takes over what a dead worker held: deliveries with an intent and no result, of one publication and step. Leases are machine time. */
export async function takeOverLease(db: Db, lane: Lane, times: { at: Date; machine: Date; leasedUntil: Date }) {
  const { at, machine, leasedUntil } = times
  const { tenant, channel, isEmergency } = lane
  const rows = await db<{ published_id: string; step: number; household_id: string; tries: number }[]>`
    with head as materialized (
      select published_id, step from loa.delivery
      where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency} and state = 'intent'
        and leased_until < ${machine} order by leased_until limit 1),
    taken as materialized (
      select household_id from loa.delivery
      where commune_id = ${tenant} and channel = ${channel} and is_emergency = ${isEmergency} and state = 'intent'
        and leased_until < ${machine} and published_id = (select published_id from head) and step = (select step from head)
      limit 1000 for update skip locked)
    update loa.delivery d set leased_until = ${leasedUntil}, changed_at = ${at}
    from taken t
    where d.commune_id = ${tenant} and d.published_id = (select published_id from head) and d.household_id = t.household_id
      and d.channel = ${channel} and d.step = (select step from head) and d.state = 'intent'
    returning d.published_id, d.step, d.household_id, d.tries`
  return asBatch(lane, rows, leasedUntil)
}

/** Homes of a batch that got there meanwhile, or that a person closed. */
export async function settledHomes(db: Db, p: Publication, householdIds: readonly string[]): Promise<Set<string>> {
  const rows = await db<{ household_id: string }[]>`
    select household_id from loa.reach_home
    where commune_id = ${p.tenant} and published_id = ${p.publishedId} and household_id = any(${[...householdIds]}::uuid[])
      and (level >= ${levelNo(p.ask)} or closed is not null)`
  return new Set(rows.map(row => row.household_id))
}

export type State =
  | 'planned'
  | 'handed_over'
  | 'uncertain'
  | 'failed'
  | 'no_address'
  | 'opted_out'
  | 'expired'
  | 'stopped'

export interface Result {
  householdId: string
  state: State
  reason?: string
  /** When it goes again. */
  dueAt?: Date
  /** Whose delivery carried the text to an address of this home too. */
  ridesOn?: string
  /** Waiting for another's call is no try of its own. */
  isNoTry?: boolean
}

/** Writes what became of a batch. What the lease no longer covers is left to whoever holds it now. @returns homes written */
export async function finish(tx: Tx, batch: Batch, results: readonly Result[], at: Date): Promise<Set<string>> {
  const rows = await tx<{ household_id: string }[]>`
    update loa.delivery d set state = r.state, reason = r.reason, due_at = coalesce(r.due_at, d.due_at), leased_until = null,
      rides_on = case when r.state = 'handed_over' then r.rides_on else d.rides_on end, tries = d.tries - r.no_try, changed_at = ${at}
    from unnest(${results.map(r => r.householdId)}::uuid[], ${results.map(r => r.state)}::text[],
      ${results.map(r => r.reason ?? null)}::text[], ${results.map(r => r.dueAt?.toISOString() ?? null)}::timestamptz[],
      ${results.map(r => r.ridesOn ?? null)}::uuid[], ${results.map(r => Number(r.isNoTry ?? false))}::smallint[])
      as r(household_id, state, reason, due_at, rides_on, no_try)
    where d.commune_id = ${batch.tenant} and d.published_id = ${batch.publishedId} and d.household_id = r.household_id
      and d.channel = ${batch.channel} and d.step = ${batch.step} and d.state = 'intent'
      and d.leased_until = ${batch.leasedUntil}
    returning d.household_id`
  return new Set(rows.map(row => row.household_id))
}

/** What waits, by channel: a row a commune, never a row a home. */
export async function laneFigures(db: Db) {
  return db<{ channel: string; isEmergency: boolean; communes: number; dueAt: Date }[]>`
    select channel, is_emergency as "isEmergency", count(*)::int as communes, min(due_at) as "dueAt"
    from loa.delivery_lane group by channel, is_emergency`
}
