import { now } from '#core/clock'
import type { Db } from '#core/db'
import { newId } from '#core/ids'
import type { StaffRole } from '../roles.ts'

export type Part = 'holder' | 'deputy' | 'stand_in'

export interface PostRow {
  id: string
  commune_id: number
  role: StaffRole
  unit_id: string | null
  group_id: string | null
  title: string
  closed_at: Date | null
}

export async function addPost(
  db: Db,
  post: { tenant: number; role: string; unit: string | null; group: string | null; title: string },
): Promise<string> {
  const id = newId()
  await db`
    insert into loa.post (id, commune_id, role, unit_id, group_id, title, made_at)
    values (${id}, ${post.tenant}, ${post.role}, ${post.unit}, ${post.group}, ${post.title}, ${now()})`
  return id
}

export async function findPost(db: Db, tenant: number, id: string): Promise<PostRow | undefined> {
  const [row] = await db<PostRow[]>`
    select id, commune_id, role, unit_id, group_id, title, closed_at from loa.post
    where commune_id = ${tenant} and id = ${id}`
  return row
}

/** The oldest open post of a role at a unit or of a group. */
export async function findPostAt(
  db: Db,
  at: { tenant: number; role: string; unit: string | null; group: string | null },
): Promise<PostRow | undefined> {
  const [row] = await db<PostRow[]>`
    select id, commune_id, role, unit_id, group_id, title, closed_at from loa.post
    where commune_id = ${at.tenant} and role = ${at.role} and closed_at is null
      and unit_id is not distinct from ${at.unit}::uuid and group_id is not distinct from ${at.group}::uuid
    order by id limit 1`
  return row
}

export async function findTitle(db: Db, post: string): Promise<string | undefined> {
  const [row] = await db<{ title: string }[]>`select title from loa.post where id = ${post}`
  return row?.title
}

export async function addTerm(
  db: Db,
  term: { post: string; account: string; part: Part; from: Date; to: Date | null },
): Promise<void> {
  await db`
    insert into loa.post_term (post_id, account_id, part, valid_from, valid_to)
    values (${term.post}, ${term.account}, ${term.part}, ${term.from}, ${term.to})`
}

export interface Holder {
  post: string
  account: string
  name: string
  title: string
  role: StaffRole
  unitId: string | null
  groupId: string | null
  part: Part
}

/** Who holds, deputises or stands in for these posts at a moment. */
export async function holdersAt(
  db: Db,
  of: { tenant: number; roles: readonly string[]; unitIds: readonly string[] | null; groupId: string | null },
  at: Date,
): Promise<Holder[]> {
  return db<Holder[]>`
    select p.id as post, t.account_id as account, a.name, p.title, p.role, p.unit_id as "unitId",
      p.group_id as "groupId", t.part
    from loa.post p
    join loa.post_term t on t.post_id = p.id and t.valid_from <= ${at} and (t.valid_to is null or t.valid_to > ${at})
    join loa.account a on a.id = t.account_id and a.closed_at is null
    where p.commune_id = ${of.tenant} and p.role = any(${of.roles as string[]}::text[]) and p.closed_at is null
      and (${of.unitIds as string[] | null}::uuid[] is null or p.unit_id = any(${of.unitIds as string[] | null}::uuid[]))
      and (${of.groupId}::uuid is null or p.group_id = ${of.groupId}::uuid)
    order by p.id, t.part, t.valid_from`
}

export interface HeldPost {
  id: string
  tenant: number
  role: StaffRole
  title: string
  part: Part
  unitId: string | null
  unitName: string | null
  unitKind: string | null
  unitLevel: string | null
  groupId: string | null
  groupName: string | null
}

/** The posts that an account holds now, holders' first. */
export async function postsOfAccount(db: Db, account: string, day: string): Promise<HeldPost[]> {
  return db<HeldPost[]>`
    select p.id, p.commune_id as tenant, p.role, p.title, t.part, p.unit_id as "unitId", v.name as "unitName",
      v.kind as "unitKind", u.level as "unitLevel", p.group_id as "groupId", g.name as "groupName"
    from loa.post_term t
    join loa.post p on p.id = t.post_id and p.closed_at is null
    left join loa.unit u on u.id = p.unit_id
    left join loa.unit_version v on v.unit_id = p.unit_id
      and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
    left join loa.group_of_people g on g.commune_id = p.commune_id and g.id = p.group_id
    where t.account_id = ${account} and t.valid_from <= ${now()} and (t.valid_to is null or t.valid_to > ${now()})
    order by case t.part when 'holder' then 0 when 'deputy' then 1 else 2 end, p.id`
}
