import type { Caller } from '#core/caller'
import { iso, now } from '#core/clock'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import { unitsByIds, unitTitle } from '#units'
import type { Group } from './contract.ts'
import { homesOfGroup } from './groups.ts'
import { countsOf, type GroupNow } from './store.ts'

/** How many belong to a confidential group is its own post's to know. */
const mayCount = (group: GroupNow, caller: Caller) => !group.isConfidential || caller.group === group.id

/** Below this a number says who: a bank, which sees no names, does not get it. */
const fewest = 5
const countFor = (caller: Caller, count: number) => (caller.role === 'bank_officer' && count < fewest ? null : count)

/** In the order given, whatever communes they are of. */
export async function shownGroups(db: Db, groups: readonly GroupNow[], caller: Caller): Promise<Group[]> {
  const byTenant = Map.groupBy(groups, group => group.tenant)
  const shown = await Promise.all([...byTenant].map(([tenant, mine]) => shownOf(db, tenant, mine, caller)))
  const known = new Map(shown.flat().map(group => [group.id, group]))
  return groups.map(group => known.get(outside(group.tenant, group.id))!)
}

async function shownOf(db: Db, tenant: number, groups: readonly GroupNow[], caller: Caller): Promise<Group[]> {
  const units = new Map(
    (await unitsByIds(db, [...new Set(groups.flatMap(group => group.unitId ?? []))])).map(unit => [unit.id, unit]),
  )
  const ids = groups.map(group => group.id)
  const counts = new Map((await countsOf(db, tenant, ids, now())).map(row => [row.id, row]))
  return groups.map(group => {
    const unit = group.unitId ? units.get(group.unitId) : undefined
    const count = counts.get(group.id)!
    return {
      id: outside(tenant, group.id),
      kind: group.kind,
      name: group.name,
      parentId: group.parentId ? outside(tenant, group.parentId) : null,
      unit: unit ? { id: unit.id, title: unitTitle(unit) } : null,
      owner: group.owner,
      isConfidential: group.isConfidential,
      members: mayCount(group, caller) ? countFor(caller, count.members) : null,
      homes: null,
      branches: count.branches,
      closedAt: group.closedAt ? iso(group.closedAt) : null,
    }
  })
}

/** One group, with the homes that a message to it would reach. */
export async function shownGroup(db: Db, group: GroupNow, caller: Caller): Promise<Group> {
  const [shown] = await shownGroups(db, [group], caller)
  if (!mayCount(group, caller)) return { ...shown!, homes: null }
  const homes = (await homesOfGroup(db, group.tenant, [group.id])).length
  return { ...shown!, homes: countFor(caller, homes) }
}
