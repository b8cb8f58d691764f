import type { Db } from '#core/db'
import type { GroupKind } from './kinds.ts'

export interface GroupNow {
  id: string
  tenant: number
  kind: GroupKind
  name: string
  parentId: string | null
  unitId: string | null
  owner: string | null
  isConfidential: boolean
  openedAt: Date
  closedAt: Date | null
}

const groupColumns = (db: Db) => db`
  g.id, g.commune_id as tenant, g.kind, g.name, g.parent_id as "parentId", g.unit_id as "unitId", g.owner_name as owner,
  g.is_confidential as "isConfidential", g.opened_at as "openedAt", g.closed_at as "closedAt"`

export async function findGroup(db: Db, tenant: number, id: string): Promise<GroupNow | undefined> {
  const [group] = await db<GroupNow[]>`
    select ${groupColumns(db)} from loa.group_of_people g where g.commune_id = ${tenant} and g.id = ${id}`
  return group
}

/** The group itself first, then what it is a branch of. */
export async function groupsAbove(db: Db, tenant: number, id: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    with recursive up (id, parent_id, depth) as (
      select g.id, g.parent_id, 0 as depth from loa.group_of_people g where g.commune_id = ${tenant} and g.id = ${id}
      union all
      select g.id, g.parent_id, u.depth + 1 from up u join loa.group_of_people g on g.id = u.parent_id
      where g.commune_id = ${tenant} and u.depth < 10)
    select id from up order by depth`
  return rows.map(row => row.id)
}

/** The groups and all their branches, closed ones too. */
export async function groupsBelow(db: Db, tenant: number, ids: readonly string[]): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    with recursive down (id, depth) as (
      select g.id, 0 as depth from loa.group_of_people g where g.commune_id = ${tenant} and g.id = any(${[...ids]}::uuid[])
      union
      select g.id, d.depth + 1 from down d join loa.group_of_people g on g.parent_id = d.id
      where g.commune_id = ${tenant} and d.depth < 10)
    select distinct id from down`
  return rows.map(row => row.id)
}

export interface GroupsAsked {
  /** Only this group and its branches: what the post of a group sees. */
  within: readonly string[] | null
  /** Only groups of units below this path, and those of owners outside. */
  path: string | null
  parent: string | null
  kind: string | null
  closed: boolean
  day: string
  after: { name: string; id: string }
  limit: number
}

/** Groups of these communes by name. */
export async function groupRows(db: Db, tenants: readonly number[], asked: GroupsAsked): Promise<GroupNow[]> {
  const { within, path, parent, kind, after } = asked
  return db<GroupNow[]>`
    select ${groupColumns(db)} from loa.group_of_people g
    left join loa.unit_version v on v.unit_id = g.unit_id and v.valid_from <= ${asked.day} and (v.valid_to is null or v.valid_to > ${asked.day})
    where g.commune_id = any(${[...tenants]}::int[]) and (g.closed_at is null or ${asked.closed})
      and (${within as string[] | null}::uuid[] is null or g.id = any(${within as string[] | null}::uuid[]))
      and (${path}::text is null or v.path is null or left(v.path, length(${path}::text)) = ${path}::text)
      and (${parent}::uuid is null or g.parent_id = ${parent}::uuid)
      and (${kind}::text is null or g.kind = ${kind}::text)
      and (g.folded collate "C", g.id) > (${after.name}, ${after.id}::uuid)
    order by g.folded collate "C", g.id limit ${asked.limit}`
}

export interface Counts {
  id: string
  members: number
  branches: number
}

/** People who are present members of each group or of its branches, each once, and its open branches. */
export async function countsOf(db: Db, tenant: number, ids: readonly string[], at: Date): Promise<Counts[]> {
  return db<Counts[]>`
    with recursive down (root, id, depth) as (
      select g.id as root, g.id, 0 as depth from loa.group_of_people g
      where g.commune_id = ${tenant} and g.id = any(${[...ids]}::uuid[])
      union all
      select d.root, g.id, d.depth + 1 from down d join loa.group_of_people g on g.parent_id = d.id
      where g.commune_id = ${tenant} and d.depth < 10 and not g.is_confidential)
    select d.root as id, count(distinct p.id)::int as members,
      (select count(*)::int from loa.group_of_people b
        where b.commune_id = ${tenant} and b.parent_id = d.root and b.closed_at is null) as branches
    from down d
    left join loa.group_member m on m.commune_id = ${tenant} and m.group_id = d.id
      and m.valid_from <= ${at} and (m.valid_to is null or m.valid_to > ${at})
    left join loa.person p on p.commune_id = m.commune_id and p.id = m.person_id and p.died_on is null and p.left_at is null
    group by d.root`
}

