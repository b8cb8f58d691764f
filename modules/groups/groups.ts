// Groups as other parts see them.
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import { findGroup, groupsBelow, homesOf, type GroupNow, type HomeOfGroup } from './store.ts'

/** @param id the row's id @throws Problem not_found */
export async function getGroup(db: Db, tenant: number, id: string): Promise<GroupNow> {
  const group = await findGroup(db, tenant, id)
  if (!group) throw new Problem('not_found')
  return group
}

/** A group that one may still change or write to. @throws Problem not_found, group_closed */
export async function getOpenGroup(db: Db, tenant: number, id: string): Promise<GroupNow> {
  const group = await getGroup(db, tenant, id)
  if (group.closedAt) throw new Problem('group_closed', { name: group.name })
  return group
}

/** Homes of the members of these groups and of their branches at a moment, each home once. */
export async function homesOfGroup(
  db: Db,
  tenant: number,
  groupIds: readonly string[],
  at = now(),
): Promise<HomeOfGroup[]> {
  return homesOf(db, tenant, await groupsBelow(db, tenant, groupIds), at)
}
