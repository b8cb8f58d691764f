// Every statement that writes groups and memberships.
import type { Tx } from '#core/db'
import type { GroupKind } from './kinds.ts'

export interface NewGroup {
  id: string
  tenant: number
  kind: GroupKind
  name: string
  folded: string
  parentId: string | null
  unitId: string
  owner: string | null
  isConfidential: boolean
  at: Date
}

/** Two who change the groups of one commune at once: the second waits. */
export const lockGroups = (tx: Tx, tenant: number) => tx`select pg_advisory_xact_lock(7103, ${tenant})`

export async function insertGroup(tx: Tx, g: NewGroup) {
  await tx`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, parent_id, unit_id, owner_name, is_confidential, opened_at)
    values (${g.tenant}, ${g.id}, ${g.kind}, ${g.name}, ${g.folded}, ${g.parentId}, ${g.unitId}, ${g.owner}, ${g.isConfidential}, ${g.at})`
}

export async function updateName(tx: Tx, tenant: number, id: string, name: string, folded: string) {
  await tx`update loa.group_of_people set name = ${name}, folded = ${folded} where commune_id = ${tenant} and id = ${id}`
}

/** Closes groups; their memberships end at the same moment, so that a reopening finds them again. */
export async function closeGroups(tx: Tx, tenant: number, ids: readonly string[], at: Date) {
  const open = await tx<{ id: string }[]>`
    update loa.group_of_people set closed_at = ${at}
    where commune_id = ${tenant} and id = any(${[...ids]}::uuid[]) and closed_at is null returning id`
  await tx`
    update loa.group_member set valid_to = ${at}
    where commune_id = ${tenant} and group_id = any(${open.map(row => row.id)}::uuid[]) and valid_to is null`
}

/** Undoes a closing: what closed at that moment opens again, and memberships that ended at it go on. */
export async function reopenGroups(tx: Tx, tenant: number, ids: readonly string[], closedAt: Date) {
  const open = await tx<{ id: string }[]>`
    update loa.group_of_people set closed_at = null
    where commune_id = ${tenant} and id = any(${[...ids]}::uuid[]) and closed_at = ${closedAt} returning id`
  await tx`
    update loa.group_member set valid_to = null
    where commune_id = ${tenant} and group_id = any(${open.map(row => row.id)}::uuid[]) and valid_to = ${closedAt}`
}

/** @returns whether the membership is new */
export async function insertMember(
  tx: Tx,
  m: { tenant: number; group: string; person: string; from: Date; part: string },
): Promise<boolean> {
  const [row] = await tx`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from, part)
    values (${m.tenant}, ${m.group}, ${m.person}, ${m.from}, ${m.part}) on conflict do nothing returning 1`
  return Boolean(row)
}

/** @returns whether there was one to end */
export async function endMembership(tx: Tx, tenant: number, group: string, person: string, at: Date): Promise<boolean> {
  const [row] = await tx`
    update loa.group_member set valid_to = ${at}
    where commune_id = ${tenant} and group_id = ${group} and person_id = ${person} and valid_to is null returning 1`
  return Boolean(row)
}

/** A membership that ended a moment ago goes on as if nothing had been. @returns whether there was one */
export async function resumeMember(
  tx: Tx,
  tenant: number,
  group: string,
  person: string,
  endedSince: Date,
): Promise<boolean> {
  const [row] = await tx`
    update loa.group_member m set valid_to = null
    where m.commune_id = ${tenant} and m.group_id = ${group} and m.person_id = ${person} and m.valid_to >= ${endedSince}
      and m.valid_to = (select max(l.valid_to) from loa.group_member l
        where l.commune_id = ${tenant} and l.group_id = ${group} and l.person_id = ${person}) returning 1`
  return Boolean(row)
}

/** Groups of villages that are no more stand in the one that took over. */
export async function moveToUnit(tx: Tx, tenant: number, act: string, from: readonly string[], to: string) {
  await tx`
    update loa.group_of_people set unit_before = unit_id, moved_with = ${act}, unit_id = ${to}
    where commune_id = ${tenant} and unit_id = any(${[...from]}::uuid[])`
}

/** The act that moved them is taken back: each stands under the village it had. @param into of a split, the one village for all others */
export async function moveBack(tx: Tx, tenant: number, act: string, from: readonly string[], into: string | null) {
  await tx`
    update loa.group_of_people set unit_id = unit_before, unit_before = null, moved_with = null
    where commune_id = ${tenant} and moved_with = ${act} and unit_id = any(${[...from]}::uuid[])`
  if (into)
    await tx`
      update loa.group_of_people set unit_id = ${into}
      where commune_id = ${tenant} and unit_id = any(${[...from]}::uuid[])`
}

/** Open groups that stand under these units. */
export async function countAt(tx: Tx, tenant: number, units: readonly string[]): Promise<number> {
  const rows = await tx`
    select 1 from loa.group_of_people
    where commune_id = ${tenant} and unit_id = any(${[...units]}::uuid[]) and closed_at is null`
  return rows.length
}
