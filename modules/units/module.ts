import type { Module, PlaceOf } from '#core/module'
import { contract } from './contract.ts'
import { answers } from './routes.ts'
import { shippedTable } from './seed/shipped.ts'
import { fillOfficialUnits } from './seed/fill.ts'
import { findOwner, placesOfOwner } from './owners.ts'
import { findUnit } from './store.ts'
import { unitsEn } from './words.en.ts'
import { unitsVi } from './words.vi.ts'

const placeOfUnit: PlaceOf = async (app, value) => {
  const unit = typeof value === 'string' ? await findUnit(app.sql, value) : undefined
  return unit && [{ tenant: unit.tenant, path: unit.path }]
}

/** A post is made at a unit, or at an owner by its number. */
const placeOfUnitOrOwner: PlaceOf = async (app, value, input, caller) =>
  (await placeOfOwner(app, value, input, caller)) ?? placeOfUnit(app, value, input, caller)

const placeOfOwner: PlaceOf = async (app, value) => {
  const owner = typeof value === 'string' ? await findOwner(app.sql, value) : undefined
  const places = owner ? await placesOfOwner(app.sql, owner.tenant) : []
  return places.length ? places : undefined
}

/** Each of the communes named. What is no list of names is left to the shapes. */
const placeOfCommunes: PlaceOf = async (app, value) => {
  if (!Array.isArray(value)) return []
  const units = await Promise.all(value.filter(ref => typeof ref === 'string').map(ref => findUnit(app.sql, ref)))
  return units.flatMap(unit => (unit ? [{ tenant: unit.tenant, path: unit.path }] : []))
}

export const units: Module = {
  name: 'units',
  contract,
  answers,
  places: { unit: placeOfUnitOrOwner, ownerId: placeOfOwner, communes: placeOfCommunes },
  seed: db => fillOfficialUnits(db, shippedTable),
  problems: {
    unit_unknown: 404,
    owner_unknown: 404,
    owner_communes: 422,
    unit_code_ended: 404,
    unit_name_taken: 409,
    unit_too_deep: 422,
    unit_official: 422,
    unit_merge_needs_two: 422,
    unit_split_parts: 422,
    unit_split_twice: 422,
    unit_undo_none: 409,
    unit_undo_late: 409,
    unit_undo_changed: 409,
    unit_undo_below: 409,
    unit_undo_homes: 409,
    unit_undo_groups: 409,
    unit_has_homes: 409,
    unit_has_units: 409,
  },
  words: { vi: unitsVi, en: unitsEn },
}
