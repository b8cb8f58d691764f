// Takes a merger or split back. Nothing is erased: the villages of before stand again from today, and the history says so.
import type { Caller } from '#core/caller'
import { now, nowMs, today } from '#core/clock'
import type { Tx } from '#core/db'
import { fold } from '#core/fold'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { mustBeFree } from './create.ts'
import { unitTitle } from './names.ts'
import {
  actThatMade,
  isChangedSince,
  lastStates,
  markActUndone,
  sidesOf,
  type ActRow,
  type Below,
} from './store-act.ts'
import { endVersions, insertChange, lockVillages, nextVersion } from './store-change.ts'
import { allChildrenOf, unitsByIds, type UnitNow } from './store.ts'

/** How long after it happened a merger or split may still be taken back, in days. */
const undoDays = 30

export const endOfUndo = (act: ActRow) => new Date(act.at.getTime() + undoDays * 86_400_000)
export const isUndoable = (act: ActRow) => !act.undoneAt && nowMs() < endOfUndo(act).getTime()

/** @throws Problem unit_undo_changed when a unit that the act made is not as it was made */
async function standing(tx: Tx, act: ActRow, ids: readonly string[]): Promise<UnitNow[]> {
  const units = await unitsByIds(tx, ids)
  if (units.length < ids.length || (await isChangedSince(tx, act.id, ids))) throw new Problem('unit_undo_changed')
  return units
}

/** Where each unit of the level below goes: after a merger to the parent it had, after a split all to the one village. */
function parentsOf(act: ActRow, from: readonly string[], below: readonly UnitNow[]): Below[] {
  if (act.kind === 'split') return below.map(unit => ({ unit: unit.id, parent: from[0]! }))
  const before = new Map(act.below.map(one => [one.unit, one.parent]))
  return below.map(unit => {
    const parent = before.get(unit.id)
    // Made in the new village: no paper says to which of the old ones it belongs.
    if (!parent) throw new Problem('unit_undo_below', { title: unitTitle(unit) })
    return { unit: unit.id, parent }
  })
}

/** The villages of before begin again today, under the parent that the units made from them have. */
async function standAgain(tx: Tx, from: readonly string[], parent: UnitNow) {
  const paths = new Map<string, string>()
  for (const { id, no, name, kind } of await lastStates(tx, from)) {
    await mustBeFree(tx, parent.id, { name, kind })
    const path = `${parent.path}${no}/`
    paths.set(id, path)
    await nextVersion(tx, { unitId: id, day: today(), name, kind, folded: fold(name), parentId: parent.id, path })
  }
  return paths
}

async function moveBelow(
  tx: Tx,
  below: readonly UnitNow[],
  parents: readonly Below[],
  paths: ReadonlyMap<string, string>,
) {
  const parentOf = new Map(parents.map(one => [one.unit, one.parent]))
  for (const { id, no, name, kind } of below) {
    const parentId = parentOf.get(id)!
    const path = `${paths.get(parentId)}${no}/`
    await nextVersion(tx, { unitId: id, day: today(), name, kind, folded: fold(name), parentId, path })
  }
}

/**
 * The villages that a merger or split closed stand again from today, those that it made close. Homes, groups and posts follow by
 * `unit.undone` {tenant, act, kind, actAt, from: the units that close, into: those that stand again, at}, in this transaction;
 * whoever cannot tell where something belongs refuses there.
 * @param unit one that the act made
 * @throws Problem unit_undo_none, unit_undo_late, unit_undo_changed, unit_undo_below, unit_name_taken
 */
export async function undoAct(app: App, tx: Tx, unit: UnitNow, source: string, by: Caller): Promise<UnitNow[]> {
  const { tenant } = unit
  await lockVillages(tx, tenant)
  const act = await actThatMade(tx, tenant, unit.id)
  if (!act) throw new Problem('unit_undo_none')
  if (!isUndoable(act)) throw new Problem('unit_undo_late', { days: undoDays })
  const { from, to } = await sidesOf(tx, act.id)
  const made = await standing(tx, act, to)
  const below = (await Promise.all(to.map(id => allChildrenOf(tx, id, today())))).flat()
  const parents = parentsOf(act, from, below)
  const [parent] = await unitsByIds(tx, [made[0]!.parentId!])
  if (!parent) throw new Problem('unit_undo_changed')
  await endVersions(tx, to, today())
  await moveBelow(tx, below, parents, await standAgain(tx, from, parent))
  const kind = act.kind === 'merge' ? ('undo_merge' as const) : ('undo_split' as const)
  for (const one of to)
    for (const old of from)
      await insertChange(tx, { id: newId(), act: act.id, kind, from: one, to: old, day: today(), source })
  const at = now()
  await markActUndone(tx, tenant, act.id, at, today())
  const told = { tenant, act: act.id, kind: act.kind, actAt: act.at, from: to, into: from, at }
  await app.events.announce(app, tx, 'unit.undone', told)
  const data = { act: act.id, kind: act.kind, into: from }
  await record(tx, { tenant, what: 'unit.undone', by, about: { kind: 'unit', id: unit.id }, data })
  return unitsByIds(tx, from)
}
