// Homes as they are read: every statement of a list or a lookup.
import { now, today } from '#core/clock'
import type { Db } from '#core/db'
import { refusedContact } from './refused.ts'
import type { HomeChange } from './store.ts'

export interface HomeRow extends HomeChange {
  id: string
  no: number
  unitId: string
  unitName: string
  unitKind: string
  headName: string
  version: number
  openedAt: Date
  closedAt: Date | null
  closedReason: string | null
  movedTo: string | null
  mergedInto: string | null
  phone: string | null
  persons: number
  absentUntil: string | null
}

/** Homes by id, whether they still stand or not. */
export async function homeRows(db: Db, tenant: number, ids: readonly string[]): Promise<HomeRow[]> {
  return db<HomeRow[]>`
    select h.id, h.no, h.unit_id as "unitId", coalesce(u.name, '') as "unitName", coalesce(u.kind, '') as "unitKind",
      h.head_name as "headName", h.sheet_no as "sheetNo", h.alley, h.landmark, h.way, h.lat, h.lng, h.languages, h.listener, h.needs,
      h.phone_kind as "phoneKind", h.say, h.version, h.opened_at as "openedAt", h.closed_at as "closedAt",
      h.closed_reason as "closedReason", h.moved_to as "movedTo", h.merged_into as "mergedInto",
      c.value as phone, p.persons, p."absentUntil"
    from loa.household h
    left join lateral (
      select v.name, v.kind from loa.unit_version v where v.unit_id = h.unit_id and v.valid_from <= ${today()}
      order by v.valid_from desc limit 1) u on true
    left join lateral (
      select c.value from loa.contact c
      where c.commune_id = h.commune_id and c.household_id = h.id and c.kind = 'phone' and c.ended_at is null
      order by c.added_at, c.id limit 1) c on true
    cross join lateral (
      select count(*)::int as persons,
        case when bool_and(p.absent_until >= ${today()}) then min(p.absent_until) end as "absentUntil"
      from loa.person p
      where p.commune_id = h.commune_id and p.household_id = h.id and p.left_at is null and p.died_on is null) p
    where h.commune_id = ${tenant} and h.id = any(${[...ids]}::uuid[])`
}

export interface HomeKey {
  id: string
  no: number
  headName: string
  headFolded: string
  sheetNo: string | null
  alley: string
}

/** The homes of some villages, as little of each as a search needs. What an import wrote and took back was never there. */
export async function homeKeys(db: Db, tenant: number, units: readonly string[], closed: boolean): Promise<HomeKey[]> {
  return db<HomeKey[]>`
    select id, no, head_name as "headName", head_folded as "headFolded", sheet_no as "sheetNo", alley
    from loa.household
    where commune_id = ${tenant} and unit_id = any(${[...units]}::uuid[]) and (${closed} or closed_at is null)
      and closed_reason is distinct from 'import_undone'`
}

/** Homes where somebody bears this name, or a number has this digest. */
export async function homesOfPeople(db: Db, tenant: number, folded: string, digest: Buffer): Promise<string[]> {
  const rows = await db<{ household_id: string }[]>`
    select household_id from loa.person
    where commune_id = ${tenant} and left_at is null and folded like ${`%${folded.replace(/[%_\\]/g, '')}%`}
    union
    select household_id from loa.contact where commune_id = ${tenant} and digest = ${digest} and ended_at is null`
  return rows.map(row => row.household_id)
}

/** Where a home stands today, for the question who may act on it; one that left a village which is no more, in the commune. */
export async function homePlace(db: Db, tenant: number, id: string) {
  const [row] = await db<{ id: string; path: string | null }[]>`
    select h.id, coalesce(v.path, (
        select w.path from loa.commune c join loa.unit_version w on w.unit_id = c.unit_id
        where c.commune_id = h.commune_id and w.valid_from <= ${today()} and (w.valid_to is null or w.valid_to > ${today()}))) as path
    from loa.household h
    left join loa.unit_version v on v.unit_id = h.unit_id
      and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
    where h.commune_id = ${tenant} and h.id = ${id}`
  return row
}

/** The home that a person lives or lived in. */
export async function homeOfPerson(db: Db, tenant: number, id: string): Promise<string | undefined> {
  const [row] = await db<{ household_id: string }[]>`
    select household_id from loa.person where commune_id = ${tenant} and id = ${id}`
  return row?.household_id
}

export interface ContactOfHome {
  contactId: string
  householdId: string
  personId: string | null
  value: string
  digest: Buffer
  isDemo: boolean
  /** Of somebody who reads for the home. */
  isReader: boolean
  /** Other homes name it too. */
  isShared: boolean
  /** Purposes that were refused for this contact, by its own word or by whoever it belongs to: `optional_topics`. */
  stopped: string[]
}

interface Dialing {
  kind: string
  /** Whoever was born later is too young. */
  bornBy: string
  /** Contacts of who reads for the home too, after its own. */
  withReaders: boolean
}

