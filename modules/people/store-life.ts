// What happens in a home's life. Before each event the rows it touches are kept whole, so that it can be taken back.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { fold, givenName } from '#core/fold'

/** The rows of some homes as they stand, as text that goes back into the same tables. */
export interface Before {
  households: unknown[]
  persons: unknown[]
  contacts: unknown[]
}

export async function snapshot(tx: Tx, tenant: number, homes: readonly string[]): Promise<Before> {
  const ids = [...homes]
  const [row] = await tx<[Before]>`
    select
      coalesce((select jsonb_agg(to_jsonb(h)) from loa.household h where h.commune_id = ${tenant} and h.id = any(${ids}::uuid[])), '[]') as households,
      coalesce((select jsonb_agg(to_jsonb(p)) from loa.person p where p.commune_id = ${tenant} and p.household_id = any(${ids}::uuid[])), '[]') as persons,
      coalesce((select jsonb_agg(to_jsonb(c)) from loa.contact c where c.commune_id = ${tenant} and c.household_id = any(${ids}::uuid[])), '[]') as contacts`
  return row
}

/** Puts rows back as they were; what was added since stays. */
export async function restore(tx: Tx, tenant: number, before: Before) {
  await tx`
    update loa.household h set unit_id = b.unit_id, sheet_no = b.sheet_no, sheet_unit = b.sheet_unit, head_name = b.head_name, head_folded = b.head_folded,
      head_given = b.head_given, closed_at = b.closed_at, closed_reason = b.closed_reason, moved_to = b.moved_to,
      merged_into = b.merged_into, version = h.version + 1
    from jsonb_populate_recordset(null::loa.household, ${tx.json(before.households as never)}) b
    where h.commune_id = ${tenant} and h.id = b.id`
  await tx`
    update loa.person p set household_id = b.household_id, relation = b.relation, is_head = b.is_head, died_on = b.died_on,
      left_at = b.left_at, absent_until = b.absent_until, version = p.version + 1
    from jsonb_populate_recordset(null::loa.person, ${tx.json(before.persons as never)}) b
    where p.commune_id = ${tenant} and p.id = b.id`
  await tx`
    update loa.contact c set household_id = b.household_id, person_id = b.person_id, ended_at = b.ended_at
    from jsonb_populate_recordset(null::loa.contact, ${tx.json(before.contacts as never)}) b
    where c.commune_id = ${tenant} and c.id = b.id`
}

/** @returns the versions after it, by home: an undo is only for who finds them unchanged */
export async function touchHomes(tx: Tx, tenant: number, homes: readonly string[]): Promise<Record<string, number>> {
  const rows = await tx<{ id: string; version: number }[]>`
    update loa.household set version = version + 1 where commune_id = ${tenant} and id = any(${[...homes]}::uuid[]) returning id, version`
  return Object.fromEntries(rows.map(row => [row.id, row.version]))
}

export async function versionsOf(tx: Tx, tenant: number, homes: readonly string[]): Promise<Record<string, number>> {
  const rows = await tx<{ id: string; version: number }[]>`
    select id, version from loa.household where commune_id = ${tenant} and id = any(${[...homes]}::uuid[]) for update`
  return Object.fromEntries(rows.map(row => [row.id, row.version]))
}

export interface NewEvent {
  id: string
  household: string
  kind: string
  data: object
  account: string | null
  post: string | null
}

export async function insertEvent(tx: Tx, tenant: number, event: NewEvent) {
  await tx`
    insert into loa.household_event (commune_id, id, household_id, kind, data, by_account, by_post, at)
    values (${tenant}, ${event.id}, ${event.household}, ${event.kind}, ${tx.json(event.data as never)}, ${event.account}, ${event.post}, ${now()})`
}

export interface LifeEvent {
  kind: string
  at: Date
  undoneAt: Date | null
  data: { before?: Before; after?: Record<string, number>; made?: string[]; unit?: string; other?: string }
}

export async function findEvent(tx: Tx, tenant: number, household: string, id: string): Promise<LifeEvent | undefined> {
  const [event] = await tx<LifeEvent[]>`
    select kind, at, undone_at as "undoneAt", data from loa.household_event
    where commune_id = ${tenant} and household_id = ${household} and id = ${id}`
  return event
}

/** The event's rows are forgotten with its undoing. */
export async function markEventUndone(tx: Tx, tenant: number, id: string) {
  await tx`
    update loa.household_event set undone_at = ${now()}, data = data - 'before' where commune_id = ${tenant} and id = ${id}`
}

/** After an erasure nothing kept for an undo may bring the person back. */
export async function forgetBefore(tx: Tx, tenant: number, household: string) {
  await tx`
    update loa.household_event set data = data - 'before' where commune_id = ${tenant} and household_id = ${household} and data ? 'before'`
}

