// Moves the counts of the roll-ups from what a home's row was to what it is: pieces of the statements that write reach_home.
import type { Db } from '#core/db'

/** Beside the row itself, what it held before: see the migration. */
export const changed = (db: Db) => db`
  r.published_id, r.unit_id, r.level, r.is_told, r.closed, r.reached_at, r.channel,
  r.was_level, r.was_told, r.was_closed, r.was_reached_at, r.was_channel`

/** A village's counts: what each home's row left and what it entered. */
const moveUnits = (db: Db, tenant: number) => db`
  unit_delta as (
    select published_id, unit_id,
      sum((level = 0)::int - (was_level = 0)::int) as none,
      sum((level = 1)::int - (was_level = 1)::int) as sent,
      sum((level = 2)::int - (was_level = 2)::int) as exposed,
      sum((level = 3)::int - (was_level = 3)::int) as delivered,
      sum((level = 4)::int - (was_level = 4)::int) as seen,
      sum((level = 5)::int - (was_level = 5)::int) as acknowledged,
      sum((level = 6)::int - (was_level = 6)::int) as acted,
      sum((is_told and level = 5)::int - (was_told and was_level = 5)::int) as told,
      sum((reached_at is not null)::int - (was_reached_at is not null)::int) as reached,
      sum((reached_at is null and closed is not distinct from 'told_by_neighbour')::int
        - (was_reached_at is null and was_closed is not distinct from 'told_by_neighbour')::int) as told_by_neighbour,
      sum((reached_at is null and closed is not distinct from 'moved')::int
        - (was_reached_at is null and was_closed is not distinct from 'moved')::int) as moved,
      sum((reached_at is null and closed is not distinct from 'refused')::int
        - (was_reached_at is null and was_closed is not distinct from 'refused')::int) as refused
    from counted group by published_id, unit_id),
  locked as (
    select d.* from loa.reach_unit u
    join unit_delta d on d.published_id = u.published_id and d.unit_id = u.unit_id
    where u.commune_id = ${tenant} order by u.published_id, u.unit_id for update of u),
  unit_moved as (
    update loa.reach_unit u set
      none = u.none + d.none, sent = u.sent + d.sent, exposed = u.exposed + d.exposed, delivered = u.delivered + d.delivered,
      seen = u.seen + d.seen, acknowledged = u.acknowledged + d.acknowledged, acted = u.acted + d.acted, told = u.told + d.told,
      reached = u.reached + d.reached, told_by_neighbour = u.told_by_neighbour + d.told_by_neighbour,
      moved = u.moved + d.moved, refused = u.refused + d.refused
    from locked d
    where u.commune_id = ${tenant} and u.published_id = d.published_id and u.unit_id = d.unit_id)`

/** The curve: homes reached, by the minute. */
const moveMinutes = (db: Db, tenant: number) => db`
  minute_delta as (
    select published_id, minute, sum(n)::int as n from (
      select published_id, floor(extract(epoch from reached_at) / 60)::int as minute, 1 as n from counted where reached_at is not null
      union all
      select published_id, floor(extract(epoch from was_reached_at) / 60)::int, -1 from counted where was_reached_at is not null) x
    group by published_id, minute having sum(n) <> 0),
  minute_moved as (
    insert into loa.reach_minute as m (commune_id, published_id, minute, reached)
    select ${tenant}::int, published_id, minute, n from minute_delta order by published_id, minute
    on conflict (commune_id, published_id, minute) do update set reached = m.reached + excluded.reached)`

/** Whose evidence first reached the level asked. */
const moveChannels = (db: Db, tenant: number) => db`
  channel_delta as (
    select published_id, channel, sum(n)::int as n from (
      select published_id, channel, 1 as n from counted where reached_at is not null
      union all
      select published_id, was_channel, -1 from counted where was_reached_at is not null) x
    group by published_id, channel having sum(n) <> 0),
  channel_moved as (
    insert into loa.reach_channel as c (commune_id, published_id, channel, reached)
    select ${tenant}::int, published_id, channel, n from channel_delta order by published_id, channel
    on conflict (commune_id, published_id, channel) do update set reached = c.reached + excluded.reached)`

/**
 * Common table expressions after one named `risen` that returns `changed`. Roll-ups are locked in key order, so that two
 * batches wait for each other instead of killing each other.
 */
export const moveCounts = (db: Db, tenant: number) => db`
  counted as (select * from risen where unit_id is not null),
  ${moveUnits(db, tenant)},
  ${moveMinutes(db, tenant)},
  ${moveChannels(db, tenant)}`
