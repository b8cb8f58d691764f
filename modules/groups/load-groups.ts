// Writes groups with their members at once: a demo, a benchmark.
import { column, type Tx } from '#core/db'
import { fold } from '#core/fold'

export interface LoadedGroup {
  id: string
  kind: string
  name: string
  parentId?: string
  unitId?: string
  /** A Party cell: its secretary and the member alone know who belongs to it. */
  isConfidential?: boolean
  members: { person: string; part: string }[]
}

export async function loadGroups(tx: Tx, tenant: number, groups: readonly LoadedGroup[], since: Date) {
  await tx`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, parent_id, unit_id, is_confidential, opened_at)
    select ${tenant}, g.*, ${since}
    from unnest(${column(groups, 'id')}::uuid[], ${column(groups, 'kind')}::text[], ${column(groups, 'name')}::text[],
      ${groups.map(g => fold(g.name))}::text[], ${groups.map(g => g.parentId ?? null)}::uuid[],
      ${groups.map(g => g.unitId ?? null)}::uuid[], ${groups.map(g => String(g.isConfidential ?? false))}::text[]::boolean[]) as g`
  const members = groups.flatMap(group => group.members.map(member => ({ ...member, group: group.id })))
  await tx`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from, part)
    select ${tenant}, m."group", m.person, ${since}, m.part
    from unnest(${column(members, 'group')}::uuid[], ${column(members, 'person')}::uuid[], ${column(members, 'part')}::text[]) as m("group", person, part)`
}
