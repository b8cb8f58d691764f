// Writes many homes at once: a demo commune, a benchmark. Nothing is checked or merged here; a sheet of a real village goes through the import.
import { nextNumber } from '#core/counter'
import { column, type Tx } from '#core/db'
import { fold, givenName } from '#core/fold'
import { newId } from '#core/ids'
import type { Keys } from '#core/secrets'

export interface LoadedPerson {
  name: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f'
  birthYear: number
  /** As the channels dial it: +84… */
  phone?: string
}

export interface LoadedHome {
  id: string
  unitId: string
  sheetNo: string
  alley: string
  landmark: string
  way: string
  lat: number
  lng: number
  languages: string[]
  listener?: string
  needs: string[]
  phoneKind: 'app' | 'voice' | 'none'
  persons: LoadedPerson[]
}

/** Digest of a contact's value: finds a shared number without keeping it readable in an index. */
const contactDigest = (keys: Pick<Keys, 'mac'>, kind: string, value: string) => keys.mac('contact', `${kind}:${value}`)

/** PostgreSQL's text of a list, for a column of lists inside `unnest`. */
const listText = (list: readonly string[]) => `{${list.map(item => `"${item.replaceAll(/["\\]/g, '')}"`).join(',')}}`

async function insertHomes(tx: Tx, tenant: number, homes: readonly LoadedHome[], opened: Date) {
  const first = await nextNumber(tx, tenant, 'household', homes.length)
  const heads = homes.map(home => home.persons.find(person => person.isHead)!.name)
  await tx`
    insert into loa.household (commune_id, id, no, unit_id, sheet_no, head_name, head_folded, head_given, alley, landmark, way,
      lat, lng, languages, listener, needs, phone_kind, opened_at)
    select ${tenant}, h.id, h.no, h.unit_id, h.sheet_no, h.head_name, h.head_folded, h.head_given, h.alley, h.landmark, h.way,
      h.lat, h.lng, h.languages::text[], h.listener, h.needs::text[], h.phone_kind, ${opened}
    from unnest(${column(homes, 'id')}::uuid[], ${homes.map((_, n) => first + n)}::int[], ${column(homes, 'unitId')}::uuid[],
      ${column(homes, 'sheetNo')}::text[], ${heads}::text[], ${heads.map(fold)}::text[], ${heads.map(givenName)}::text[],
      ${column(homes, 'alley')}::text[], ${column(homes, 'landmark')}::text[], ${column(homes, 'way')}::text[],
      ${column(homes, 'lat')}::float8[], ${column(homes, 'lng')}::float8[], ${homes.map(h => listText(h.languages))}::text[],
      ${homes.map(h => h.listener ?? null)}::text[], ${homes.map(h => listText(h.needs))}::text[], ${column(homes, 'phoneKind')}::text[])
      as h(id, no, unit_id, sheet_no, head_name, head_folded, head_given, alley, landmark, way, lat, lng, languages, listener, needs, phone_kind)`
  await tx`
    insert into loa.household_stay (commune_id, household_id, unit_id, valid_from)
    select ${tenant}, h.id, h.unit_id, ${opened} from unnest(${column(homes, 'id')}::uuid[], ${column(homes, 'unitId')}::uuid[]) as h(id, unit_id)`
}

interface PersonRow extends LoadedPerson {
  id: string
  home: string
}

async function insertPersons(tx: Tx, tenant: number, persons: readonly PersonRow[]) {
  await tx`
    insert into loa.person (commune_id, id, household_id, name, folded, given, relation, is_head, sex, birth_year)
    select ${tenant}, p.* from unnest(${column(persons, 'id')}::uuid[], ${column(persons, 'home')}::uuid[], ${column(persons, 'name')}::text[],
      ${persons.map(p => fold(p.name))}::text[], ${persons.map(p => givenName(p.name))}::text[], ${column(persons, 'relation')}::text[],
      ${persons.map(p => String(p.isHead))}::boolean[], ${column(persons, 'sex')}::text[], ${column(persons, 'birthYear')}::int[]) as p`
}

async function insertContacts(
  tx: Tx,
  keys: Pick<Keys, 'mac'>,
  tenant: number,
  persons: readonly PersonRow[],
  at: Date,
) {
  const rows = persons.flatMap(person =>
    person.phone ? [{ id: newId(), home: person.home, person: person.id, value: person.phone }] : [],
  )
  const digests = rows.map(row => contactDigest(keys, 'phone', row.value).toString('hex'))
  await tx`
    insert into loa.contact (commune_id, id, household_id, person_id, kind, value, digest, is_demo, added_at)
    select ${tenant}, c.id, c.home, c.person, 'phone', c.value, decode(c.digest, 'hex'), true, ${at}
    from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'home')}::uuid[], ${column(rows, 'person')}::uuid[],
      ${column(rows, 'value')}::text[], ${digests}::text[]) as c(id, home, person, value, digest)`
}

/** Writes the homes with their persons and contacts, every contact marked as a demo's: no channel ever sends to it. */
export async function loadHomes(
  tx: Tx,
  keys: Pick<Keys, 'mac'>,
  tenant: number,
  homes: readonly LoadedHome[],
  opened: Date,
) {
  const persons = homes.flatMap(home => home.persons.map(person => ({ ...person, id: newId(), home: home.id })))
  await insertHomes(tx, tenant, homes, opened)
  await insertPersons(tx, tenant, persons)
  await insertContacts(tx, keys, tenant, persons, opened)
  return persons.map(({ id, home, name, relation, birthYear }) => ({ id, home, name, relation, birthYear }))
}
