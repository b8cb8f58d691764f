// Every statement that changes villages. A unit's history is its versions: nothing is overwritten but what began the same day.
import type { Tx } from '#core/db'
import type { Level } from './names.ts'
import type { ChangeRow } from './store.ts'

/** Two people who change the villages of one commune at once: the second waits. */
export const lockVillages = (tx: Tx, tenant: number) => tx`select pg_advisory_xact_lock(7102, ${tenant})`

export interface NewUnit {
  id: string
  tenant: number
  level: Level
  no: number
  name: string
  kind: string
  folded: string
  parentId: string
  path: string
  day: string
}

/** A new unit and the first of its versions. */
export async function insertUnit(tx: Tx, unit: NewUnit) {
  await tx`insert into loa.unit (id, level, commune_id, no) values (${unit.id}, ${unit.level}, ${unit.tenant}, ${unit.no})`
  await tx`
    insert into loa.unit_version (unit_id, valid_from, name, folded, kind, parent_id, path)
    values (${unit.id}, ${unit.day}, ${unit.name}, ${unit.folded}, ${unit.kind}, ${unit.parentId}, ${unit.path})`
}

export async function insertChange(
  tx: Tx,
  change: {
    id: string
    /** The merger or split that it is a part of. */
    act?: string
    kind: ChangeRow['kind']
    from: string | null
    to: string | null
    day: string
    source: string
  },
) {
  await tx`
    insert into loa.unit_change (id, act_id, kind, from_unit, to_unit, on_date, source)
    values (${change.id}, ${change.act ?? null}, ${change.kind}, ${change.from}, ${change.to}, ${change.day}, ${change.source})`
}

/** Ends the present state of units on a day: they stand no more from that day on. */
export async function endVersions(tx: Tx, units: readonly string[], day: string) {
  await tx`
    update loa.unit_version set valid_to = ${day}
    where unit_id = any(${[...units]}::uuid[]) and valid_to is null`
}

export interface NextVersion {
  unitId: string
  day: string
  name: string
  kind: string
  folded: string
  parentId: string | null
  path: string
}

/** The next state of a unit; one that began the same day gives way to it. */
export async function nextVersion(tx: Tx, next: NextVersion) {
  await endVersions(tx, [next.unitId], next.day)
  await tx`
    insert into loa.unit_version (unit_id, valid_from, name, folded, kind, parent_id, path)
    values (${next.unitId}, ${next.day}, ${next.name}, ${next.folded}, ${next.kind}, ${next.parentId}, ${next.path})
    on conflict (unit_id, valid_from) do update set valid_to = null, name = excluded.name, folded = excluded.folded,
      kind = excluded.kind, parent_id = excluded.parent_id, path = excluded.path`
}

/** The commune's installation uses it: it has people of its own here. */
export const markUsed = (tx: Tx, tenant: number) =>
  tx`update loa.commune set is_used = true where commune_id = ${tenant} and not is_used`
