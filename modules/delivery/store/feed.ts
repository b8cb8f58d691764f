// A home's feed is read where it was written once for many: newest rows of each of its targets, then their cards.
import type { Db, Tx } from '#core/db'
import type { MessageClass } from '../levels.ts'
import type { Content } from '../message.ts'

/** A home; or a post, for internal messages. */
export interface FeedReader {
  tenant: number
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

/**
 * Targets of readers as `w(n, commune_id, target_id, from_id, until_id)`, n from 1: the home itself; its villages and what lies
 * above them; its members' groups and those above them. A post is its own.
 */
const windows = (db: Db, readers: readonly FeedReader[]) => db`
  asked as (
    select * from unnest(${readers.map(r => r.tenant)}::int[], ${readers.map(r => r.id)}::uuid[], ${readers.map(r => r.kind)}::text[])
      with ordinality as a(commune_id, id, kind, n)),
  place as (
    select a.n, s.unit_id as id, s.valid_from, s.valid_to from asked a cross join lateral (
      select * from loa.household_stay s where s.commune_id = a.commune_id and s.household_id = a.id offset 0) s
    where a.kind = 'home'
    union
    select place.n, v.parent_id, place.valid_from, place.valid_to from place cross join lateral (
      select v.parent_id from loa.unit_version v where v.unit_id = place.id and v.parent_id is not null offset 0) v),
  membership as (
    select a.n, a.commune_id, m.group_id as id, m.valid_from, m.valid_to from asked a cross join lateral (
      select m.group_id, m.valid_from, m.valid_to from loa.person p
      join loa.group_member m on m.commune_id = p.commune_id and m.person_id = p.id
      where p.commune_id = a.commune_id and p.household_id = a.id offset 0) m
    where a.kind = 'home'
    union
    select membership.n, membership.commune_id, g.parent_id, membership.valid_from, membership.valid_to from membership
    cross join lateral (
      select g.parent_id from loa.group_of_people g
      where g.commune_id = membership.commune_id and g.id = membership.id and g.parent_id is not null offset 0) g),
  w as materialized (
    select asked.n, asked.commune_id, y.id as target_id, ${idOf(db, 'valid_from')} as from_id,
      coalesce(${idOf(db, 'valid_to')}, ${last}::uuid) as until_id
    from (
      select n, id, min(valid_from) as valid_from, case when bool_or(valid_to is null) then null else max(valid_to) end as valid_to
      from (select n, id, valid_from, valid_to from place union all select n, id, valid_from, valid_to from membership) x
      group by n, id) y
    join asked on asked.n = y.n
    union all
    select n, commune_id, id, ${first}::uuid, ${last}::uuid from asked)`

/** What goes to a target is shown to a reader below `untilId`; what is private only above `afterId`. */
export interface Window {
  targetId: string
  afterId: string
  untilId: string
  /** Nothing was ever shown there. */
  isEmpty: boolean
}

/** `afterId` is the last private message that came too early for the reader: so homes that are shown the same have the same. */
export async function windowsOf(db: Db, readers: readonly FeedReader[]): Promise<Window[][]> {
  const rows = await db<(Window & { n: number })[]>`
    with recursive ${windows(db, readers)}
    select w.n::int, w.target_id as "targetId", w.until_id as "untilId", coalesce((
        select a.shown_id from loa.audience a
        where a.commune_id = w.commune_id and a.target_id = w.target_id and a.is_private and a.shown_id < w.from_id
        order by a.shown_id desc limit 1), ${first}::uuid) as "afterId",
      (select a.shown_id from loa.audience a where a.commune_id = w.commune_id and a.target_id = w.target_id
        order by a.shown_id limit 1) is null as "isEmpty"
    from w order by w.target_id`
  const found: Window[][] = readers.map(() => [])
  for (const { n, ...row } of rows) found[n - 1]!.push(row)
  return found
}

/** Does what is shown there from now on reach the reader? */
export const isPresent = ({ untilId }: Window) => untilId === last

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
  isPrivate: boolean
}

/** All publications on the card of a subject: its rounds, and other senders of the same paper. */
export async function cardOf(db: Db, tenant: number, subjectId: string): Promise<CardOf[]> {
  return db<CardOf[]>`
    select q.published_id as "publishedId", q.subject_id as "subjectId", q.card_id as "cardId", q.kind, q.round, q.version,
      q.published_at as "publishedAt", q.withdrawn_at as "withdrawnAt", q.is_private as "isPrivate"
    from loa.publication p
    join loa.publication q on q.commune_id = ${tenant} and q.card_id = p.card_id
    where p.commune_id = ${tenant} and p.subject_id = ${subjectId} and p.round = 1`
}

