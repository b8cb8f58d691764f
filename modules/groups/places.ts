// Where a group stands, for the question who may act on it.
import type { Caller } from '#core/caller'
import { inside } from '#core/ids'
import type { App, Place, PlaceOf } from '#core/module'
import { findUnit, isOwner } from '#units'
import { findGroup, groupsAbove } from './store.ts'

/**
 * A post of a group reaches its branches. A confidential group stands in no unit: not the commune's, not its parent's post reaches it,
 * only its own.
 */
export async function placesOfGroup(
  app: App,
  tenant: number,
  id: string,
  caller: Caller,
): Promise<Place[] | undefined> {
  const group = await findGroup(app.sql, tenant, id)
  if (!group) return undefined
  if (group.isConfidential) return [{ tenant, group: id }]
  const above = caller.group ? await groupsAbove(app.sql, tenant, id) : []
  const unit = group.unitId ? await findUnit(app.sql, group.unitId) : undefined
  return [{ tenant, group: above.find(one => one === caller.group) ?? id, path: unit?.path }]
}

export const groupId: PlaceOf = async (app, value, _, caller) => {
  if (typeof value !== 'string') return undefined
  const { tenant, id } = inside(value)
  // An owner's officer stands beside the communes that he serves.
  return tenant === caller.tenant || isOwner(caller.tenant) ? placesOfGroup(app, tenant, id, caller) : undefined
}
