import type { Caller } from '#core/caller'
import { today } from '#core/clock'
import type { Tx } from '#core/db'
import { fold, tidy } from '#core/fold'
import { newId } from '#core/ids'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { mustBeFree, type Naming } from './create.ts'
import { insertChange, lockVillages, nextVersion } from './store-change.ts'
import type { UnitNow } from './store.ts'
import { getUnit } from './unit.ts'

/** Provinces and communes change by law, with the shipped table; here only villages and the level below. @throws Problem unit_official */
export function mustBeVillage(unit: UnitNow) {
  if (unit.level !== 'village' && unit.level !== 'hamlet') throw new Problem('unit_official', { name: unit.name })
}

/** The same unit under another name or kind; the old name stays in its history and is still found. @throws Problem unit_official, unit_name_taken */
export async function renameUnit(
  tx: Tx,
  unit: UnitNow,
  naming: Naming & { source: string },
  by: Caller,
): Promise<UnitNow> {
  mustBeVillage(unit)
  await lockVillages(tx, unit.tenant)
  const [name, kind] = [tidy(naming.name), tidy(naming.kind)]
  if (name === unit.name && kind === unit.kind) return unit
  await mustBeFree(tx, unit.parentId!, { name, kind }, unit.id)
  const { id: unitId, parentId, path } = unit
  await nextVersion(tx, { unitId, day: today(), name, kind, folded: fold(name), parentId, path })
  const change = { kind: name === unit.name ? ('retype' as const) : ('rename' as const), source: naming.source }
  await insertChange(tx, { id: newId(), from: unitId, to: unitId, day: today(), ...change })
  await record(tx, { tenant: unit.tenant, what: 'unit.renamed', by, about: { kind: 'unit', id: unitId } })
  return getUnit(tx, unitId)
}