/** Cards of open messages that ask for something, whoever they are for: as old as they may be, until they end. */
export async function askingNow(db: Db, tenant: number, at: Date): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct p.card_id as id from loa.publication p
    where p.commune_id = ${tenant} and p.withdrawn_at is null and p.replaced_by is null
      and (p.class = 'emergency' or p.ask >= 5) and (p.ends_at is null or p.ends_at > ${at})`
  return rows.map(row => row.id)
}

/** Of what asks, the newest that one reader was shown. */
const mostAsking = 500

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
  isOnPage: boolean
  /** Rows that the page took: fewer than asked for means the end. */
  taken: number
}

/**
 * Rows of all cards that stand on a page or are asked, as whoever has these windows was shown them: a card comes with every row
 * by which he got it, so that the newest is known. What was shown stays; a private message never goes to who came later.
 */
export async function shownRows(
  db: Db,
  tenant: number,
  seen: readonly Window[],
  { before = last, limit, asking }: { before?: string | undefined; limit: number; asking: readonly string[] },
): Promise<ShownRow[]> {
  return db<ShownRow[]>`
    with w as materialized (
      select * from unnest(${seen.map(w => w.targetId)}::uuid[], ${seen.map(w => w.afterId)}::uuid[],
        ${seen.map(w => w.untilId)}::uuid[]) as w(target_id, after_id, until_id)),
    page as (
      select a.card_id, a.shown_id from w, lateral (
        select n.card_id, n.shown_id from loa.audience n
        where n.commune_id = ${tenant} and n.target_id = w.target_id and n.shown_id < w.until_id and n.shown_id < ${before}
          and (not n.is_private or n.shown_id > w.after_id)
        order by n.shown_id desc limit ${limit}) a
      order by a.shown_id desc limit ${limit}),
    asked as (
      select a.card_id from unnest(${[...asking]}::uuid[]) as o(card_id)
      cross join w
      join loa.audience a on a.commune_id = ${tenant} and a.card_id = o.card_id and a.target_id = w.target_id
        and a.shown_id < w.until_id and (not a.is_private or a.shown_id > w.after_id)
      group by a.card_id order by max(a.shown_id::text) desc limit ${mostAsking}),
    wanted as (select card_id from page union select card_id from asked)
    select a.card_id as "cardId", a.shown_id as "shownId", p.published_id as "publishedId", p.subject_id as "subjectId", p.round,
      p.version, p.class, p.ask, p.content, p.author_title as "authorTitle", p.is_private as "isPrivate",
      p.published_at as "publishedAt", p.ends_at as "endsAt", p.last_useful_at as "lastUsefulAt",
      p.withdrawn_at as "withdrawnAt", p.withdrawn_reason as "withdrawnReason", a.local_words as "localWords",
      exists (select 1 from page where page.card_id = a.card_id and page.shown_id = a.shown_id) as "isOnPage",
      (select count(*)::int from page) as taken
    from wanted
    join loa.audience a on a.commune_id = ${tenant} and a.card_id = wanted.card_id
    join w on w.target_id = a.target_id and a.shown_id < w.until_id and (not a.is_private or a.shown_id > w.after_id)
    join loa.publication p on p.commune_id = ${tenant} and p.published_id = a.published_id`
}

/** How far a message got at one home. */
export interface Standing {
  publishedId: string
  level: number
  levelAt: Date
  isTold: boolean
}

export interface StandingsAsked {
  tenant: number
  /** The home, or the post. */
  id: string
  /** Publications from … to. */
  low: string
  high: string
}

/** What is known of each of these homes. */
export async function standingsOf(db: Db, asked: readonly StandingsAsked[]): Promise<Standing[][]> {
  const rows = await db<(Standing & { n: number })[]>`
    select a.n::int, r.* from unnest(${asked.map(x => x.tenant)}::int[], ${asked.map(x => x.id)}::uuid[],
      ${asked.map(x => x.low)}::uuid[], ${asked.map(x => x.high)}::uuid[]) with ordinality as a(commune_id, id, low, high, n)
    cross join lateral (
      select r.published_id as "publishedId", r.level, r.level_at as "levelAt", r.is_told as "isTold" from loa.reach_home r
      where r.commune_id = a.commune_id and r.household_id = a.id and r.published_id between a.low and a.high offset 0) r`
  const found: Standing[][] = asked.map(() => [])
  for (const { n, ...row } of rows) found[n - 1]!.push(row)
  return found
}

export interface VillageFigures {
  households: number
  reached: number
}

/** Figures of the home's own village, by publication. */
export async function villageFiguresOf(db: Db, tenant: number, home: string, publications: readonly string[]) {
  if (!publications.length) return new Map<string, VillageFigures>()
  const rows = await db<(VillageFigures & { publishedId: string })[]>`
    select u.published_id as "publishedId", u.households, u.reached from loa.household h
    join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = any(${[...publications]}::uuid[]) and u.unit_id = h.unit_id
    where h.commune_id = ${tenant} and h.id = ${home}`
  return new Map<string, VillageFigures>(rows.map(row => [row.publishedId, row]))
}
