// The yardstick of the feed: all that its first page needs, in one statement, nothing remembered.
import type { Sql } from '#core/db'

const first = '00000000-0000-0000-0000-000000000000'
const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

const idOf = (db: Sql, column: 'valid_from' | 'valid_to') => {
  const hex = db`lpad(to_hex((extract(epoch from ${db(column)}) * 1000)::bigint), 12, '0')`
  return db`(left(${hex}, 8) || '-' || right(${hex}, 4) || '-7000-8000-000000000000')::uuid`
}

/** What the home is shown, from when until when. */
const windows = (db: Sql, tenant: number, home: string) => db`
  place as (
    select s.unit_id as id, s.valid_from, s.valid_to from loa.household_stay s
    where s.commune_id = ${tenant} and s.household_id = ${home}
    union
    select v.parent_id, place.valid_from, place.valid_to from place
    join loa.unit_version v on v.unit_id = place.id where v.parent_id is not null),
  membership as (
    select m.group_id as id, m.valid_from, m.valid_to from loa.person p
    join loa.group_member m on m.commune_id = ${tenant} and m.person_id = p.id
    where p.commune_id = ${tenant} and p.household_id = ${home}
    union
    select g.parent_id, membership.valid_from, membership.valid_to from membership
    join loa.group_of_people g on g.commune_id = ${tenant} and g.id = membership.id where g.parent_id is not null),
  w as materialized (
    select id as target_id, ${idOf(db, 'valid_from')} as from_id, coalesce(${idOf(db, 'valid_to')}, ${last}::uuid) as until_id
    from (
      select id, min(valid_from) as valid_from, case when bool_or(valid_to is null) then null else max(valid_to) end as valid_to
      from (select * from place union all select * from membership) x group by id) y
    union all
    select ${home}::uuid, ${first}::uuid, ${last}::uuid)`

export const feedStatement = (db: Sql, tenant: number, home: string, asking: readonly string[]) => db`
  with recursive ${windows(db, tenant, home)},
  page as (
    select a.card_id, a.shown_id from w, lateral (
      select n.card_id, n.shown_id from loa.audience n
      where n.commune_id = ${tenant} and n.target_id = w.target_id and n.shown_id < w.until_id
        and (not n.is_private or n.shown_id >= w.from_id)
      order by n.shown_id desc limit 20) a
    order by a.shown_id desc limit 20),
  wanted as (select card_id from page union select unnest(${[...asking]}::uuid[]))
  select a.card_id, a.shown_id, p.published_id, p.subject_id, p.round, p.version, p.class, p.ask, p.content, p.author_title,
    p.is_private, p.published_at, p.ends_at, p.last_useful_at, p.withdrawn_at, p.withdrawn_reason, a.local_words,
    r.level, r.level_at, r.is_told, u.households, u.reached,
    exists (select 1 from page where page.card_id = a.card_id and page.shown_id = a.shown_id) as is_on_page
  from wanted
  join loa.audience a on a.commune_id = ${tenant} and a.card_id = wanted.card_id
  join w on w.target_id = a.target_id and a.shown_id < w.until_id and (not a.is_private or a.shown_id >= w.from_id)
  join loa.publication p on p.commune_id = ${tenant} and p.published_id = a.published_id
  left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = a.published_id and r.household_id = ${home}
  left join loa.household h on p.class = 'emergency' and h.commune_id = ${tenant} and h.id = ${home}
  left join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = a.published_id and u.unit_id = h.unit_id`