export async function setVillage(tx: Tx, tenant: number, id: string, unit: string, sheetNo: string | null) {
  await tx`update loa.household set unit_id = ${unit}, sheet_no = ${sheetNo}, sheet_unit = null where commune_id = ${tenant} and id = ${id}`
}

/** The village that a merger made of the home's; its number stays that of the old list. */
export async function followVillage(tx: Tx, tenant: number, id: string, unit: string) {
  await tx`
    update loa.household set sheet_unit = case when sheet_no is not null then coalesce(sheet_unit, unit_id) end, unit_id = ${unit}
    where commune_id = ${tenant} and id = ${id}`
}

export async function setMergedInto(tx: Tx, tenant: number, id: string, keep: string) {
  await tx`update loa.household set merged_into = ${keep} where commune_id = ${tenant} and id = ${id}`
}

/** One head a home; the home is called by the head's name. What old and new head were to the old head is said no longer. */
export async function setHead(tx: Tx, tenant: number, household: string, head: { id: string; name: string }) {
  await tx`
    update loa.person set is_head = (id = ${head.id}), relation = '', version = version + 1
    where commune_id = ${tenant} and household_id = ${household} and is_head <> (id = ${head.id})`
  await setHeadName(tx, tenant, household, head.name)
}

async function setHeadName(tx: Tx, tenant: number, household: string, name: string) {
  await tx`
    update loa.household set head_name = ${name}, head_folded = ${fold(name)}, head_given = ${givenName(name)}
    where commune_id = ${tenant} and id = ${household}`
}

/** People, and the contacts that are theirs, go to another home. */
export async function movePersons(tx: Tx, tenant: number, persons: readonly string[], to: string) {
  await tx`
    update loa.person set household_id = ${to}, is_head = false, version = version + 1
    where commune_id = ${tenant} and id = any(${[...persons]}::uuid[])`
  await tx`
    update loa.contact set household_id = ${to} where commune_id = ${tenant} and person_id = any(${[...persons]}::uuid[])`
}

/** The contacts of an entry that was a second one: doubles end, the rest move, each to the person it belongs to. */
export async function moveContacts(
  tx: Tx,
  tenant: number,
  from: string,
  to: string,
  same: readonly { from: string; to: string }[],
) {
  await tx`
    update loa.contact c set ended_at = ${now()}
    where c.commune_id = ${tenant} and c.household_id = ${from} and c.ended_at is null and exists (
      select 1 from loa.contact k where k.commune_id = c.commune_id and k.household_id = ${to} and k.digest = c.digest and k.ended_at is null)`
  await tx`
    update loa.contact c set household_id = ${to}, person_id = coalesce((
      select s.to_id from unnest(${same.map(s => s.from)}::uuid[], ${same.map(s => s.to)}::uuid[]) as s(from_id, to_id)
      where s.from_id = c.person_id), c.person_id)
    where c.commune_id = ${tenant} and c.household_id = ${from} and c.ended_at is null`
}

export async function endContactsOf(tx: Tx, tenant: number, persons: readonly string[]) {
  await tx`
    update loa.contact set ended_at = ${now()}
    where commune_id = ${tenant} and person_id = any(${[...persons]}::uuid[]) and ended_at is null`
}

export async function setGone(tx: Tx, tenant: number, persons: readonly string[], diedOn: string | null) {
  await tx`
    update loa.person set is_head = false, version = version + 1, died_on = coalesce(${diedOn}::date, died_on),
      left_at = case when ${diedOn}::date is null then ${now()} else left_at end
    where commune_id = ${tenant} and id = any(${[...persons]}::uuid[])`
}

export async function setAbsence(tx: Tx, tenant: number, household: string, until: string | null) {
  await tx`
    update loa.person set absent_until = ${until}, version = version + 1
    where commune_id = ${tenant} and household_id = ${household} and left_at is null and died_on is null`
}

export interface PersonChange {
  name: string
  relation: string
  sex: 'm' | 'f' | null
  birthYear: number | null
  birthDay: string | null
  readsFor: string | null
  absentUntil: string | null
}

/** @returns false when somebody else changed it first */
export async function updatePerson(
  tx: Tx,
  tenant: number,
  id: string,
  version: number,
  person: PersonChange,
): Promise<boolean> {
  const [row] = await tx`
    update loa.person set version = version + 1, name = ${person.name}, folded = ${fold(person.name)}, given = ${givenName(person.name)},
      relation = ${person.relation}, sex = ${person.sex}, birth_year = ${person.birthYear}, birth_day = ${person.birthDay},
      reads_for = ${person.readsFor}, absent_until = ${person.absentUntil}
    where commune_id = ${tenant} and id = ${id} and version = ${version} returning 1`
  return Boolean(row)
}

export async function endContact(tx: Tx, tenant: number, household: string, id: string): Promise<boolean> {
  const [row] = await tx`
    update loa.contact set ended_at = ${now()}
    where commune_id = ${tenant} and household_id = ${household} and id = ${id} and ended_at is null returning 1`
  return Boolean(row)
}
