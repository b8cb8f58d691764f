// Every statement that writes homes, people, contacts and consents. Sets go in as arrays, one a column.
import { now } from '#core/clock'
import { column, type Tx } from '#core/db'
import type { ContactKind, PhoneKind } from './words-of-homes.ts'

export interface NewHomeRow {
  id: string
  no: number
  unitId: string
  sheetNo: string | null
  sheetUnit: string | null
  headName: string
  headFolded: string
  headGiven: string
  alley: string
  landmark: string
  way: string
  lat: number | null
  lng: number | null
  languages: readonly string[]
  listener: string | null
  needs: readonly string[]
  phoneKind: PhoneKind
  say: string
  importId: string | null
}

/** Lists within a row travel as one text a row: unnest takes no ragged arrays. */
const joined = (rows: readonly NewHomeRow[], name: 'languages' | 'needs') => rows.map(row => row[name].join(' '))

/** The client takes a list of booleans for one boolean, so they go as words, and are cast from text: sent as bool[] each word would be false. */
const told = <T>(rows: readonly T[], name: keyof T) => rows.map(row => String(row[name]))

/** Homes with the stay that begins now. */
export async function insertHomes(tx: Tx, tenant: number, rows: readonly NewHomeRow[], at = now()) {
  await tx`
    insert into loa.household (commune_id, id, no, unit_id, sheet_no, sheet_unit, head_name, head_folded, head_given, alley, landmark, way, lat, lng,
      languages, listener, needs, phone_kind, say, import_id, opened_at)
    select ${tenant}, r.id, r.no, r.unit_id, r.sheet_no, r.sheet_unit, r.head_name, r.head_folded, r.head_given, r.alley, r.landmark, r.way, r.lat, r.lng,
      string_to_array(r.languages, ' '), r.listener, coalesce(string_to_array(nullif(r.needs, ''), ' '), '{}'), r.phone_kind, r.say,
      r.import_id, ${at}
    from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'no')}::int[], ${column(rows, 'unitId')}::uuid[],
      ${column(rows, 'sheetNo')}::text[], ${column(rows, 'sheetUnit')}::uuid[], ${column(rows, 'headName')}::text[], ${column(rows, 'headFolded')}::text[],
      ${column(rows, 'headGiven')}::text[], ${column(rows, 'alley')}::text[], ${column(rows, 'landmark')}::text[],
      ${column(rows, 'way')}::text[], ${column(rows, 'lat')}::float8[], ${column(rows, 'lng')}::float8[],
      ${joined(rows, 'languages')}::text[], ${column(rows, 'listener')}::text[], ${joined(rows, 'needs')}::text[],
      ${column(rows, 'phoneKind')}::text[], ${column(rows, 'say')}::text[], ${column(rows, 'importId')}::uuid[])
      as r(id, no, unit_id, sheet_no, sheet_unit, head_name, head_folded, head_given, alley, landmark, way, lat, lng, languages, listener, needs,
        phone_kind, say, import_id)`
  await insertStays(
    tx,
    tenant,
    rows.map(row => ({ household: row.id, unitId: row.unitId })),
    at,
  )
}

export async function insertStays(
  tx: Tx,
  tenant: number,
  rows: readonly { household: string; unitId: string }[],
  at = now(),
) {
  await tx`
    insert into loa.household_stay (commune_id, household_id, unit_id, valid_from)
    select ${tenant}, s.household_id, s.unit_id, ${at}
    from unnest(${column(rows, 'household')}::uuid[], ${column(rows, 'unitId')}::uuid[]) as s(household_id, unit_id)`
}

/** Ends the present stays of homes; a stay that began at the same moment is taken back. */
export async function endStays(tx: Tx, tenant: number, households: readonly string[], at = now()) {
  await tx`
    delete from loa.household_stay
    where commune_id = ${tenant} and household_id = any(${[...households]}::uuid[]) and valid_to is null and valid_from >= ${at}`
  await tx`
    update loa.household_stay set valid_to = ${at}
    where commune_id = ${tenant} and household_id = any(${[...households]}::uuid[]) and valid_to is null`
}

export interface NewPersonRow {
  id: string
  householdId: string
  name: string
  folded: string
  given: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f' | null
  birthYear: number | null
  birthDay: string | null
  idNumberSealed: string | null
}

