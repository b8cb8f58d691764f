// What one home's page shows besides the home itself.
import { today } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { ContactKind } from './words-of-homes.ts'

export interface PersonRow {
  id: string
  householdId: string
  name: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f' | null
  birthYear: number | null
  birthDay: string | null
  readsFor: string | null
  absentUntil: string | null
  diedOn: string | null
  leftAt: Date | null
  version: number
}

const personColumns = (db: Db) => db`
  id, household_id as "householdId", name, relation, is_head as "isHead", sex, birth_year as "birthYear", birth_day as "birthDay",
  reads_for as "readsFor", absent_until as "absentUntil", died_on as "diedOn", left_at as "leftAt", version`

/** The head first, then by age; those who died or left come last. */
export async function peopleOf(db: Db, tenant: number, household: string): Promise<PersonRow[]> {
  return db<PersonRow[]>`
    select ${personColumns(db)} from loa.person where commune_id = ${tenant} and household_id = ${household}
    order by (left_at is not null or died_on is not null), is_head desc, birth_year nulls last, id`
}

export async function findPerson(db: Db, tenant: number, id: string): Promise<PersonRow | undefined> {
  const [row] = await db<PersonRow[]>`
    select ${personColumns(db)} from loa.person where commune_id = ${tenant} and id = ${id}`
  return row
}

export interface ContactRow {
  id: string
  personId: string | null
  kind: ContactKind
  value: string
  isShared: boolean
  isDead: boolean
  addedAt: Date
}

/** The contacts in use. */
export async function contactRows(db: Db, tenant: number, household: string): Promise<ContactRow[]> {
  return db<ContactRow[]>`
    select c.id, c.person_id as "personId", c.kind, c.value, c.added_at as "addedAt", c.dead_at is not null as "isDead",
      exists (select 1 from loa.contact o where o.commune_id = c.commune_id and o.digest = c.digest and o.ended_at is null
        and o.household_id <> c.household_id) as "isShared"
    from loa.contact c where c.commune_id = ${tenant} and c.household_id = ${household} and c.ended_at is null
    order by c.added_at, c.id`
}

export interface ConsentRow {
  contactId: string | null
  purpose: string
  basis: string
  said: string
  at: Date
}

/** What was said last of each contact and purpose. */
export async function lastConsents(db: Db, tenant: number, household: string): Promise<ConsentRow[]> {
  return db<ConsentRow[]>`
    select distinct on (contact_id, purpose) contact_id as "contactId", purpose, basis, said, at from loa.consent
    where commune_id = ${tenant} and household_id = ${household} order by contact_id, purpose, at desc, id desc`
}

export interface EventRow {
  id: string
  kind: string
  at: Date
  data: Record<string, unknown>
  /** What was before is kept: it may be undone. */
  isKept: boolean
  undoneAt: Date | null
  unitName: string | null
}

/** What happened to a home, the newest first. */
export async function eventsOf(db: Db, tenant: number, household: string): Promise<EventRow[]> {
  return db<EventRow[]>`
    select e.id, e.kind, e.at, e.data - 'before' - 'after' as data, e.data ? 'before' as "isKept", e.undone_at as "undoneAt",
      (select v.kind || ' ' || v.name from loa.unit_version v
        where v.unit_id = (e.data ->> 'unit')::uuid and v.valid_from <= ${today()} order by v.valid_from desc limit 1) as "unitName"
    from loa.household_event e where e.commune_id = ${tenant} and e.household_id = ${household} order by e.id desc limit 100`
}

export interface LedgerRow extends ConsentRow {
  personId: string | null
  said: 'yes' | 'no' | 'stop'
  how: string
  wording: string
}

/** Everything that was said, the newest first. */
export async function consentLedger(db: Db, tenant: number, household: string): Promise<LedgerRow[]> {
  return db<LedgerRow[]>`
    select person_id as "personId", contact_id as "contactId", purpose, basis, said, how, wording, at from loa.consent
    where commune_id = ${tenant} and household_id = ${household} order by at desc, id desc limit 500`
}

export interface ReaderRow {
  personId: string
  name: string
  householdId: string
  no: number
}

/** Who of other homes reads for this one. */
export async function readersOf(db: Db, tenant: number, household: string): Promise<ReaderRow[]> {
  return db<ReaderRow[]>`
    select p.id as "personId", p.name, p.household_id as "householdId", h.no from loa.person p
    join loa.household h on h.commune_id = ${tenant} and h.id = p.household_id
    where p.commune_id = ${tenant} and p.reads_for = ${household} and p.left_at is null and p.died_on is null order by p.id`
}

/** The person reads for nobody any more, where he lives in this home or reads for it. @returns for whom he read */
export async function endReading(
  tx: Tx,
  tenant: number,
  person: string,
  household: string,
): Promise<{ householdId: string; elder: string } | undefined> {
  const [row] = await tx<{ householdId: string; elder: string }[]>`
    with was as (
      select id, household_id, reads_for from loa.person
      where commune_id = ${tenant} and id = ${person} and reads_for is not null
        and (household_id = ${household} or reads_for = ${household}) for update)
    update loa.person p set reads_for = null, version = p.version + 1 from was
    where p.commune_id = ${tenant} and p.id = was.id
    returning was.household_id as "householdId", was.reads_for as elder`
  return row
}
