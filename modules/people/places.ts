// Where homes and people stand, for the question who may act on them.
import { inside } from '#core/ids'
import type { App, Place, PlaceOf } from '#core/module'
import type { Caller } from '#core/caller'
import { findUnit } from '#units'
import { communeOf } from './import-write.ts'
import { homeOfPerson, homePlace } from './store-homes.ts'
import { findRequest } from './store-own.ts'
import { communeOfRun } from './store-import.ts'
import { findArrival } from './store-removal.ts'

/** Reads an outside id of the caller's own tenant; anything else is nothing at all. */
function own(value: unknown, caller: Caller): string | undefined {
  if (typeof value !== 'string') return undefined
  const { tenant, id } = inside(value)
  return tenant === caller.tenant ? id : undefined
}

async function placeOfHome(app: App, tenant: number, id: string): Promise<Place[] | undefined> {
  const row = await homePlace(app.sql, tenant, id)
  return row && [{ tenant, household: row.id, path: row.path ?? undefined }]
}

export const householdId: PlaceOf = async (app, value, _, caller) => {
  const id = own(value, caller)
  return id && caller.tenant ? placeOfHome(app, caller.tenant, id) : undefined
}

/** Whoever names a reader must be allowed in the elder's home too. */
export const personId: PlaceOf = async (app, value, input, caller) => {
  const id = own(value, caller)
  const home = id && caller.tenant ? await homeOfPerson(app.sql, caller.tenant, id) : undefined
  const place = home ? await placeOfHome(app, caller.tenant!, home) : undefined
  if (!place || typeof input['readsFor'] !== 'string') return place
  const elder = await householdId(app, input['readsFor'], input, caller)
  return elder && [...place, ...elder]
}

export const importId: PlaceOf = async (app, value, _, caller) => {
  const id = own(value, caller)
  const unit = id && caller.tenant ? await communeOfRun(app.sql, caller.tenant, id) : undefined
  return unit === undefined ? undefined : [{ tenant: caller.tenant!, path: unit }]
}

/** A merge touches two homes: whoever does it must be allowed in both. */
export const duplicateId: PlaceOf = async (app, value, input, caller) => {
  const second = await householdId(app, value, input, caller)
  const first = await householdId(app, input['householdId'], input, caller)
  return first && second && [...first, ...second]
}

/** The village that a home said it goes to, or the commune once that village is no more. */
export const arrivalId: PlaceOf = async (app, value, _, caller) => {
  const id = own(value, caller)
  const arrival = id && caller.tenant ? await findArrival(app.sql, caller.tenant, id) : undefined
  if (!arrival) return undefined
  const unit = (await findUnit(app.sql, arrival.unitId)) ?? (await communeOf(app.sql, caller.tenant!))
  return [{ tenant: caller.tenant!, path: unit.path }]
}

export const requestId: PlaceOf = async (app, value, _, caller) => {
  const id = own(value, caller)
  const request = id && caller.tenant ? await findRequest(app.sql, caller.tenant, id) : undefined
  return request && placeOfHome(app, caller.tenant!, request.householdId)
}
