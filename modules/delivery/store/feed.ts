// A home's feed is read where it was written once for many: newest rows of each of its targets, then their cards.
import { firstIdAt } from '#core/ids'
import type { Db, Tx } from '#core/db'
import type { MessageClass } from '../levels.ts'
import type { Content } from '../message.ts'

export interface FeedReader {
  /** The home, or the post for internal messages. */
  id: string
  kind: 'home' | 'post'
}

const first = '00000000-0000-0000-0000-000000000000'
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export async function bumpFeed(tx: Tx, tenant: number) {
  await tx`
    insert into loa.feed_version as f (commune_id, version) values (${tenant}, 1)
    on conflict (commune_id) do update set version = f.version + 1`
}

export async function feedVersions(db: Db, tenants: readonly number[]): Promise<Map<number, number>> {
  const rows = await db<{ commune_id: number; version: number }[]>`
    select commune_id, version from loa.feed_version where commune_id = any(${[...tenants]}::int[])`
  return new Map(rows.map(row => [row.commune_id, row.version]))
}

/** Whom a publication is shown to. */
export async function targetsOf(db: Db, tenant: number, publishedId: string, limit: number): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select target_id as id from loa.audience where commune_id = ${tenant} and published_id = ${publishedId} limit ${limit}`
  return rows.map(row => row.id)
}

/** The smallest id of a moment, made in the statement; see firstIdAt. */
const idOf = (db: Db, column: 'valid_from' | 'valid_to') => {
  const hex = db`lpad(to_hex((extract(epoch from ${db(column)}) * 1000)::bigint), 12, '0')`
  return db`(left(${hex}, 8) || '-' || right(${hex}, 4) || '-7000-8000-000000000000')::uuid`
}

/** Targets of a reader as `w(target_id, from_id, until_id)`: the home itself; its villages and what lies above them; its members' groups and those above them. A post is its own. */
const windows = (db: Db, tenant: number, { id, kind }: FeedReader) => db`
  place as (
    select s.unit_id as id, s.valid_from, s.valid_to from loa.household_stay s
    where s.commune_id = ${tenant} and s.household_id = ${id} and ${kind === 'home'}
    union
    select v.parent_id, place.valid_from, place.valid_to from place
    join loa.unit_version v on v.unit_id = place.id where v.parent_id is not null),
  membership as (
    select m.group_id as id, m.valid_from, m.valid_to from loa.person p
    join loa.group_member m on m.commune_id = ${tenant} and m.person_id = p.id
    where p.commune_id = ${tenant} and p.household_id = ${id} and ${kind === 'home'}
    union
    select g.parent_id, membership.valid_from, membership.valid_to from membership
    join loa.group_of_people g on g.commune_id = ${tenant} and g.id = membership.id where g.parent_id is not null),
  w as materialized (
    select id as target_id, ${idOf(db, 'valid_from')} as from_id, coalesce(${idOf(db, 'valid_to')}, ${last}::uuid) as until_id
    from (
      select id, min(valid_from) as valid_from, case when bool_or(valid_to is null) then null else max(valid_to) end as valid_to
      from (select * from place union all select * from membership) x group by id) y
    union all
    select ${id}::uuid, ${first}::uuid, ${last}::uuid)`

/** Targets of the reader: those of today, or also those it had before. */
export async function targetsOfReader(
  db: Db,
  tenant: number,
  reader: FeedReader,
  { past }: { past: boolean },
): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    with recursive ${windows(db, tenant, reader)} select target_id as id from w where ${past} or until_id = ${last}::uuid`
  return rows.map(row => row.id)
}

