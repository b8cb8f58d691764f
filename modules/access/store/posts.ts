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
      and unit_id is not distinct from ${at.unit}::uuid
      and (group_id is not distinct from ${at.group}::uuid or (${at.group}::uuid is null and role = 'party_secretary'))
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
  tenant: number
  post: string
  account: string
  name: string
  title: string
  role: StaffRole
  unitId: string | null
  groupId: string | null
  part: Part
}

const holders = (db: Db, at: Date) => db`
  select p.commune_id as tenant, p.id as post, t.account_id as account, a.name, p.title, p.role, p.unit_id as "unitId",
    p.group_id as "groupId", t.part
  from loa.post p
  join loa.post_term t on t.post_id = p.id and t.valid_from <= ${at} and (t.valid_to is null or t.valid_to > ${at})
  join loa.account a on a.id = t.account_id and a.closed_at is null`

/** Who holds, deputises or stands in for these posts at a moment. */
export async function holdersAt(
  db: Db,
  of: { tenant: number; roles: readonly string[]; unitIds: readonly string[] | null; groupId: string | null },
  at: Date,
): Promise<Holder[]> {
  return db<Holder[]>`${holders(db, at)}
    where p.commune_id = ${of.tenant} and p.role = any(${of.roles as string[]}::text[]) and p.closed_at is null
      and (${of.unitIds as string[] | null}::uuid[] is null or p.unit_id = any(${of.unitIds as string[] | null}::uuid[]))
      and (${of.groupId}::uuid is null or p.group_id = ${of.groupId}::uuid)
    order by p.id, t.part, t.valid_from`
}

/** The same of one post, wherever it stands. */
export const holdersOfOne = (db: Db, post: string, at: Date) => db<Holder[]>`${holders(db, at)}
  where p.id = ${post} and p.closed_at is null order by t.part, t.valid_from`

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

export interface ListedPost {
  id: string
  tenant: number
  role: StaffRole
  title: string
  /** Empty for a post of an owner beside the administration. */
  path: string
  unitId: string | null
  unitName: string | null
  unitKind: string | null
  unitLevel: string | null
  groupId: string | null
  groupName: string | null
}

const listed = (db: Db, day: string) => db`
  select p.id, p.commune_id as tenant, p.role, p.title, coalesce(v.path, '') as path, p.unit_id as "unitId", v.name as "unitName",
    v.kind as "unitKind", u.level as "unitLevel", p.group_id as "groupId", g.name as "groupName"
  from loa.post p
  left join loa.unit u on u.id = p.unit_id
  left join loa.unit_version v on v.unit_id = p.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  left join loa.group_of_people g on g.commune_id = p.commune_id and g.id = p.group_id`

interface PostsAsked {
  /** Of a unit and what lies below it, or of an owner. */
  path: string
  owner: number | null
  role: string | null
  day: string
  after: { path: string; id: string } | null
}

/** Open posts in the order of their paths, after a path and id. */
export async function postsAsked(db: Db, of: PostsAsked, limit: number): Promise<ListedPost[]> {
  const where =
    of.owner === null
      ? db`v.path >= ${of.path} and v.path < ${`${of.path}~`}`
      : db`p.commune_id = ${of.owner} and p.unit_id is null`
  return db<ListedPost[]>`${listed(db, of.day)}
    where ${where} and p.closed_at is null and (${of.role}::text is null or p.role = ${of.role})
      and (${of.after?.path ?? null}::text is null
        or (coalesce(v.path, ''), p.id) > (${of.after?.path ?? null}::text collate "C", ${of.after?.id ?? null}::uuid))
    order by coalesce(v.path, ''), p.id limit ${limit}`
}

export async function findListedPost(db: Db, id: string, day: string): Promise<ListedPost | undefined> {
  const [row] = await db<ListedPost[]>`${listed(db, day)} where p.id = ${id} and p.closed_at is null`
  return row
}

export interface TermRow {
  post: string
  account: string
  name: string
  part: Part
  from: Date
  to: Date | null
  hasCome: boolean
}

