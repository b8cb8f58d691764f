import { now } from '#core/clock'
import { column, type Db } from '#core/db'
import { fold } from '#core/fold'
import { unitTitle } from '../names.ts'
import {
  isProvince,
  reformDay,
  tableEdition,
  tableName,
  unitIdOf,
  type Former,
  type Present,
  type Table,
} from './table.ts'

/**
 * The day on which communes and provinces got their codes (Decision 124/2004/QĐ-TTg). The table says nothing of earlier changes, so the
 * state of 30-6-2025 is stretched back to it: a file of 2019 with a code of its time finds its unit.
 */
const codesBegan = '2004-07-08'

interface Version {
  unit: string
  from: string
  to: string | null
  code: string
  name: string
  kind: string
  parent: string | null
  path: string
  district: string
}
interface Change {
  id: string
  kind: string
  from: string
  to: string
  source: string
}

const parentOf = (unit: Present | Former) => (isProvince(unit) ? null : unitIdOf(unit.province!))
const pathOf = (unit: Present | Former) => (isProvince(unit) ? `${unit.no}/` : `${unit.province}/${unit.no}/`)

/** A unit that stayed the same in everything has one state; else the old one ends the day before the reform takes effect. */
function versionsFrom({ present, former }: Table): Version[] {
  const before = new Map(former.map(unit => [unit.no, unit]))
  const state = (unit: Present | Former) => ({
    unit: unitIdOf(unit.no),
    code: unit.code,
    name: unit.name,
    kind: unit.kind,
    parent: parentOf(unit),
    path: pathOf(unit),
    district: 'district' in unit ? unit.district : '',
  })
  const today = present.map(unit => {
    const old = before.get(unit.no)
    const isUntouched = old && JSON.stringify(state(old)) === JSON.stringify(state(unit))
    return { ...state(unit), from: isUntouched ? codesBegan : reformDay, to: null }
  })
  const untouched = new Set(today.filter(version => version.from === codesBegan).map(version => version.unit))
  const then = former
    .filter(unit => !untouched.has(unitIdOf(unit.no)))
    .map(unit => ({ ...state(unit), from: codesBegan, to: reformDay }))
  return [...today, ...then]
}

/** Same unit: renamed or of another kind now, or no change at all. Else one change for each unit that took it up. */
function changesFrom({ present, former }: Table): Change[] {
  const today = new Map(present.map(unit => [unit.no, unit]))
  return former.flatMap(old =>
    old.became.flatMap(no => {
      const to = today.get(no)!
      const kind = old.how !== 'same' ? old.how : old.name !== to.name ? 'rename' : old.kind !== to.kind ? 'retype' : ''
      const change = { kind, from: unitIdOf(old.no), to: unitIdOf(no), source: old.source }
      return kind ? [{ id: unitIdOf(old.no, no), ...change }] : []
    }),
  )
}

async function fillUnits(db: Db, { present, former }: Table) {
  const gone = former.filter(unit => unit.how !== 'same')
  const all = [...present, ...gone]
  await db`
    insert into loa.unit (id, level, commune_id, no)
    select * from unnest(${all.map(unit => unitIdOf(unit.no))}::uuid[],
      ${all.map(unit => (isProvince(unit) ? 'province' : 'commune'))}::text[], ${column(all, 'no')}::int[],
      ${all.map(() => 0)}::int[])
    on conflict do nothing`
  await db`
    insert into loa.commune (commune_id, kind, unit_id, name, opened_on)
    select t.no, t.kind, t.unit, t.name, ${reformDay}
    from unnest(${column(present, 'no')}::int[], ${present.map(unit => (isProvince(unit) ? 'province' : 'commune'))}::text[],
      ${present.map(unit => unitIdOf(unit.no))}::uuid[], ${present.map(unit => unitTitle(unit))}::text[]) as t(no, kind, unit, name)
    on conflict do nothing`
}

async function fillVersions(db: Db, versions: readonly Version[]) {
  await db`
    insert into loa.unit_version (unit_id, valid_from, valid_to, code, name, folded, kind, parent_id, path, district)
    select * from unnest(${column(versions, 'unit')}::uuid[], ${column(versions, 'from')}::date[],
      ${column(versions, 'to')}::date[], ${column(versions, 'code')}::text[], ${column(versions, 'name')}::text[],
      ${versions.map(version => fold(version.name))}::text[], ${column(versions, 'kind')}::text[],
      ${column(versions, 'parent')}::uuid[], ${column(versions, 'path')}::text[], ${column(versions, 'district')}::text[])
    on conflict do nothing`
}

async function fillHistory(db: Db, table: Table) {
  const changes = changesFrom(table)
  await db`
    insert into loa.unit_change (id, kind, from_unit, to_unit, on_date, source)
    select t.id, t.kind, t.f, t.t, ${reformDay}, t.source
    from unnest(${column(changes, 'id')}::uuid[], ${column(changes, 'kind')}::text[], ${column(changes, 'from')}::uuid[],
      ${column(changes, 'to')}::uuid[], ${column(changes, 'source')}::text[]) as t(id, kind, f, t, source)
    on conflict do nothing`
  const names = table.unresolved.filter(one => one.reason === 'no_old_code')
  await db`
    insert into loa.unit_alias (unit_id, folded, name, source)
    select * from unnest(${names.map(one => unitIdOf(one.became))}::uuid[], ${names.map(one => fold(one.name))}::text[],
      ${names.map(one => [unitTitle(one), one.district, one.province].filter(Boolean).join(', '))}::text[],
      ${names.map(one => `${tableName}, dòng ${one.rows}`)}::text[])
    on conflict do nothing`
}

/** Fills the official units, once an edition of the table. Rows that are there stay as they are. */
export async function fillOfficialUnits(db: Db, read: () => Table) {
  const [done] = await db<{ value: number }[]>`select value from loa.setting where key = 'units.table'`
  if (done && done.value >= tableEdition) return
  const table = read()
  await fillUnits(db, table)
  await fillVersions(db, versionsFrom(table))
  await fillHistory(db, table)
  await db`
    insert into loa.setting (key, value, changed_at) values ('units.table', ${db.json(tableEdition)}, ${now()})
    on conflict (key) do update set value = excluded.value, changed_at = excluded.changed_at`
}
