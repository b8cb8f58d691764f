// Departures to and arrivals from other communes. Each commune writes its own row; a job carries word to the other.
import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { RemovalState } from './shapes.ts'
import type { ContactKind } from './words-of-homes.ts'

/** A no or stop as it stands in the ledger. */
export interface Stop {
  purpose: string
  said: 'no' | 'stop'
  how: string
  wording: string
}

export interface CarriedContact {
  personId: string | null
  kind: ContactKind
  value: string
  isDemo: boolean
  /** Why the commune's notices may go there. */
  basis: string
  stops: Stop[]
}

/** Contacts in use whose last word about the commune's notices is a yes, with what was said no to. */
export async function carriedContacts(db: Db, tenant: number, household: string): Promise<CarriedContact[]> {
  return db<CarriedContact[]>`
    select c.person_id as "personId", c.kind, c.value, c.is_demo as "isDemo", k.basis,
      coalesce((select jsonb_agg(jsonb_build_object('purpose', s.purpose, 'said', s.said, 'how', s.how, 'wording', s.wording)) from (
        select distinct on (o.purpose) o.purpose, o.said, o.how, o.wording from loa.consent o
        where o.commune_id = c.commune_id and o.contact_id = c.id order by o.purpose, o.at desc, o.id desc) s
        where s.said <> 'yes'), '[]') as stops
    from loa.contact c
    cross join lateral (
      select o.basis, o.said from loa.consent o
      where o.commune_id = c.commune_id and o.contact_id = c.id and o.purpose = 'village_notices'
      order by o.at desc, o.id desc limit 1) k
    where c.commune_id = ${tenant} and c.household_id = ${household} and c.ended_at is null and k.said = 'yes'
    order by c.added_at, c.id`
}

/** What the home as a whole (nobody named), and each of its people, said no to last. */
export async function stopsOfHome(
  db: Db,
  tenant: number,
  household: string,
): Promise<(Stop & { personId: string | null })[]> {
  return db<(Stop & { personId: string | null })[]>`
    select s.person_id as "personId", s.purpose, s.said, s.how, s.wording from (
      select distinct on (person_id, purpose) person_id, purpose, said, how, wording from loa.consent
      where commune_id = ${tenant} and household_id = ${household} and contact_id is null
      order by person_id, purpose, at desc, id desc) s
    where s.said <> 'yes'`
}

/** The commune's tenant, where this installation has people of it. */
export async function isServed(db: Db, tenant: number): Promise<boolean> {
  const [row] = await db`select 1 from loa.commune where commune_id = ${tenant} and is_used and closed_on is null`
  return Boolean(row)
}

export async function insertDeparture(
  tx: Tx,
  tenant: number,
  d: { id: string; household: string; toTenant: number; unit: string },
) {
  await tx`
    insert into loa.departure (commune_id, id, household_id, to_commune, to_unit, state, at)
    values (${tenant}, ${d.id}, ${d.household}, ${d.toTenant}, ${d.unit}, 'waiting', ${now()})`
}

export interface DepartureRow {
  id: string
  toTenant: number
  toUnit: string
  state: RemovalState
  words: string
  answeredAt: Date | null
}

/** The newest departure of a home. */
export async function departureOf(db: Db, tenant: number, household: string): Promise<DepartureRow | undefined> {
  const [row] = await db<DepartureRow[]>`
    select id, to_commune as "toTenant", to_unit as "toUnit", state, words, answered_at as "answeredAt" from loa.departure
    where commune_id = ${tenant} and household_id = ${household} order by id desc limit 1`
  return row
}

/** @returns whether nobody had answered yet */
export async function withdrawDeparture(tx: Tx, tenant: number, id: string): Promise<boolean> {
  const [row] = await tx`
    update loa.departure set state = 'withdrawn', answered_at = ${now()}
    where commune_id = ${tenant} and id = ${id} and state = 'waiting' returning 1`
  return Boolean(row)
}

/** What the other commune answered. An acceptance that crossed with a withdrawal is written all the same: both should know. */
export async function setDepartureAnswer(
  db: Db,
  tenant: number,
  a: { id: string; state: RemovalState; words: string; household: string | null; at: Date },
) {
  await db`
    update loa.departure set state = ${a.state}, words = ${a.words}, to_household = ${a.household}, answered_at = ${a.at}
    where commune_id = ${tenant} and id = ${a.id} and (state = 'waiting' or (state = 'withdrawn' and ${a.state} = 'received'))`
}

export interface NewArrival {
  id: string
  from: number
  household: string
  unit: string
  headName: string
  persons: number
  toAsk: number
  sealed: string
  at: Date
}