/** Terms of posts that run now or begin later. */
export async function termsOf(db: Db, posts: readonly string[]): Promise<TermRow[]> {
  return db<TermRow[]>`
    select t.post_id as post, t.account_id as account, a.name, t.part, t.valid_from as "from", t.valid_to as "to",
      (a.password_hash is not null or exists (
        select 1 from loa.invitation i where i.commune_id = p.commune_id and i.account_id = a.id and i.used_at is not null
      ) or exists (
        select 1 from loa.session s where s.commune_id = p.commune_id and s.account_id = a.id and s.kind = 'staff'
      )) as "hasCome"
    from loa.post_term t
    join loa.post p on p.id = t.post_id
    join loa.account a on a.id = t.account_id
    where t.post_id = any(${[...posts]}::uuid[]) and (t.valid_to is null or t.valid_to > ${now()})
    order by t.post_id, case t.part when 'holder' then 0 when 'deputy' then 1 else 2 end, t.valid_from`
}

/** With an act that may be taken back: every term ends and remembers its own end; one to come begins and ends at once. */
export async function endTermsWith(db: Db, act: string, post: string, account: string): Promise<boolean> {
  const ended = await db`
    update loa.post_term set ended_with = ${act}, planned_to = valid_to, valid_to = greatest(${now()}, valid_from)
    where post_id = ${post} and account_id = ${account} and (valid_to is null or valid_to > ${now()}) returning 1`
  return ended.length > 0
}

/** Posts that an act closed stand again. @returns their ids */
export async function reopenPosts(db: Db, tenant: number, act: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    update loa.post set closed_at = null, closed_with = null
    where commune_id = ${tenant} and closed_with = ${act} returning id`
  return rows.map(row => row.id)
}

/** Terms that an act ended go on as they were meant: from now, or when they were to begin. What lies between stays empty. */
export async function resumeTerms(
  db: Db,
  act: string,
  posts: readonly string[],
): Promise<{ post: string; account: string }[]> {
  const to = [...posts]
  await db`
    update loa.post_term set valid_to = planned_to, ended_with = null, planned_to = null
    where post_id = any(${to}::uuid[]) and ended_with = ${act} and valid_from > ${now()}`
  return db<{ post: string; account: string }[]>`
    insert into loa.post_term (post_id, account_id, part, valid_from, valid_to)
    select t.post_id, t.account_id, t.part, ${now()}, t.planned_to from loa.post_term t
    join loa.account a on a.id = t.account_id and a.closed_at is null
    where t.post_id = any(${to}::uuid[]) and t.ended_with = ${act} and (t.planned_to is null or t.planned_to > ${now()})
    on conflict (post_id, account_id, valid_from) do update set valid_to = excluded.valid_to, ended_with = null, planned_to = null
    returning post_id as post, account_id as account`
}

/** Ends a person's terms in a post: those that run now end, those to come never begin. @returns whether there were any */
export async function endTerms(db: Db, post: string, account: string): Promise<boolean> {
  await db`delete from loa.post_term where post_id = ${post} and account_id = ${account} and valid_from > ${now()}`
  const ended = await db`
    update loa.post_term set valid_to = ${now()}
    where post_id = ${post} and account_id = ${account} and (valid_to is null or valid_to > ${now()}) returning 1`
  return ended.length > 0
}

export async function setTitle(db: Db, tenant: number, post: string, title: string) {
  await db`update loa.post set title = ${title} where commune_id = ${tenant} and id = ${post}`
}

/** @param act the merger or split that it closes with */
export async function markClosed(db: Db, tenant: number, post: string, act: string | null) {
  await db`
    update loa.post set closed_at = ${now()}, closed_with = ${act}
    where commune_id = ${tenant} and id = ${post} and closed_at is null`
}

/** Tenants in which an account has ever held a post: where its sessions are. */
export async function tenantsOfAccount(db: Db, account: string): Promise<number[]> {
  const rows = await db<{ tenant: number }[]>`
    select distinct p.commune_id as tenant from loa.post_term t join loa.post p on p.id = t.post_id
    where t.account_id = ${account}`
  return rows.map(row => row.tenant)
}

/** Open posts at these units. */
export async function openPostsAt(db: Db, tenant: number, units: readonly string[]): Promise<{ id: string }[]> {
  return db<{ id: string }[]>`
    select id from loa.post where commune_id = ${tenant} and unit_id = any(${[...units]}::uuid[]) and closed_at is null`
}
