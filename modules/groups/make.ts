import type { Caller } from '#core/caller'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { fold, tidy } from '#core/fold'
import { newId } from '#core/ids'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { UnitNow } from '#units'
import { getGroup, getOpenGroup } from './groups.ts'
import { isConfidential, type GroupKind } from './kinds.ts'
import { closeGroups, insertGroup, lockGroups, reopenGroups, updateName } from './store-change.ts'
import { findNamesake, groupsAbove, groupsBelow, type GroupNow } from './store.ts'

/** Commune, branch, cell of a branch: deeper than four no association of a commune goes. */
const deepest = 4
const reopenDays = 30

const note = (tx: Tx, group: GroupNow, what: string, by: Caller) =>
  record(tx, { tenant: group.tenant, what, by, about: { kind: 'group', id: group.id } })

/** @throws Problem group_name_taken */
async function mustBeFree(tx: Tx, g: Pick<GroupNow, 'tenant' | 'parentId' | 'unitId'>, name: string, except?: string) {
  const taken = await findNamesake(tx, g.tenant, g.parentId, g.unitId, fold(name))
  if (taken && taken !== except) throw new Problem('group_name_taken', { name })
}

export interface Making {
  kind: GroupKind
  name: string
  owner?: string | undefined
}

/** A group of a commune or of a village, or a branch of another. @throws Problem group_needs_commune, group_name_taken */
export async function makeGroup(tx: Tx, unit: UnitNow, making: Making, parent: GroupNow | undefined, by: Caller) {
  if (unit.level === 'country' || unit.level === 'province') throw new Problem('group_needs_commune')
  const { tenant } = unit
  await lockGroups(tx, tenant)
  const name = tidy(making.name)
  const place = { tenant, parentId: parent?.id ?? null, unitId: unit.id }
  await mustBeFree(tx, place, name)
  const id = newId()
  const owner = making.owner ? tidy(making.owner) : null
  const rest = { isConfidential: parent?.isConfidential ?? isConfidential(making.kind), at: now() }
  await insertGroup(tx, { ...place, ...rest, id, kind: making.kind, name, folded: fold(name), owner })
  const made = await getGroup(tx, tenant, id)
  await note(tx, made, 'group.made', by)
  return made
}

/** A branch is of its parent's kind. Without a unit of its own it crosses the villages as its parent does. @throws Problem group_too_deep, group_closed */
export async function makeBranch(tx: Tx, parent: GroupNow, unit: UnitNow, name: string, by: Caller) {
  if (parent.closedAt) throw new Problem('group_closed', { name: parent.name })
  if ((await groupsAbove(tx, parent.tenant, parent.id)).length >= deepest) throw new Problem('group_too_deep')
  return makeGroup(tx, unit, { kind: parent.kind, name, ...(parent.owner ? { owner: parent.owner } : {}) }, parent, by)
}

/** @throws Problem group_closed, group_name_taken */
export async function renameGroup(tx: Tx, tenant: number, id: string, said: string, by: Caller): Promise<GroupNow> {
  await lockGroups(tx, tenant)
  const group = await getOpenGroup(tx, tenant, id)
  const name = tidy(said)
  await mustBeFree(tx, group, name, id)
  await updateName(tx, tenant, id, name, fold(name))
  await note(tx, group, 'group.renamed', by)
  return getGroup(tx, tenant, id)
}

/** The group and its branches close; memberships end, what was sent stays. @throws Problem group_closed */
export async function closeGroup(tx: Tx, tenant: number, id: string, by: Caller): Promise<GroupNow> {
  await lockGroups(tx, tenant)
  const group = await getOpenGroup(tx, tenant, id)
  await closeGroups(tx, tenant, await groupsBelow(tx, tenant, [id]), now())
  await note(tx, group, 'group.closed', by)
  return getGroup(tx, tenant, id)
}

/** Undoes a closing. @throws Problem group_not_closed, group_closed_long_ago, group_closed when its parent is closed, group_name_taken */
export async function reopenGroup(tx: Tx, tenant: number, id: string, by: Caller): Promise<GroupNow> {
  await lockGroups(tx, tenant)
  const group = await getGroup(tx, tenant, id)
  const { closedAt } = group
  if (!closedAt) throw new Problem('group_not_closed')
  if (now().getTime() - closedAt.getTime() > reopenDays * 86_400_000) throw new Problem('group_closed_long_ago')
  if (group.parentId) await getOpenGroup(tx, tenant, group.parentId)
  await mustBeFree(tx, group, group.name, id)
  await reopenGroups(tx, tenant, await groupsBelow(tx, tenant, [id]), closedAt)
  await note(tx, group, 'group.reopened', by)
  return getGroup(tx, tenant, id)
}