/** Told twice, or after it was taken back, it changes nothing. */
export async function insertArrival(db: Db, tenant: number, a: NewArrival) {
  await db`
    insert into loa.arrival (commune_id, id, from_commune, from_household, unit_id, head_name, persons, to_ask, sealed, state, at)
    values (${tenant}, ${a.id}, ${a.from}, ${a.household}, ${a.unit}, ${a.headName}, ${a.persons}, ${a.toAsk}, ${a.sealed}, 'waiting', ${a.at})
    on conflict do nothing`
}

/** The other commune took it back: forgotten here, even when that word comes first. */
export async function withdrawArrival(
  db: Db,
  tenant: number,
  a: Pick<NewArrival, 'id' | 'from' | 'household' | 'unit'>,
) {
  await db`
    insert into loa.arrival as r (commune_id, id, from_commune, from_household, unit_id, head_name, persons, state, at, answered_at)
    values (${tenant}, ${a.id}, ${a.from}, ${a.household}, ${a.unit}, '', 0, 'withdrawn', ${now()}, ${now()})
    on conflict (commune_id, id) do update set state = 'withdrawn', head_name = '', sealed = null, answered_at = ${now()}
      where r.state = 'waiting'`
}

export interface ArrivalRow {
  id: string
  from: number
  fromHousehold: string
  unitId: string
  headName: string
  persons: number
  sealed: string | null
  state: RemovalState
  at: Date
  answeredAt: Date | null
  householdId: string | null
  toAsk: number
}

const arrivalColumns = (db: Db) => db`
  id, from_commune as "from", from_household as "fromHousehold", unit_id as "unitId", head_name as "headName", persons, sealed, state, at,
  answered_at as "answeredAt", household_id as "householdId", to_ask as "toAsk"`

/** Arrivals for these units, or for all of the commune, the oldest first. @param since of those answered, how far back */
export async function arrivalRows(
  db: Db,
  tenant: number,
  units: readonly string[] | null,
  open: boolean,
  since: Date,
): Promise<ArrivalRow[]> {
  return db<ArrivalRow[]>`
    select ${arrivalColumns(db)} from loa.arrival
    where commune_id = ${tenant} and (${!units} or unit_id = any(${[...(units ?? [])]}::uuid[]))
      and (state = 'waiting') = ${open} and (${open} or answered_at > ${since})
    order by at, id limit 200`
}

export async function findArrival(db: Db, tenant: number, id: string): Promise<ArrivalRow | undefined> {
  const [row] = await db<ArrivalRow[]>`
    select ${arrivalColumns(db)} from loa.arrival where commune_id = ${tenant} and id = ${id}`
  return row
}

/** Holds an arrival until the transaction ends, so that two officers make one home. */
export async function holdArrival(tx: Tx, tenant: number, id: string): Promise<ArrivalRow | undefined> {
  const [row] = await tx<ArrivalRow[]>`
    select ${arrivalColumns(tx)} from loa.arrival where commune_id = ${tenant} and id = ${id} for update`
  return row
}

/** Answered: what was sent along is forgotten here. */
export async function setArrivalAnswer(
  tx: Tx,
  tenant: number,
  a: { id: string; state: RemovalState; household: string | null; account: string | null; post: string | null },
) {
  await tx`
    update loa.arrival set state = ${a.state}, head_name = '', sealed = null, household_id = ${a.household}, by_account = ${a.account},
      by_post = ${a.post}, answered_at = ${now()}
    where commune_id = ${tenant} and id = ${a.id}`
}

/** Where the home that was made from an arrival came from. */
export async function arrivalOf(db: Db, tenant: number, household: string) {
  const [row] = await db<{ from: number; toAsk: number }[]>`
    select from_commune as "from", to_ask as "toAsk" from loa.arrival where commune_id = ${tenant} and household_id = ${household}`
  return row
}

/** Arrivals that nobody answered, of every commune. */
export async function forgotten(db: Db, before: Date): Promise<{ tenant: number; id: string }[]> {
  return db<{ tenant: number; id: string }[]>`
    select commune_id as tenant, id from loa.arrival where state = 'waiting' and at < ${before} limit 200`
}

/** What communes are called: `Xã Sơn Động`, by their numbers. */
export async function communeNames(
  db: Db,
  tenants: readonly number[],
  day: string,
): Promise<Map<number, { kind: string; name: string }>> {
  const rows = await db<{ tenant: number; kind: string; name: string }[]>`
    select c.commune_id as tenant, v.kind, v.name from loa.commune c
    join lateral (select v.kind, v.name from loa.unit_version v where v.unit_id = c.unit_id and v.valid_from <= ${day}
      order by v.valid_from desc limit 1) v on true
    where c.commune_id = any(${[...tenants]}::int[])`
  return new Map(rows.map(({ tenant, ...named }) => [tenant, named]))
}
