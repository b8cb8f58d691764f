import { today } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import type { Unit } from './contract.ts'
import { unitTitle } from './names.ts'
import { lastOfCode, successorsOf } from './store-search.ts'
import { findUnit, unitsByIds, type UnitNow } from './store.ts'

/** A code that ended says what it was and where that lies on the day; anything else is simply unknown. */
async function unknown(db: Db, ref: string, asOf: string): Promise<Problem> {
  const last = /^\d{2,5}$/.test(ref) ? await lastOfCode(db, ref, asOf) : undefined
  if (!last) return new Problem('unit_unknown', { unit: ref, day: asOf })
  const [standing] = await unitsByIds(db, [last.unitId], asOf)
  const after = standing ? [] : (await successorsOf(db, [last.unitId], asOf)).map(pair => pair.now)
  const units = standing ? [standing] : await unitsByIds(db, after, asOf)
  const nowNames = units.map(unit => [unitTitle(unit), unit.code && `(${unit.code})`].filter(Boolean).join(' '))
  return new Problem('unit_code_ended', {
    unit: ref,
    until: last.until,
    was: unitTitle(last),
    now: nowNames.join(', '),
  })
}

/**
 * @param ref a unit's id or an official code
 * @throws Problem unit_unknown when nothing of that name stands on the day, unit_code_ended when the code was used before it
 */
export async function getUnit(db: Db, ref: string, asOf = today()): Promise<UnitNow> {
  const unit = await findUnit(db, ref, asOf)
  if (!unit) throw await unknown(db, ref, asOf)
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
