import type { Db } from '#core/db'
import { isCorrected } from './is-corrected.ts'
import type { Difference } from '../recount.ts'

const names = [
  'households',
  'none',
  'sent',
  'exposed',
  'delivered',
  'seen',
  'acknowledged',
  'acted',
  'told',
  'reached',
  'told_by_neighbour',
  'moved',
  'refused',
] as const
type Figures = Record<(typeof names)[number], number>

/** Homes of each publication as they were at its moment, counted from stays and rows, against reach_unit. */
export async function recountUnits(db: Db, tenant: number): Promise<Difference[]> {
  const rows = await db<{ publishedId: string; unitId: string; kept: Figures; counted: Figures }[]>`
    with home as (
      select p.published_id, s.unit_id, s.household_id from loa.publication p
      join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = p.published_id
      join loa.household_stay s on s.commune_id = ${tenant} and s.unit_id = u.unit_id
        and s.valid_from <= p.published_at and (s.valid_to is null or s.valid_to > p.published_at)
      where p.commune_id = ${tenant} and p.audience_kind = 'units'
      union all
      select h.published_id, h.unit_id, h.household_id from loa.audience_home h where h.commune_id = ${tenant}),
    counted as (
      select h.published_id, h.unit_id, count(*)::int as households,
        count(*) filter (where coalesce(r.level, 0) = 0)::int as none,
        count(*) filter (where r.level = 1)::int as sent, count(*) filter (where r.level = 2)::int as exposed,
        count(*) filter (where r.level = 3)::int as delivered, count(*) filter (where r.level = 4)::int as seen,
        count(*) filter (where r.level = 5)::int as acknowledged, count(*) filter (where r.level = 6)::int as acted,
        count(*) filter (where r.level = 5 and r.is_told)::int as told, count(*) filter (where r.is_reached)::int as reached,
        count(*) filter (where r.closed = 'told_by_neighbour' and not r.is_reached)::int as told_by_neighbour,
        count(*) filter (where r.closed = 'moved' and not r.is_reached)::int as moved,
        count(*) filter (where r.closed = 'refused' and not r.is_reached)::int as refused
      from home h left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = h.published_id
        and r.household_id = h.household_id
      group by h.published_id, h.unit_id)
    select u.published_id as "publishedId", u.unit_id as "unitId", to_jsonb(u) as kept, to_jsonb(c) as counted
    from loa.reach_unit u
    left join counted c on c.published_id = u.published_id and c.unit_id = u.unit_id
    where u.commune_id = ${tenant}`
  return rows.flatMap(({ publishedId, unitId, kept, counted }) =>
    names
      .filter(name => kept[name] !== (counted?.[name] ?? 0))
      .map(name => ({ publishedId, unitId, what: name, kept: kept[name], counted: counted?.[name] ?? 0 })),
  )
}

export async function recountMinutes(db: Db, tenant: number): Promise<Difference[]> {
  const rows = await db<{ publishedId: string; minute: number; kept: number; counted: number }[]>`
    with counted as (
      select published_id, floor(extract(epoch from reached_at) / 60)::int as minute, count(*)::int as n from loa.reach_home
      where commune_id = ${tenant} and unit_id is not null and reached_at is not null group by 1, 2)
    select coalesce(k.published_id, c.published_id) as "publishedId", coalesce(k.minute, c.minute) as minute,
      coalesce(k.reached, 0) as kept, coalesce(c.n, 0) as counted
    from (select * from loa.reach_minute where commune_id = ${tenant}) k
    full join counted c on c.published_id = k.published_id and c.minute = k.minute
    where coalesce(k.reached, 0) <> coalesce(c.n, 0)`
  return rows.map(({ minute, ...row }) => ({ ...row, what: `minute ${minute}` }))
}

export async function recountChannels(db: Db, tenant: number): Promise<Difference[]> {
  const rows = await db<{ publishedId: string; channel: string; kept: number; counted: number }[]>`
    with counted as (
      select published_id, channel, count(*)::int as n from loa.reach_home
      where commune_id = ${tenant} and unit_id is not null and reached_at is not null group by 1, 2)
    select coalesce(k.published_id, c.published_id) as "publishedId", coalesce(k.channel, c.channel) as channel,
      coalesce(k.reached, 0) as kept, coalesce(c.n, 0) as counted
    from (select * from loa.reach_channel where commune_id = ${tenant}) k
    full join counted c on c.published_id = k.published_id and c.channel = k.channel
    where coalesce(k.reached, 0) <> coalesce(c.n, 0)`
  return rows.map(({ channel, ...row }) => ({ ...row, what: `channel ${channel}` }))
}

/** A home's row says what its receipts say, corrected visits left out. Where receipts are gone the row is the last witness. */
export async function recountHomes(db: Db, tenant: number): Promise<Difference[]> {
  return db<Difference[]>`
    with proof as (
      select e.published_id, e.household_id, max(e.level)::int as level from loa.receipt e
      where e.commune_id = ${tenant}
        and not ${isCorrected(db, tenant, db`e`)}
      group by 1, 2)
    select p.published_id as "publishedId", p.household_id as "householdId", 'home' as what,
      coalesce(r.level, 0)::int as kept, p.level as counted
    from proof p
    left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = p.published_id and r.household_id = p.household_id
    where coalesce(r.level, 0) <> greatest(p.level, 0)`
}
