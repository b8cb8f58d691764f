// Imports: the register as it stands, set-wise changes, the run and its undoing.
import { now, today } from '#core/clock'
import { column, type Db, type Tx } from '#core/db'
import { fold, givenName } from '#core/fold'
import type { WholeRows } from './import/whole-rows.ts'
import type { HomeUpdate, KnownHome, KnownPerson } from './import/match.ts'

/** Every home that stands in the tenant's villages, with its people and telephones. */
export async function knownHomes(db: Db, tenant: number): Promise<KnownHome[]> {
  const homes = await db<Omit<KnownHome, 'persons' | 'phones'>[]>`
    select id, unit_id as "unitId", sheet_no as "sheetNo", sheet_unit as "sheetUnit", head_name as "headName", head_folded as "headFolded", alley, landmark, way,
      languages, needs, phone_kind as "phoneKind", version
    from loa.household where commune_id = ${tenant} and closed_at is null`
  const persons = await db<(KnownPerson & { householdId: string })[]>`
    select id, household_id as "householdId", name, folded, relation, is_head as "isHead", sex, birth_year as "birthYear", birth_day as "birthDay"
    from loa.person where commune_id = ${tenant} and left_at is null and died_on is null order by id`
  const phones = await db<{ householdId: string; value: string }[]>`
    select household_id as "householdId", value from loa.contact where commune_id = ${tenant} and kind = 'phone' and ended_at is null`
  const byId = new Map(homes.map(home => [home.id, { ...home, persons: [] as KnownPerson[], phones: [] as string[] }]))
  for (const { householdId, ...person } of persons) byId.get(householdId)?.persons.push(person)
  for (const phone of phones) byId.get(phone.householdId)?.phones.push(phone.value)
  return [...byId.values()]
}

const joined = (lists: readonly (readonly string[])[]) => lists.map(list => list.join(' '))

/** @returns how many were changed: fewer than asked when somebody changed one since it was read */
export async function updateHomes(tx: Tx, tenant: number, updates: readonly HomeUpdate[]): Promise<number> {
  const homes = updates.map(({ home }) => home)
  const rows = await tx`
    update loa.household h set version = h.version + 1, sheet_no = u.sheet_no, sheet_unit = u.sheet_unit, head_name = u.head_name, head_folded = u.head_folded,
      head_given = u.head_given, alley = u.alley, landmark = u.landmark, way = u.way, languages = string_to_array(u.languages, ' '),
      needs = coalesce(string_to_array(nullif(u.needs, ''), ' '), '{}'), phone_kind = u.phone_kind
    from unnest(${column(homes, 'id')}::uuid[], ${column(homes, 'version')}::int[], ${column(updates, 'sheetNo')}::text[],
      ${updates.map(one => one.sheetUnit ?? null)}::uuid[], ${column(updates, 'headName')}::text[], ${updates.map(one => fold(one.headName))}::text[],
      ${updates.map(one => givenName(one.headName))}::text[], ${column(updates, 'alley')}::text[], ${column(updates, 'landmark')}::text[],
      ${column(updates, 'way')}::text[], ${joined(column(updates, 'languages'))}::text[], ${joined(column(updates, 'needs'))}::text[],
      ${column(updates, 'phoneKind')}::text[])
      as u(id, version, sheet_no, sheet_unit, head_name, head_folded, head_given, alley, landmark, way, languages, needs, phone_kind)
    where h.commune_id = ${tenant} and h.id = u.id and h.version = u.version returning 1`
  return rows.length
}

export async function updatePersons(tx: Tx, tenant: number, persons: readonly KnownPerson[]) {
  await tx`
    update loa.person p set version = p.version + 1, name = u.name, folded = u.folded, given = u.given, relation = u.relation,
      is_head = u.is_head, sex = u.sex, birth_year = u.birth_year, birth_day = u.birth_day
    from unnest(${column(persons, 'id')}::uuid[], ${column(persons, 'name')}::text[], ${persons.map(one => fold(one.name))}::text[],
      ${persons.map(one => givenName(one.name))}::text[], ${column(persons, 'relation')}::text[],
      ${persons.map(one => String(one.isHead))}::bool[], ${column(persons, 'sex')}::text[], ${column(persons, 'birthYear')}::int[],
      ${column(persons, 'birthDay')}::date[])
      as u(id, name, folded, given, relation, is_head, sex, birth_year, birth_day)
    where p.commune_id = ${tenant} and p.id = u.id`
}

export interface RunRow {
  id: string
  fileName: string
  state: 'reading' | 'dry' | 'running' | 'done' | 'undone' | 'failed'
  total: number
  passed: number
  options: Record<string, unknown>
  summary: Record<string, unknown>
  at: Date
  byAccount: string | null
  byPost: string | null
}

const runColumns = (db: Db) => db`
  id, file_name as "fileName", state, total, passed, options, summary - 'whole' as summary, at, by_account as "byAccount", by_post as "byPost"`

export async function insertRun(
  tx: Db,
  tenant: number,
  run: Pick<RunRow, 'id' | 'fileName' | 'state' | 'options' | 'byAccount' | 'byPost'> & { bytes: Buffer | null },
) {
  await tx`
    insert into loa.import_run (commune_id, id, file_name, state, options, summary, bytes, by_account, by_post, at)
    values (${tenant}, ${run.id}, ${run.fileName}, ${run.state}, ${tx.json(run.options as never)}, ${tx.json({})}, ${run.bytes},
      ${run.byAccount}, ${run.byPost}, ${now()})`
}

