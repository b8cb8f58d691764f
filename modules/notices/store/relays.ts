import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { NoticeClass } from '../rules.ts'
import type { Paper } from '../shapes.ts'

export type How = 'head' | 'time' | 'nobody' | 'none' | 'correction' | 'withdrawn'

export interface RelayRow {
  published_id: string
  unit_id: string
  notice_id: string
  households: number
  asked_at: Date
  due_at: Date
  passed_at: Date | null
  how: How | null
  by_post: string | null
  words: string | null
  check_words: boolean
}

export interface NewRelay {
  unitId: string
  households: number
  /** Null waits for a head; else it is over as soon as it is asked. */
  how: 'nobody' | 'none' | null
}

export async function insertRelays(
  tx: Tx,
  of: { tenant: number; publishedId: string; noticeId: string; at: Date; dueAt: Date },
  rows: readonly NewRelay[],
): Promise<void> {
  await tx`
    insert into loa.relay (commune_id, published_id, unit_id, notice_id, households, asked_at, due_at, passed_at, how)
    select ${of.tenant}::int, ${of.publishedId}::uuid, r.unit_id, ${of.noticeId}::uuid, r.households, ${of.at}::timestamptz,
      ${of.dueAt}::timestamptz, case when r.how is null then null else ${of.at}::timestamptz end, r.how
    from unnest(${rows.map(r => r.unitId)}::uuid[], ${rows.map(r => r.households)}::int[], ${rows.map(r => r.how)}::text[])
      as r(unit_id, households, how)`
}

/** The open or passed relay of a notice's newest round in the villages of a path; held until the transaction ends. */
export const lockRelays = (tx: Tx, tenant: number, notice: string, path: string, day: string) => tx<RelayRow[]>`
  select r.published_id, r.unit_id, r.notice_id, r.households, r.asked_at, r.due_at, r.passed_at, r.how, r.by_post, r.words, r.check_words
  from loa.relay r
  join loa.unit_version v on v.unit_id = r.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  where r.commune_id = ${tenant} and r.notice_id = ${notice} and starts_with(v.path, ${path})
  order by r.published_id desc for update of r`

export async function passOn(
  tx: Tx,
  tenant: number,
  of: { publishedId: string; unitIds: readonly string[] },
  by: { how: How; account: string | null; post: string | null; words: string | null },
): Promise<string[]> {
  const rows = await tx<{ unit_id: string }[]>`
    update loa.relay set passed_at = ${now()}, how = ${by.how}, by_account = ${by.account}, by_post = ${by.post}, words = ${by.words}
    where commune_id = ${tenant} and published_id = ${of.publishedId} and unit_id = any(${[...of.unitIds]}::uuid[]) and passed_at is null
    returning unit_id`
  return rows.map(row => row.unit_id)
}

/** Words added or put right after the village already saw the notice. */
export async function setWords(
  tx: Tx,
  tenant: number,
  of: { publishedId: string; unitId: string },
  by: { account: string | null; post: string | null; words: string | null },
): Promise<void> {
  await tx`
    update loa.relay set words = ${by.words}, check_words = false, by_account = ${by.account}, by_post = ${by.post}
    where commune_id = ${tenant} and published_id = ${of.publishedId} and unit_id = ${of.unitId}`
}

/** Ends what still waits of a notice: it was corrected or withdrawn. @returns the villages that had not passed it on */
export async function endRelays(tx: Tx, tenant: number, notice: string, how: How): Promise<string[]> {
  const rows = await tx<{ unit_id: string }[]>`
    update loa.relay set passed_at = ${now()}, how = ${how}
    where commune_id = ${tenant} and notice_id = ${notice} and passed_at is null returning unit_id`
  return rows.map(row => row.unit_id)
}

/** Local words stay after a correction, and are shown to the head for checking. */
export async function markWords(tx: Tx, tenant: number, notice: string): Promise<void> {
  await tx`
    update loa.relay set check_words = true
    where commune_id = ${tenant} and notice_id = ${notice} and words is not null and words <> ''`
}

export interface DueRelay {
  commune_id: number
  published_id: string
  notice_id: string
  unit_ids: string[]
}

/** Villages whose time is up, by publication. */
export const dueRelays = (db: Db) => db<DueRelay[]>`
  select commune_id, published_id, notice_id, array_agg(unit_id) as unit_ids from loa.relay
  where passed_at is null and due_at <= ${now()} group by commune_id, published_id, notice_id limit 200`

export interface RelayListed extends RelayRow {
  title: string
  plain: string
  body: string
  class: NoticeClass
  paper: Paper | null
  author_title: string | null
  unit_name: string
  unit_kind: string
}

/** Relays of the villages below a path: what waits, soonest first; or what was passed on, newest first. */
export const relaysBelow = (
  db: Db,
  of: {
    tenant: number
    path: string
    isDone: boolean
    after: { at: Date; id: string } | undefined
    limit: number
    day: string
  },
) => {
  const of_ = db`
    select r.published_id, r.unit_id, r.notice_id, r.households, r.asked_at, r.due_at, r.passed_at, r.how, r.by_post, r.words,
      r.check_words, n.title, n.plain, n.body, n.class, n.paper, p.title as author_title, v.name as unit_name, v.kind as unit_kind
    from loa.relay r
    join loa.notice n on n.commune_id = r.commune_id and n.id = r.notice_id and n.state = 'published'
    left join loa.post p on p.id = n.author_post
    join loa.unit_version v on v.unit_id = r.unit_id and v.valid_from <= ${of.day} and (v.valid_to is null or v.valid_to > ${of.day})
    where r.commune_id = ${of.tenant} and starts_with(v.path, ${of.path})`
  return of.isDone
    ? db<RelayListed[]>`${of_} and r.passed_at is not null and r.how <> 'none'
        and (${of.after?.at ?? null}::timestamptz is null
          or (r.passed_at, r.notice_id) < (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? null}::uuid))
        order by r.passed_at desc, r.notice_id desc limit ${of.limit}`
    : db<RelayListed[]>`${of_} and r.passed_at is null
        and (${of.after?.at ?? null}::timestamptz is null
          or (r.due_at, r.notice_id) > (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? null}::uuid))
        order by r.due_at, r.notice_id limit ${of.limit}`
}

export interface RelayState extends RelayRow {
  name: string
  kind: string
  by_title: string | null
}

/** Every village of a notice's first round, in the order of their numbers. */
export const relaysOf = (db: Db, tenant: number, notice: string, day: string) => db<RelayState[]>`
  select r.published_id, r.unit_id, r.notice_id, r.households, r.asked_at, r.due_at, r.passed_at, r.how, r.by_post, r.words,
    r.check_words, v.name, v.kind, p.title as by_title
  from loa.relay r
  join loa.unit u on u.id = r.unit_id
  join loa.unit_version v on v.unit_id = r.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  left join loa.post p on p.id = r.by_post
  where r.commune_id = ${tenant} and r.notice_id = ${notice} order by u.no`
