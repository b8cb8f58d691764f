import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { fold } from '#core/fold'
import type { Platform } from '../chat-rules.ts'

export interface ChatRow {
  tenant: number
  id: string
  no: number
  unit_id: string
  group_id: string | null
  platform: Platform
  name: string
  members: number | null
  link: string | null
  post_id: string | null
  added_at: Date
  closed_at: Date | null
  unit_name: string
  unit_kind: string
  unit_level: string
  path: string
  group_name: string | null
  post_title: string | null
  post_tenant: number | null
  account_id: string | null
  account_name: string | null
  outlet: string | null
}

/** Whose chat groups: those under a path, or those of these associations. */
export interface ChatScope {
  path: string | null
  groups: readonly string[] | null
}

const chatsNow = (db: Db, tenant: number, day: string) => db`
  select c.commune_id as tenant, c.id, c.no, c.unit_id, c.group_id, c.platform, c.name, c.members, c.link, c.post_id, c.added_at, c.closed_at,
    v.name as unit_name, v.kind as unit_kind, u.level as unit_level, v.path, g.name as group_name, p.title as post_title,
    p.commune_id as post_tenant, c.account_id, a.name as account_name, c.outlet
  from loa.chat c
  join loa.unit u on u.id = c.unit_id
  join loa.unit_version v on v.unit_id = c.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  left join loa.group_of_people g on g.commune_id = ${tenant} and g.id = c.group_id
  left join loa.post p on p.id = c.post_id
  left join loa.channel_account a on a.commune_id = ${tenant} and a.id = c.account_id
  where c.commune_id = ${tenant}`

/** Is a chat group `c` of a unit `v` within the scope? */
export const isWithin = (db: Db, { path, groups }: ChatScope) => db`
  (${path !== null} and starts_with(v.path, ${path ?? ''}) or ${groups !== null} and c.group_id = any(${[...(groups ?? [])]}::uuid[]))`

export const listChats = (
  db: Db,
  tenant: number,
  of: ChatScope & { isClosed: boolean; after: number; limit: number; day: string },
) => db<ChatRow[]>`
  ${chatsNow(db, tenant, of.day)} and ${isWithin(db, of)} and (c.closed_at is not null) = ${of.isClosed} and c.no > ${of.after}
  order by c.no limit ${of.limit}`

/** Open chat groups that a text for these units and associations would be posted in. */
export const chatsFor = (
  db: Db,
  tenant: number,
  of: { paths: readonly string[]; groups: readonly string[] },
  day: string,
) =>
  db<Pick<ChatRow, 'unit_name' | 'unit_kind'>[]>`
  ${chatsNow(db, tenant, day)} and c.closed_at is null and (
    c.group_id is null and exists (select 1 from unnest(${[...of.paths]}::text[]) as a(path) where starts_with(v.path, a.path))
    or c.group_id in (
      with recursive below as (
        select o.id from loa.group_of_people o where o.commune_id = ${tenant} and o.id = any(${[...of.groups]}::uuid[])
        union
        select o.id from below join loa.group_of_people o on o.commune_id = ${tenant} and o.parent_id = below.id)
      select id from below))
  order by c.no`

export async function findChat(db: Db, tenant: number, id: string, day: string): Promise<ChatRow | undefined> {
  const [row] = await db<ChatRow[]>`${chatsNow(db, tenant, day)} and c.id = ${id}`
  return row
}

/** The chat group of a small number, as short links name it. */
export async function chatByNo(db: Db, tenant: number, no: number): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`select id from loa.chat where commune_id = ${tenant} and no = ${no}`
  return row?.id
}

export async function hasNamesake(
  db: Db,
  tenant: number,
  of: { unit: string; platform: string; name: string; except: string | null },
): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.chat where commune_id = ${tenant} and unit_id = ${of.unit} and platform = ${of.platform}
      and folded = ${fold(of.name)} and closed_at is null and id is distinct from ${of.except} limit 1`
  return Boolean(row)
}

export interface ChatSaid {
  platform: Platform
  name: string
  members: number | null
  link: string | null
  post: string | null
}

export async function insertChat(
  tx: Tx,
  of: { tenant: number; id: string; no: number; unit: string; group: string | null },
  said: ChatSaid,
): Promise<void> {
  await tx`
    insert into loa.chat (commune_id, id, no, unit_id, group_id, platform, name, folded, members, link, post_id, added_at)
    values (${of.tenant}, ${of.id}, ${of.no}, ${of.unit}, ${of.group}, ${said.platform}, ${said.name}, ${fold(said.name)},
      ${said.members}, ${said.link}, ${said.post}, ${now()})`
}

export async function updateChat(tx: Tx, tenant: number, id: string, said: ChatSaid): Promise<void> {
  await tx`
    update loa.chat set platform = ${said.platform}, name = ${said.name}, folded = ${fold(said.name)}, members = ${said.members},
      link = ${said.link}, post_id = ${said.post}
    where commune_id = ${tenant} and id = ${id}`
}

export async function setClosed(tx: Tx, tenant: number, id: string, at: Date | null): Promise<void> {
  await tx`update loa.chat set closed_at = ${at} where commune_id = ${tenant} and id = ${id}`
}

/** A post of the commune that is still there. */
export async function isPostOf(db: Db, tenant: number, post: string): Promise<boolean> {
  const [row] = await db`select 1 from loa.post where commune_id = ${tenant} and id = ${post} and closed_at is null`
  return Boolean(row)
}

/** Villages under a path, each with its homes and what is known of its chat groups, in the order of their numbers. */
export const overlapOf = (db: Db, tenant: number, path: string, day: string) => db<
  { unit_id: string; name: string; kind: string; homes: number; chats: number; members: number }[]
>`
  select u.id as unit_id, v.name, v.kind,
    (select count(*)::int from loa.household h where h.commune_id = ${tenant} and h.unit_id = u.id and h.closed_at is null) as homes,
    count(c.id)::int as chats, coalesce(sum(c.members), 0)::int as members
  from loa.unit u
  join loa.unit_version v on v.unit_id = u.id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  left join loa.chat c on c.commune_id = ${tenant} and c.unit_id = u.id and c.closed_at is null
  where u.commune_id = ${tenant} and u.level = 'village' and starts_with(v.path, ${path})
  group by u.id, u.no, v.name, v.kind order by u.no`

/** The commune's own, which every village shares. */
export async function sharedChats(db: Db, tenant: number): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    select count(*)::int as n from loa.chat c join loa.unit u on u.id = c.unit_id and u.level = 'commune'
    where c.commune_id = ${tenant} and c.group_id is null and c.closed_at is null`
  return row!.n
}

/** Chat groups of villages that are no more are kept by the one that took over. */
export async function moveChats(tx: Tx, tenant: number, act: string, from: readonly string[], to: string) {
  await tx`
    update loa.chat set unit_before = unit_id, moved_with = ${act}, unit_id = ${to}
    where commune_id = ${tenant} and unit_id = any(${[...from]}::uuid[])`
}

/** The act is taken back: each stands under the village it had; what was noted since stands under the one that is left. */
export async function moveChatsBack(tx: Tx, tenant: number, act: string, from: readonly string[], into: string) {
  await tx`
    update loa.chat set unit_id = unit_before, unit_before = null, moved_with = null
    where commune_id = ${tenant} and moved_with = ${act} and unit_id = any(${[...from]}::uuid[])`
  await tx`
    update loa.chat set unit_id = ${into} where commune_id = ${tenant} and unit_id = any(${[...from]}::uuid[])`
}
