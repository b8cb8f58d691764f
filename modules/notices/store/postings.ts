import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { firstIdAt } from '#core/ids'
import type { Content } from '#delivery'
import type { ChannelError } from '#channels'
import { daysToPost, type OutletAct, type Platform } from '../chat-rules.ts'
import type { ActState } from '../outlet-rules.ts'
import type { NoticeClass } from '../rules.ts'
import { isWithin, type ChatScope } from './chats.ts'

/** One publication in one chat group: what there is to post, and whether it was. */
export interface PostingRow {
  published_id: string
  publication_no: number
  notice_id: string
  version: number
  class: NoticeClass
  content: Content
  author_title: string
  ends_at: Date | null
  withdrawn_at: Date | null
  withdrawn_reason: string | null
  replaced_by: string | null
  /** When the last village that it covers could see it. */
  visible_at: Date | null
  chat_id: string
  chat_no: number
  chat_name: string
  platform: Platform
  members: number | null
  link: string | null
  group_id: string | null
  unit_id: string
  unit_name: string
  unit_kind: string
  path: string
  added_at: Date
  closed_at: Date | null
  local_words: string | null
  local_by: string | null
  posting_id: string | null
  posted_at: Date | null
  posted_by: string | null
  has_proof: boolean
  down_at: Date | null
  was_posted: boolean
  opens: number
  /** The account that posts in it by itself, since when, and by what name it knows the outlet. */
  account_id: string | null
  outlet: string | null
  tied_at: Date | null
  /** An account posted it: which, where, and by what name the provider knows the post. */
  posted_account: string | null
  posted_account_name: string | null
  posted_outlet: string | null
  provider_id: string | null
  url: string | null
  posted_version: number | null
  is_posted_after: boolean
  acts: Partial<Record<OutletAct, { state: ActState; why: ChannelError | null; version: number }>> | null
}

/** The association of a chat group `c`, and what it is a branch of. */
const groupsAbove = (db: Db, tenant: number) => db`
  with recursive up as (
    select g.id, g.parent_id from loa.group_of_people g where g.commune_id = ${tenant} and g.id = c.group_id
    union
    select o.id, o.parent_id from up join loa.group_of_people o on o.commune_id = ${tenant} and o.id = up.parent_id)
  select 1 from up where p.audience -> 'groups' ? up.id::text`

/** Does the publication `p` say to everybody of a chat group `c` (at `v`) what it says? One sent before a merger took the group along said it to its village of then. */
const isFor = (db: Db, tenant: number, day: string) => db`
  (c.group_id is null and p.audience -> 'attributes' is null and p.audience -> 'units' ? c.unit_before::text
    or c.group_id is null and p.audience -> 'attributes' is null and exists (
      select 1 from jsonb_array_elements_text(p.audience -> 'units') as a(id)
      join loa.unit_version av on av.unit_id = a.id::uuid and av.valid_from <= ${day} and (av.valid_to is null or av.valid_to > ${day})
      where starts_with(v.path, av.path))
    or c.group_id is not null and p.audience -> 'attributes' is null and exists (${groupsAbove(db, tenant)}))`

/** Public publications × chat groups that they are for; what is private or internal is never among them. */
const pairs = (db: Db, tenant: number, day: string) => db`
  select p.published_id, p.no as publication_no, p.subject_id as notice_id, p.version, p.class, p.content, p.author_title, p.ends_at,
    p.withdrawn_at, p.withdrawn_reason, p.replaced_by, case when seen.is_whole then seen.at end as visible_at,
    c.id as chat_id, c.no as chat_no, c.name as chat_name, c.platform, c.members, c.link, c.group_id, c.unit_id, v.name as unit_name,
    v.kind as unit_kind, v.path, c.added_at, c.closed_at, r.words as local_words, rp.title as local_by,
    o.id as posting_id, o.posted_at, op.title as posted_by, o.proof_hash is not null as has_proof, o.down_at,
    exists (select 1 from loa.posting w where w.commune_id = ${tenant} and w.notice_id = p.subject_id and w.chat_id = c.id
      and w.published_id < p.published_id) as was_posted,
    coalesce((select sum(n.opens)::int from loa.chat_opens n where n.commune_id = ${tenant} and n.published_id = p.published_id
      and n.chat_id = c.id), 0) as opens,
    c.account_id, c.outlet, c.tied_at, o.account_id as posted_account, oa.name as posted_account_name, o.outlet as posted_outlet,
    o.provider_id, o.url, o.version as posted_version,
    exists (select 1 from loa.posting w where w.commune_id = ${tenant} and w.notice_id = p.subject_id and w.chat_id = c.id
      and w.published_id > p.published_id) as is_posted_after,
    (select jsonb_object_agg(a.act, jsonb_build_object('state', a.state, 'why', a.why, 'version', a.version)) from loa.outlet_act a
      where a.commune_id = ${tenant} and a.published_id = p.published_id and a.chat_id = c.id) as acts
  from loa.publication p
  join loa.chat c on c.commune_id = ${tenant}
  join loa.unit_version v on v.unit_id = c.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  left join loa.posting o on o.commune_id = ${tenant} and o.published_id = p.published_id and o.chat_id = c.id
  left join loa.post op on op.id = o.by_post
  left join loa.channel_account oa on oa.commune_id = ${tenant} and oa.id = o.account_id
  left join loa.relay r on r.commune_id = ${tenant} and r.notice_id = p.subject_id and c.group_id is null
    and r.unit_id = coalesce((select b.unit_id from loa.relay b
      where b.commune_id = ${tenant} and b.notice_id = p.subject_id and b.unit_id = c.unit_before), c.unit_id)
    and r.passed_at is not null and r.words <> ''
  left join loa.post rp on rp.id = r.by_post
  left join lateral (
    select max(u.visible_at) as at, coalesce(bool_and(u.visible_at is not null), false) as is_whole from loa.reach_unit u
    left join loa.unit_version uv on uv.unit_id = u.unit_id and uv.valid_from <= ${day} and (uv.valid_to is null or uv.valid_to > ${day})
    where u.commune_id = ${tenant} and u.published_id = p.published_id and u.households > 0
      and (c.group_id is not null or u.unit_id = c.unit_before or starts_with(uv.path, v.path))) seen on true
  where p.commune_id = ${tenant} and p.subject = 'notice' and p.kind = 'home' and not p.is_private and not p.is_internal
    and (o.id is not null or ${isFor(db, tenant, day)})`

