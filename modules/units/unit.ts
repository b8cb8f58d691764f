import { today } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import type { Unit } from './contract.ts'
import { unitTitle } from './names.ts'
import { findUnit, unitsByIds, type UnitNow } from './store.ts'

/** @param ref a unit's id or an official code @throws Problem unit_unknown when nothing of that name stands on the day */
export async function getUnit(db: Db, ref: string, asOf = today()): Promise<UnitNow> {
  const unit = await findUnit(db, ref, asOf)
  if (!unit) throw new Problem('unit_unknown', { unit: ref, day: asOf })
  return unit
}

export const link = (unit: UnitNow) => ({ id: unit.id, code: unit.code, title: unitTitle(unit) })

/** Units as the API shows them, each with its parent, in the order given. */
export async function shownUnits(db: Db, units: readonly UnitNow[], asOf: string): Promise<Unit[]> {
  const parents = [...new Set(units.flatMap(unit => unit.parentId ?? []))]
  const known = new Map((parents.length ? await unitsByIds(db, parents, asOf) : []).map(unit => [unit.id, unit]))
  return units.map(unit => {
    const parent = unit.parentId ? known.get(unit.parentId) : undefined
    return {
      id: unit.id,
      communeId: unit.tenant,
      level: unit.level,
      no: unit.no,
      code: unit.code,
      name: unit.name,
      kind: unit.kind,
      title: unitTitle(unit),
      parent: parent ? link(parent) : null,
    }
  })
}