/** A living child of the parent (or a top group of the commune) with this folded name. @returns its id */
export async function findNamesake(db: Db, tenant: number, parent: string | null, unit: string | null, folded: string) {
  const [row] = await db<{ id: string }[]>`
    select id from loa.group_of_people
    where commune_id = ${tenant} and parent_id is not distinct from ${parent}::uuid and unit_id is not distinct from ${unit}::uuid
      and folded = ${folded} and closed_at is null limit 1`
  return row?.id
}

export interface HomeOfGroup {
  household: string
  /** The village of its stay at the moment. */
  unit: string
}

/** Homes where somebody was a member at a moment, each once, with the village of its stay then. */
export async function homesOf(db: Db, tenant: number, groups: readonly string[], at: Date): Promise<HomeOfGroup[]> {
  return db<HomeOfGroup[]>`
    select distinct s.household_id as household, s.unit_id as unit
    from loa.group_member m
    join loa.person p on p.commune_id = m.commune_id and p.id = m.person_id
    join loa.household h on h.commune_id = p.commune_id and h.id = p.household_id
    join loa.household_stay s on s.commune_id = h.commune_id and s.household_id = h.id
      and s.valid_from <= ${at} and (s.valid_to is null or s.valid_to > ${at})
    where m.commune_id = ${tenant} and m.group_id = any(${[...groups]}::uuid[])
      and m.valid_from <= ${at} and (m.valid_to is null or m.valid_to > ${at})
      and p.left_at is null and p.died_on is null and (h.closed_at is null or h.closed_at > ${at})`
}

export interface MemberRow {
  personId: string
  name: string
  given: string
  birthYear: number | null
  householdId: string
  unitId: string
  part: string
  since: Date
  groupId: string
  groupName: string
}

/** Present members of the groups whose folded name holds `q`; of several groups the confidential are left out. */
export async function memberRows(
  db: Db,
  tenant: number,
  groups: readonly string[],
  at: Date,
  q: string,
): Promise<MemberRow[]> {
  return db<MemberRow[]>`
    select p.id as "personId", p.name, p.given, p.birth_year as "birthYear", p.household_id as "householdId", h.unit_id as "unitId",
      m.part, m.valid_from as since, g.id as "groupId", g.name as "groupName"
    from loa.group_member m
    join loa.group_of_people g on g.commune_id = m.commune_id and g.id = m.group_id
    join loa.person p on p.commune_id = m.commune_id and p.id = m.person_id
    join loa.household h on h.commune_id = p.commune_id and h.id = p.household_id
    where m.commune_id = ${tenant} and m.group_id = any(${[...groups]}::uuid[])
      and m.valid_from <= ${at} and (m.valid_to is null or m.valid_to > ${at})
      and p.left_at is null and p.died_on is null and position(${q} in p.folded) > 0
      and (not g.is_confidential or g.id = ${groups.length === 1 ? groups[0]! : null}::uuid)`
}

/** Groups in which people of a home are, at a moment. */
export async function groupsOfHome(db: Db, tenant: number, household: string, at: Date) {
  return db<
    {
      id: string
      kind: GroupKind
      name: string
      isConfidential: boolean
      personId: string
      person: string
      part: string
    }[]
  >`
    select g.id, g.kind, g.name, g.is_confidential as "isConfidential", p.id as "personId", p.name as person, m.part
    from loa.person p
    join loa.group_member m on m.commune_id = p.commune_id and m.person_id = p.id
    join loa.group_of_people g on g.commune_id = m.commune_id and g.id = m.group_id and g.closed_at is null
    where p.commune_id = ${tenant} and p.household_id = ${household} and p.left_at is null and p.died_on is null
      and m.valid_from <= ${at} and (m.valid_to is null or m.valid_to > ${at})
    order by g.folded collate "C", p.id`
}

export interface Candidate {
  id: string
  name: string
  folded: string
  isGone: boolean
}

export async function findPerson(db: Db, tenant: number, id: string): Promise<Candidate | undefined> {
  const [row] = await db<Candidate[]>`
    select p.id, p.name, p.folded, (p.left_at is not null or p.died_on is not null or h.closed_at is not null) as "isGone"
    from loa.person p join loa.household h on h.commune_id = p.commune_id and h.id = p.household_id
    where p.commune_id = ${tenant} and p.id = ${id}`
  return row
}

/** Everybody of the home with this number. */
export async function peopleOfHomeNo(db: Db, tenant: number, no: number): Promise<Candidate[]> {
  return db<Candidate[]>`
    select p.id, p.name, p.folded, (p.left_at is not null or p.died_on is not null or h.closed_at is not null) as "isGone"
    from loa.household h join loa.person p on p.commune_id = h.commune_id and p.household_id = h.id
    where h.commune_id = ${tenant} and h.no = ${no} order by p.id`
}

export async function isMember(db: Db, tenant: number, group: string, person: string): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.group_member
    where commune_id = ${tenant} and group_id = ${group} and person_id = ${person} and valid_to is null limit 1`
  return Boolean(row)
}