/** Did the card ever stand at one of these targets? */
export async function wasShown(db: Db, tenant: number, cardId: string, targets: readonly string[]): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.audience where commune_id = ${tenant} and card_id = ${cardId} and target_id = any(${[...targets]}::uuid[])
    limit 1`
  return Boolean(row)
}

/** One publication on a card. */
export interface CardOf {
  publishedId: string
  subjectId: string
  cardId: string
  kind: 'home' | 'post'
  round: number
  version: number
  publishedAt: Date
  withdrawnAt: Date | null
}

/** All publications on the card of a subject: its rounds, and other senders of the same paper. */
export async function cardOf(db: Db, tenant: number, subjectId: string): Promise<CardOf[]> {
  return db<CardOf[]>`
    select q.published_id as "publishedId", q.subject_id as "subjectId", q.card_id as "cardId", q.kind, q.round, q.version,
      q.published_at as "publishedAt", q.withdrawn_at as "withdrawnAt"
    from loa.publication p
    join loa.publication q on q.commune_id = ${tenant} and q.card_id = p.card_id
    where p.commune_id = ${tenant} and p.subject_id = ${subjectId} and p.round = 1`
}

/** Cards of open messages that ask for something, newest first. */
export async function askingNow(db: Db, tenant: number, at: Date): Promise<string[]> {
  const since = firstIdAt(new Date(at.getTime() - 60 * 86_400_000))
  const rows = await db<{ id: string }[]>`
    select p.card_id as id from loa.publication p
    where p.commune_id = ${tenant} and p.published_id > ${since} and p.withdrawn_at is null and p.replaced_by is null
      and (p.class = 'emergency' or p.ask >= 5) and (p.ends_at is null or p.ends_at > ${at})
    group by p.card_id order by min(p.published_id::text) desc limit 500`
  return rows.map(row => row.id)
}

export interface ShownRow {
  cardId: string
  shownId: string
  publishedId: string
  subjectId: string
  round: number
  version: number
  class: MessageClass
  ask: number
  content: Content
  authorTitle: string
  isPrivate: boolean
  publishedAt: Date
  endsAt: Date | null
  lastUsefulAt: Date | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
  localWords: { words: string; title?: string } | null
  level: number | null
  levelAt: Date | null
  isTold: boolean | null
  villageHomes: number | null
  villageReached: number | null
  isOnPage: boolean
  /** Rows that the page took: fewer than asked for means the end. */
  taken: number
}

/**
 * Rows of all cards that stand on a page or are asked, as this reader was shown them: a card comes with every row by which the
 * reader got it, so that the newest is known. What was shown stays; a private message never goes to who came later.
 */
export async function shownRows(
  db: Db,
  tenant: number,
  reader: FeedReader,
  { before = last, limit, asking }: { before?: string | undefined; limit: number; asking: readonly string[] },
): Promise<ShownRow[]> {
  return db<ShownRow[]>`
    with recursive ${windows(db, tenant, reader)},
    page as (
      select a.card_id, a.shown_id from w, lateral (
        select n.card_id, n.shown_id from loa.audience n
        where n.commune_id = ${tenant} and n.target_id = w.target_id and n.shown_id < w.until_id and n.shown_id < ${before}
          and (not n.is_private or n.shown_id >= w.from_id)
        order by n.shown_id desc limit ${limit}) a
      order by a.shown_id desc limit ${limit}),
    wanted as (select card_id from page union select unnest(${[...asking]}::uuid[]))
    select a.card_id as "cardId", a.shown_id as "shownId", p.published_id as "publishedId", p.subject_id as "subjectId", p.round,
      p.version, p.class, p.ask, p.content, p.author_title as "authorTitle", p.is_private as "isPrivate",
      p.published_at as "publishedAt", p.ends_at as "endsAt", p.last_useful_at as "lastUsefulAt",
      p.withdrawn_at as "withdrawnAt", p.withdrawn_reason as "withdrawnReason", a.local_words as "localWords",
      r.level, r.level_at as "levelAt", r.is_told as "isTold", u.households as "villageHomes", u.reached as "villageReached",
      exists (select 1 from page where page.card_id = a.card_id and page.shown_id = a.shown_id) as "isOnPage",
      (select count(*)::int from page) as taken
    from wanted
    join loa.audience a on a.commune_id = ${tenant} and a.card_id = wanted.card_id
    join w on w.target_id = a.target_id and a.shown_id < w.until_id and (not a.is_private or a.shown_id >= w.from_id)
    join loa.publication p on p.commune_id = ${tenant} and p.published_id = a.published_id
    left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = a.published_id and r.household_id = ${reader.id}
    left join loa.household h on p.class = 'emergency' and h.commune_id = ${tenant} and h.id = ${reader.id}
    left join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = a.published_id and u.unit_id = h.unit_id`
}