/** What may wait to be posted, or to be taken down. */
export const openPairs = (db: Db, tenant: number, scope: ChatScope, day: string) => db<PostingRow[]>`
  ${pairs(db, tenant, day)} and ${isWithin(db, scope)}
    and (o.id is null and p.withdrawn_at is null and p.replaced_by is null and c.closed_at is null
        and p.published_id > ${firstIdAt(new Date(now().getTime() - (daysToPost + 2) * 86_400_000))}
      or o.id is not null and o.down_at is null and p.withdrawn_at is not null)`

/** What accounts may have to post, to change or to take away. */
export const outletPairs = (db: Db, tenant: number, day: string) => db<PostingRow[]>`
  ${pairs(db, tenant, day)}
    and (o.id is null and c.account_id is not null and p.withdrawn_at is null and p.replaced_by is null and c.closed_at is null
        and p.published_id > ${firstIdAt(new Date(now().getTime() - (daysToPost + 2) * 86_400_000))}
      or o.provider_id is not null and o.down_at is null
        and (p.withdrawn_at is not null or p.replaced_by is not null or o.version < p.version))
  order by p.published_id, c.no`

/** Every round of a notice in the chat groups that it is for or stands in, the newest round first. */
export const pairsOfNotice = (db: Db, tenant: number, notice: string, path: string | null, day: string) => db<
  PostingRow[]
>`
  ${pairs(db, tenant, day)} and p.subject_id = ${notice} and (${path === null} or starts_with(v.path, ${path ?? ''}))
  order by p.published_id desc, c.no`

/** The rounds of a notice in one chat group, the newest first. */
export const pairsOfChat = (db: Db, tenant: number, notice: string, chat: string, day: string) => db<PostingRow[]>`
  ${pairs(db, tenant, day)} and p.subject_id = ${notice} and c.id = ${chat} order by p.published_id desc`

/** Where the account's post stands at the provider. */
export interface StandsAt {
  account: string
  outlet: string
  providerId: string | null
  url: string | null
}

export async function insertPosting(
  tx: Tx,
  of: { tenant: number; publishedId: string; chat: string; id: string; notice: string; version: number; at: Date },
  by: { account: string | null; post: string | null },
  there: StandsAt | null = null,
): Promise<boolean> {
  const rows = await tx`
    insert into loa.posting (commune_id, published_id, chat_id, id, notice_id, version, posted_at, by_account, by_post, account_id, outlet,
      provider_id, url)
    values (${of.tenant}, ${of.publishedId}, ${of.chat}, ${of.id}, ${of.notice}, ${of.version}, ${of.at}, ${by.account}, ${by.post},
      ${there?.account ?? null}, ${there?.outlet ?? null}, ${there?.providerId ?? null}, ${there?.url ?? null})
    on conflict do nothing returning 1`
  return rows.length > 0
}

export async function deletePosting(tx: Tx, tenant: number, publishedId: string, chat: string): Promise<void> {
  await tx`
    delete from loa.posting where commune_id = ${tenant} and published_id = ${publishedId} and chat_id = ${chat}`
}

/** Every round of the notice that still stands in the group. @returns how many */
export async function setDown(
  tx: Tx,
  tenant: number,
  of: { notice: string; chat: string; post: string | null },
): Promise<number> {
  const rows = await tx`
    update loa.posting set down_at = ${now()}, down_post = ${of.post}
    where commune_id = ${tenant} and notice_id = ${of.notice} and chat_id = ${of.chat} and down_at is null returning 1`
  return rows.length
}

export async function setProof(
  tx: Tx,
  tenant: number,
  of: { publishedId: string; chat: string; hash: string; media: string },
): Promise<void> {
  await tx`
    update loa.posting set proof_hash = ${Buffer.from(of.hash, 'hex')}, proof_media = ${of.media}
    where commune_id = ${tenant} and published_id = ${of.publishedId} and chat_id = ${of.chat}`
}

/** The newest screenshot of a notice in a chat group. */
export async function findProof(db: Db, tenant: number, notice: string, chat: string) {
  const [row] = await db<{ hash: Buffer; media: string }[]>`
    select proof_hash as hash, proof_media as media from loa.posting
    where commune_id = ${tenant} and notice_id = ${notice} and chat_id = ${chat} and proof_hash is not null
    order by published_id desc limit 1`
  return row
}

/** One opening more. */
export async function countOpen(db: Db, tenant: number, publishedId: string, chat: string): Promise<void> {
  await db`
    insert into loa.chat_opens as n (commune_id, published_id, chat_id, opens) values (${tenant}, ${publishedId}, ${chat}, 1)
    on conflict (commune_id, published_id, chat_id) do update set opens = n.opens + 1`
}

/** The publication of a small number. */
export async function publishedByNo(db: Db, tenant: number, no: number) {
  const [row] = await db<{ published_id: string; subject_id: string }[]>`
    select published_id, subject_id from loa.publication where commune_id = ${tenant} and no = ${no} and subject = 'notice'`
  return row
}