/** Contacts of these homes, and of who reads for them: the reader's own ones, or his home's where he is its head. */
const namedContacts = (db: Db, tenant: number, ids: readonly string[], { kind, withReaders }: Dialing) => db`
  select c.id, c.household_id as for_home, c.person_id, false as is_reader from loa.contact c
  where c.commune_id = ${tenant} and c.household_id = any(${[...ids]}::uuid[]) and c.kind = ${kind} and c.ended_at is null
  union all
  select c.id, r.reads_for, r.id, true from loa.person r
  join loa.contact c on c.commune_id = ${tenant} and c.household_id = r.household_id and c.kind = ${kind} and c.ended_at is null
    and (c.person_id = r.id or c.person_id is null and r.is_head)
  where ${withReaders} and r.commune_id = ${tenant} and r.reads_for = any(${[...ids]}::uuid[])`

/** What a channel may dial for these homes: never a contact of a child, of somebody who died, left or ended it. */
export async function dialable(
  db: Db,
  tenant: number,
  ids: readonly string[],
  dialing: Dialing,
): Promise<ContactOfHome[]> {
  return db<ContactOfHome[]>`
    select c.id as "contactId", n.for_home as "householdId", c.person_id as "personId", c.value, c.digest, c.is_demo as "isDemo",
      n.is_reader as "isReader",
      coalesce((select array_agg(s.purpose order by s.purpose) from (
        select q.purpose from (
          select distinct on (k.purpose) k.purpose, k.said from loa.consent k
          where k.commune_id = c.commune_id and k.contact_id = c.id order by k.purpose, k.at desc, k.id desc) q
        where q.said <> 'yes'
        union
        select 'optional_topics' where ${refusedContact(db, tenant, ['optional_topics'])}
        union
        select 'village_notices' where ${refusedContact(db, tenant, ['village_notices'])}) s), '{}') as stopped,
      n.is_reader or exists (
        select 1 from loa.contact o
        left join loa.person r on r.commune_id = ${tenant} and r.household_id = o.household_id and r.reads_for is not null
        where o.commune_id = ${tenant} and o.digest = c.digest and o.ended_at is null
          and (o.household_id <> n.for_home or r.reads_for <> n.for_home)) as "isShared"
    from (${namedContacts(db, tenant, ids, dialing)}) n
    join loa.contact c on c.commune_id = ${tenant} and c.id = n.id
    left join loa.person p on p.commune_id = ${tenant} and p.id = n.person_id
    where c.dead_at is null and (p.id is null or p.died_on is null and p.left_at is null
      and coalesce(coalesce(p.birth_day, make_date(p.birth_year, 12, 31)) <= ${dialing.bornBy}::date, true))
    order by n.for_home, n.is_reader, c.added_at, c.id`
}

/** What this home's contacts are found by, those of who reads for it too. */
export async function digestsOf(db: Db, tenant: number, household: string): Promise<Buffer[]> {
  const rows = await db<{ digest: Buffer }[]>`
    select distinct c.digest from loa.contact c
    left join loa.person r on r.commune_id = ${tenant} and r.reads_for = ${household} and r.household_id = c.household_id
      and (c.person_id = r.id or c.person_id is null and r.is_head)
    where c.commune_id = ${tenant} and c.ended_at is null and (c.household_id = ${household} or r.id is not null)
      and c.household_id in (
        select ${household}::uuid union
        select p.household_id from loa.person p where p.commune_id = ${tenant} and p.reads_for = ${household})`
  return rows.map(row => row.digest)
}

/** Every home that names this address, or for whose elder its owner reads. */
export async function homesNaming(db: Db, tenant: number, digest: Buffer): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select c.household_id as id from loa.contact c
    where c.commune_id = ${tenant} and c.digest = ${digest} and c.ended_at is null
    union
    select r.reads_for from loa.contact c
    join loa.person r on r.commune_id = ${tenant} and r.household_id = c.household_id and r.reads_for is not null
      and r.left_at is null and r.died_on is null and (c.person_id = r.id or c.person_id is null and r.is_head)
    where c.commune_id = ${tenant} and c.digest = ${digest} and c.ended_at is null`
  return rows.map(row => row.id)
}

export interface Looker {
  account: string | null
  post: string | null
  role: string | null
  unit: string | null
  what: string
}

/** One row a home: who looked, as which office. */
/** Which of these homes the same person, as the same post, saw in the same way after a moment. @param since the first id of that moment */
export async function homesSeenSince(
  db: Db,
  tenant: number,
  by: Looker,
  homes: readonly string[],
  since: string,
): Promise<Set<string>> {
  const rows = await db<{ home: string }[]>`
    select distinct household_id as home from loa.look
    where commune_id = ${tenant} and household_id = any(${[...homes]}::uuid[]) and id > ${since} and what = ${by.what}
      and account_id is not distinct from ${by.account}::uuid and post_id is not distinct from ${by.post}::uuid`
  return new Set(rows.map(row => row.home))
}

export async function insertLooks(db: Db, tenant: number, by: Looker, looks: readonly { id: string; home: string }[]) {
  await db`
    insert into loa.look (commune_id, id, household_id, account_id, post_id, role, unit_id, what, at)
    select ${tenant}, l.id, l.home, ${by.account}::uuid, ${by.post}::uuid, ${by.role}, ${by.unit}::uuid, ${by.what}, ${now()}
    from unnest(${looks.map(look => look.id)}::uuid[], ${looks.map(look => look.home)}::uuid[]) as l(id, home)`
}