export async function insertPersons(tx: Tx, tenant: number, rows: readonly NewPersonRow[]) {
  await tx`
    insert into loa.person (commune_id, id, household_id, name, folded, given, relation, is_head, sex, birth_year, birth_day, id_number_sealed)
    select ${tenant}, p.*
    from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'householdId')}::uuid[], ${column(rows, 'name')}::text[],
      ${column(rows, 'folded')}::text[], ${column(rows, 'given')}::text[], ${column(rows, 'relation')}::text[],
      ${told(rows, 'isHead')}::text[]::bool[], ${column(rows, 'sex')}::text[], ${column(rows, 'birthYear')}::int[],
      ${column(rows, 'birthDay')}::date[], ${column(rows, 'idNumberSealed')}::text[]) as p`
}

export interface NewContactRow {
  id: string
  householdId: string
  personId: string | null
  kind: ContactKind
  value: string
  digest: Buffer
  isDemo: boolean
}

export async function insertContacts(tx: Tx, tenant: number, rows: readonly NewContactRow[], at = now()) {
  const digests = rows.map(row => row.digest.toString('hex'))
  await tx`
    insert into loa.contact (commune_id, id, household_id, person_id, kind, value, digest, is_demo, added_at)
    select ${tenant}, c.id, c.household_id, c.person_id, c.kind, c.value, decode(c.digest, 'hex'), c.is_demo, ${at}
    from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'householdId')}::uuid[], ${column(rows, 'personId')}::uuid[],
      ${column(rows, 'kind')}::text[], ${column(rows, 'value')}::text[], ${digests}::text[], ${told(rows, 'isDemo')}::text[]::bool[])
      as c(id, household_id, person_id, kind, value, digest, is_demo)`
}

export interface NewConsentRow {
  id: string
  householdId: string
  personId: string | null
  contactId: string | null
  purpose: string
  basis: string
  said: 'yes' | 'no' | 'stop'
  how: string
  wording: string
  by: string | null
}

/** The ledger only grows: what was said before stays. */
export async function insertConsents(tx: Tx, tenant: number, rows: readonly NewConsentRow[], at = now()) {
  await tx`
    insert into loa.consent (commune_id, id, household_id, person_id, contact_id, purpose, basis, said, how, wording, by_account, at)
    select ${tenant}, c.*, ${at}
    from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'householdId')}::uuid[], ${column(rows, 'personId')}::uuid[],
      ${column(rows, 'contactId')}::uuid[], ${column(rows, 'purpose')}::text[], ${column(rows, 'basis')}::text[],
      ${column(rows, 'said')}::text[], ${column(rows, 'how')}::text[], ${column(rows, 'wording')}::text[],
      ${column(rows, 'by')}::uuid[]) as c`
}

export interface HomeChange {
  sheetNo: string | null
  alley: string
  landmark: string
  way: string
  lat: number | null
  lng: number | null
  languages: string[]
  listener: string | null
  needs: string[]
  phoneKind: PhoneKind
  say: string
}

/** @returns false when somebody else changed it first */
export async function updateHome(tx: Tx, tenant: number, id: string, version: number, home: HomeChange) {
  const [row] = await tx`
    update loa.household set version = version + 1, sheet_no = ${home.sheetNo},
      sheet_unit = case when sheet_no is not distinct from ${home.sheetNo} then sheet_unit end, alley = ${home.alley}, landmark = ${home.landmark},
      way = ${home.way}, lat = ${home.lat}, lng = ${home.lng}, languages = ${home.languages}, listener = ${home.listener},
      needs = ${home.needs}, phone_kind = ${home.phoneKind}, say = ${home.say}
    where commune_id = ${tenant} and id = ${id} and version = ${version} returning 1`
  return Boolean(row)
}

/** Is the register's number taken by another home of the village? A number that an older list gave takes none of today's. */
export async function isNumberTaken(tx: Tx, tenant: number, unit: string, sheetNo: string, except: string | null) {
  const [row] = await tx`
    select 1 from loa.household
    where commune_id = ${tenant} and unit_id = ${unit} and sheet_no = ${sheetNo} and sheet_unit is null and closed_at is null
      and id is distinct from ${except}::uuid limit 1`
  return Boolean(row)
}
