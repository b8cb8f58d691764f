// Mergers and splits as acts: what each did, so that it can be taken back.
import type { Db, Tx } from '#core/db'

/** A unit of the level below and the parent it had before the act. */
export interface Below {
  unit: string
  parent: string
}

export interface ActRow {
  id: string
  kind: 'merge' | 'split'
  at: Date
  below: Below[]
  undoneAt: Date | null
}

export async function insertAct(tx: Tx, tenant: number, act: Omit<ActRow, 'undoneAt'>) {
  await tx`
    insert into loa.unit_act (commune_id, id, kind, at, below)
    values (${tenant}, ${act.id}, ${act.kind}, ${act.at}, ${tx.json(act.below as never)})`
}

/** The merger or split that made a unit. */
export async function actThatMade(db: Db, tenant: number, unit: string): Promise<ActRow | undefined> {
  const [act] = await db<ActRow[]>`
    select a.id, a.kind, a.at, a.below, a.undone_at as "undoneAt" from loa.unit_act a
    where a.commune_id = ${tenant} and a.id = (
      select c.act_id from loa.unit_change c
      where c.to_unit = ${unit} and c.act_id is not null and c.kind in ('merge_whole', 'split') limit 1)`
  return act
}

/** The units that an act closed, and those that it made. */
export async function sidesOf(db: Db, act: string): Promise<{ from: string[]; to: string[] }> {
  const [row] = await db<{ from: string[]; to: string[] }[]>`
    select array_agg(distinct from_unit) as "from", array_agg(distinct to_unit) as "to"
    from loa.unit_change where act_id = ${act} and kind in ('merge_whole', 'split')`
  return row!
}

/** Did anything happen to these units after the act that still holds? */
export async function isChangedSince(db: Db, act: string, units: readonly string[]): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.unit_change
    where (from_unit = any(${[...units]}::uuid[]) or to_unit = any(${[...units]}::uuid[]))
      and act_id is distinct from ${act}::uuid and undone_on is null and kind not in ('undo_merge', 'undo_split') limit 1`
  return Boolean(row)
}

/** The act's changes stay in the history and lead nowhere from that day on. */
export async function markActUndone(tx: Tx, tenant: number, act: string, at: Date, day: string) {
  await tx`update loa.unit_act set undone_at = ${at} where commune_id = ${tenant} and id = ${act}`
  await tx`update loa.unit_change set undone_on = ${day} where act_id = ${act} and kind in ('merge_whole', 'split')`
}

export interface LastState {
  id: string
  no: number
  name: string
  kind: string
}

/** The last state of each unit, whether it stands or not. */
export async function lastStates(db: Db, units: readonly string[]): Promise<LastState[]> {
  return db<LastState[]>`
    select distinct on (u.id) u.id, u.no, v.name, v.kind from loa.unit u join loa.unit_version v on v.unit_id = u.id
    where u.id = any(${[...units]}::uuid[]) order by u.id, v.valid_from desc`
}