export async function findRun(db: Db, tenant: number, id: string): Promise<RunRow | undefined> {
  const [run] = await db<
    RunRow[]
  >`select ${runColumns(db)} from loa.import_run where commune_id = ${tenant} and id = ${id}`
  return run
}

/** The newest runs of a tenant. */
export async function runsOf(db: Db, tenant: number, limit: number): Promise<RunRow[]> {
  return db<
    RunRow[]
  >`select ${runColumns(db)} from loa.import_run where commune_id = ${tenant} order by id desc limit ${limit}`
}

/** Holds the run until the transaction ends, so that two workers or two clicks do one thing. */
export async function holdRun(tx: Tx, tenant: number, id: string): Promise<RunRow | undefined> {
  const [run] = await tx<RunRow[]>`
    select ${runColumns(tx)} from loa.import_run where commune_id = ${tenant} and id = ${id} for update`
  return run
}

export async function bytesOf(db: Db, tenant: number, id: string): Promise<Buffer | undefined> {
  const [run] = await db<
    { bytes: Buffer | null }[]
  >`select bytes from loa.import_run where commune_id = ${tenant} and id = ${id}`
  return run?.bytes ?? undefined
}

/** The refused rows of a run, whole; undefined once they are forgotten. */
export async function wholeRowsOf(db: Db, tenant: number, id: string): Promise<WholeRows | undefined> {
  const [run] = await db<{ whole: WholeRows | null }[]>`
    select summary -> 'whole' as whole from loa.import_run where commune_id = ${tenant} and id = ${id}`
  return run?.whole ?? undefined
}

export async function setRun(
  db: Db,
  tenant: number,
  id: string,
  state: RunRow['state'],
  summary: object,
  total: number,
) {
  await db`
    update loa.import_run set state = ${state}, summary = ${db.json(summary as never)}, total = ${total}
    where commune_id = ${tenant} and id = ${id}`
}

export async function startRun(tx: Tx, tenant: number, id: string, options: object) {
  await tx`
    update loa.import_run set state = 'running', passed = 0, options = ${tx.json(options as never)}
    where commune_id = ${tenant} and id = ${id}`
}

/** Written: the file is forgotten, what is needed to take it back is kept. */
export async function finishRun(tx: Tx, tenant: number, id: string, summary: object, undo: object, total: number) {
  await tx`
    update loa.import_run set state = 'done', summary = ${tx.json(summary as never)}, undo = ${tx.json(undo as never)}, bytes = null,
      total = ${total}
    where commune_id = ${tenant} and id = ${id}`
}

/** Seen at once by whoever asks how far it is: outside the import's own transaction. */
export async function setPassed(db: Db, tenant: number, id: string, passed: number) {
  await db`update loa.import_run set passed = ${passed} where commune_id = ${tenant} and id = ${id}`
}

export async function undoOf(tx: Tx, tenant: number, id: string): Promise<unknown> {
  const [run] = await tx<
    { undo: unknown }[]
  >`select undo from loa.import_run where commune_id = ${tenant} and id = ${id}`
  return run?.undo
}

export async function markUndone(tx: Tx, tenant: number, id: string) {
  await tx`update loa.import_run set state = 'undone', undo = null where commune_id = ${tenant} and id = ${id}`
}

/** Files that nobody wrote are forgotten, and so are, later, the words of refused rows. */
export async function forgetFiles(db: Db, before: Date, wordsBefore: Date) {
  await db`update loa.import_run set bytes = null, state = 'failed' where bytes is not null and at < ${before}`
  await db`update loa.import_run set summary = summary - 'refused' - 'whole' where at < ${wordsBefore} and summary ? 'refused'`
}

export async function homesOfImport(tx: Tx, tenant: number, importId: string): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from loa.household where commune_id = ${tenant} and import_id = ${importId} and closed_at is null`
  return rows.map(row => row.id)
}

/** How many homes of an import somebody has worked on since. */
export async function countTouched(
  tx: Tx,
  tenant: number,
  importId: string,
  changed: readonly { id: string; version: number }[],
) {
  const [row] = await tx<{ count: number }[]>`
    select (
      (select count(*) from loa.household h
        where h.commune_id = ${tenant} and h.import_id = ${importId} and (h.version > 1 or exists (
          select 1 from loa.household_event e where e.commune_id = h.commune_id and e.household_id = h.id)))
      + (select count(*) from loa.household h
        join unnest(${column(changed, 'id')}::uuid[], ${column(changed, 'version')}::int[]) as c(id, version) on c.id = h.id
        where h.commune_id = ${tenant} and h.version <> c.version + 1))::int as count`
  return row!.count
}

/** The path of the commune that a run writes into. */
export async function communeOfRun(db: Db, tenant: number, id: string): Promise<string | undefined> {
  const [row] = await db<{ path: string }[]>`
    select v.path from loa.import_run r
    join loa.commune c on c.commune_id = r.commune_id
    join loa.unit_version v on v.unit_id = c.unit_id and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
    where r.commune_id = ${tenant} and r.id = ${id}`
  return row?.path
}
