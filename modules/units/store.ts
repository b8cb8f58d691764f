// Units as they stand on a day. A day is `2026-11-25`; without one, today in Vietnam.
import { today } from '#core/clock'
import type { Db } from '#core/db'
import { fold } from '#core/fold'
import type { Level } from './names.ts'

/** A unit as it stands on the day asked. */
export interface UnitNow {
  id: string
  /** The commune (or province) it belongs to, by its small number. */
  tenant: number
  level: Level
  /** Small number within the tenant; 0 is the commune itself. */
  no: number
  /** Official units only; codes are re-used after mergers, so one means nothing without its day. */
  code: string | null
  name: string
  /** The word before its name: xã, phường, thôn, bản, tổ dân phố… */
  kind: string
  parentId: string | null
  /** Numbers from the province down, each closed by a slash; a subtree is what begins with it. */
  path: string
}

/** Every unit as it stands on a day; the statement goes on with its own conditions. */
const unitOn = (db: Db, day: string) => db`
  select u.id, u.commune_id as tenant, u.level, u.no, v.code, v.name, v.kind, v.parent_id as "parentId", v.path
  from loa.unit u join loa.unit_version v on v.unit_id = u.id
  where v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})`

const isUuid = (ref: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(ref)

/** By id, or by an official code as it was used on the day. */
export async function findUnit(db: Db, ref: string, asOf = today()): Promise<UnitNow | undefined> {
  const [unit] = isUuid(ref)
    ? await db<UnitNow[]>`${unitOn(db, asOf)} and u.id = ${ref}`
    : await db<UnitNow[]>`${unitOn(db, asOf)} and v.code = ${ref}`
  return unit
}

/** Those of the ids that stand on the day, in no order. */
export async function unitsByIds(db: Db, ids: readonly string[], asOf = today()): Promise<UnitNow[]> {
  return db<UnitNow[]>`${unitOn(db, asOf)} and u.id = any(${[...ids]}::uuid[])`
}

/** The commune, or the province, whose number this is; undefined for owners that stand in no place. */
export async function unitOfTenant(db: Db, tenant: number, asOf = today()): Promise<UnitNow | undefined> {
  const [unit] = await db<UnitNow[]>`${unitOn(db, asOf)} and u.commune_id = ${tenant} and u.no = 0`
  return unit
}

/** The villages of a commune in the order of their numbers; the level below them is left out. */
export async function villagesOf(db: Db, tenant: number, asOf = today()): Promise<UnitNow[]> {
  return db<UnitNow[]>`${unitOn(db, asOf)} and u.commune_id = ${tenant} and u.level = 'village' order by u.no`
}

/** What lies below a path (the unit itself is left out): every level, nearest first. */
export async function unitsBelow(db: Db, path: string, asOf = today()): Promise<UnitNow[]> {
  return db<UnitNow[]>`${unitOn(db, asOf)} and v.path > ${path} and v.path < ${`${path}~`}
    order by array_length(string_to_array(v.path, '/'), 1), u.commune_id, u.no`
}

/** `24/1507/3/` → `24/1507/3/`, `24/1507/`, `24/`. */
export const pathsAbove = (path: string) => {
  const parts = path.split('/').slice(0, -1)
  return parts.map((_, n) => `${parts.slice(0, parts.length - n).join('/')}/`)
}

/** Units that stand at these paths on a day, in no order. */
export async function unitsAt(db: Db, paths: readonly string[], asOf: string): Promise<UnitNow[]> {
  return db<UnitNow[]>`${unitOn(db, asOf)} and v.path = any(${[...paths]}::text[])`
}

/** The unit itself first, then its village, commune, province. Empty when the unit does not stand on the day. */
export async function ancestorsOf(db: Db, unitId: string, asOf = today()): Promise<UnitNow[]> {
  const unit = await findUnit(db, unitId, asOf)
  if (!unit) return []
  const above = await unitsAt(db, pathsAbove(unit.path), asOf)
  return above.toSorted((a, b) => b.path.length - a.path.length)
}

/** The direct children of a unit, after a number, in the order of their numbers. */
export async function childrenOf(
  db: Db,
  parent: string | null,
  asOf: string,
  after: { tenant: number; no: number },
  limit: number,
): Promise<UnitNow[]> {
  return db<UnitNow[]>`${unitOn(db, asOf)} and v.parent_id is not distinct from ${parent}
      and (u.commune_id, u.no) > (${after.tenant}, ${after.no})
    order by u.commune_id, u.no limit ${limit}`
}

/** All the direct children of a unit. */
export async function allChildrenOf(db: Db, parent: string, asOf: string): Promise<UnitNow[]> {
  return db<UnitNow[]>`${unitOn(db, asOf)} and v.parent_id = ${parent} order by u.no`
}

export interface VersionRow {
  validFrom: string
  validTo: string | null
  code: string | null
  name: string
  kind: string
}

/** Every state that a unit has been in, oldest first. */
export async function versionsOf(db: Db, unitId: string): Promise<VersionRow[]> {
  return db<VersionRow[]>`
    select valid_from as "validFrom", valid_to as "validTo", code, name, kind
    from loa.unit_version where unit_id = ${unitId} order by valid_from`
}

/** A day on which a closed unit still stood, so that its history can be read; undefined for one that stands, or none. */
export async function lastDayOf(db: Db, ref: string): Promise<string | undefined> {
  if (!isUuid(ref)) return undefined
  const [last] = await db<{ from: string; to: string | null }[]>`
    select valid_from as "from", valid_to as "to" from loa.unit_version where unit_id = ${ref} order by valid_from desc limit 1`
  return last?.to && last.to <= today() ? last.from : undefined
}

export interface ChangeRow {
  kind: 'merge_whole' | 'merge_part' | 'split' | 'rename' | 'retype' | 'create' | 'close' | 'undo_merge' | 'undo_split'
  on: string
  /** The day from which it holds no more. */
  undoneOn: string | null
  source: string
  from: string | null
  to: string | null
  fromName: string | null
  fromKind: string | null
  toName: string | null
  toKind: string | null
}

/** What happened to a unit and what became of it, oldest first; the other side carries the name it had that day. */
export async function changesOf(db: Db, unitId: string): Promise<ChangeRow[]> {
  return db<ChangeRow[]>`
    select c.kind, c.on_date as "on", c.undone_on as "undoneOn", c.source, c.from_unit as "from", c.to_unit as "to",
      f.name as "fromName", f.kind as "fromKind", t.name as "toName", t.kind as "toKind"
    from loa.unit_change c
    left join lateral (select name, kind from loa.unit_version v where v.unit_id = c.from_unit and v.valid_from <= c.on_date
      order by v.valid_to is not distinct from c.on_date desc, v.valid_from desc limit 1) f on true
    left join lateral (select name, kind from loa.unit_version v where v.unit_id = c.to_unit and v.valid_from <= c.on_date
      order by v.valid_from desc limit 1) t on true
    where c.from_unit = ${unitId} or c.to_unit = ${unitId} order by c.on_date, c.id`
}

/** A living child of the parent with this folded name and kind. @returns its id */
export async function findSibling(db: Db, parentId: string, folded: string, kind: string, day: string) {
  const rows = await db<{ id: string; kind: string }[]>`
    select unit_id as id, kind from loa.unit_version
    where parent_id = ${parentId} and folded = ${folded} and valid_from <= ${day} and (valid_to is null or valid_to > ${day})`
  return rows.find(row => fold(row.kind) === kind)?.id
}

/** Old and spoken names that are searched but decide nothing. */
export async function aliasesOf(db: Db, unitId: string): Promise<{ name: string; source: string }[]> {
  return db<{ name: string; source: string }[]>`
    select name, source from loa.unit_alias where unit_id = ${unitId} order by folded collate "C"`
}
