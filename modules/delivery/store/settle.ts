// A home's row computed anew from what is left: the only way a level goes down.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { countedIn } from './counted-in.ts'
import { changed, moveCounts } from './counts.ts'
import { isCorrected } from './is-corrected.ts'

export interface Door {
  publishedId: string
  householdId: string
}

/** A row for each, so that there is something to hold; the village is the one in which the home counts. */
async function ensureRows(tx: Tx, tenant: number, doors: readonly Door[]) {
  await tx`
    insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, level_at)
    select ${tenant}::int, g.published_id, g.household_id, u.unit_id, 0, false, ${now()}::timestamptz
    from unnest(${doors.map(d => d.publishedId)}::uuid[], ${doors.map(d => d.householdId)}::uuid[]) as g(published_id, household_id)
    join loa.publication p on p.commune_id = ${tenant} and p.published_id = g.published_id
    ${countedIn(tx, tenant, tx`g.household_id`)}
    order by g.published_id, g.household_id
    on conflict do nothing`
  await tx`
    select 1 from loa.reach_home r
    join unnest(${doors.map(d => d.publishedId)}::uuid[], ${doors.map(d => d.householdId)}::uuid[]) as g(published_id, household_id)
      on g.published_id = r.published_id and g.household_id = r.household_id
    where r.commune_id = ${tenant} order by r.published_id, r.household_id for update of r`
}

/** The visit that closes a home's door: what a neighbour was told counts before what was only said. */
const closingVisit = (tx: Tx, tenant: number) => tx`
  select distinct on (v.published_id, v.household_id) v.published_id, v.household_id, v.outcome from given g
  join loa.visit v on v.commune_id = ${tenant} and v.published_id = g.published_id and v.household_id = g.household_id
  where v.outcome in ('told_by_neighbour', 'moved', 'refused') and not ${isCorrected(tx, tenant, tx`v`)}
  order by v.published_id, v.household_id, v.outcome = 'told_by_neighbour' desc, v.corrected_at desc, v.id desc`

/**
 * Reads receipts, visits and hand-overs of these homes again, corrected visits left out, and moves the counts accordingly.
 * The rows are held first; whoever brings evidence meanwhile waits and then rises from the new state.
 */
export async function settle(tx: Tx, tenant: number, doors: readonly Door[]) {
  if (!doors.length) return
  await ensureRows(tx, tenant, doors)
  await tx`
    with given as (
      select * from unnest(${doors.map(d => d.publishedId)}::uuid[], ${doors.map(d => d.householdId)}::uuid[])
        as g(published_id, household_id)),
    proof as (
      select e.published_id, e.household_id, e.id, e.level, e.channel, e.at from given g
      join loa.receipt e on e.commune_id = ${tenant} and e.published_id = g.published_id and e.household_id = g.household_id
      where not ${isCorrected(tx, tenant, tx`e`)}
      union all
      select d.published_id, d.household_id, d.published_id, 1, d.channel, d.changed_at from given g
      join loa.delivery d on d.commune_id = ${tenant} and d.published_id = g.published_id and d.household_id = g.household_id
      where d.state = 'handed_over'),
    best as (
      select p.published_id, p.household_id, max(p.level) as level, bool_or(p.channel = 'door') as is_told,
        (array_agg(p.at order by p.level desc, p.at))[1] as level_at, min(p.at) filter (where p.level >= m.ask) as reached_at,
        (array_agg(p.channel order by p.at, p.id) filter (where p.level >= m.ask))[1] as channel
      from proof p join loa.publication m on m.commune_id = ${tenant} and m.published_id = p.published_id
      group by p.published_id, p.household_id),
    closing as (${closingVisit(tx, tenant)}),
    risen as (
      update loa.reach_home r set
        was_level = r.level, was_told = r.is_told, was_closed = r.closed, was_channel = r.channel, was_reached_at = r.reached_at,
        level = coalesce(b.level, 0), is_told = coalesce(b.is_told, false), level_at = coalesce(b.level_at, r.level_at),
        reached_at = b.reached_at, is_reached = b.reached_at is not null, channel = b.channel,
        closed = coalesce(c.outcome, case when h.closed_at is not null then 'moved' end)
      from given g
      left join best b on b.published_id = g.published_id and b.household_id = g.household_id
      left join closing c on c.published_id = g.published_id and c.household_id = g.household_id
      left join loa.household h on h.commune_id = ${tenant} and h.id = g.household_id
      where r.commune_id = ${tenant} and r.published_id = g.published_id and r.household_id = g.household_id
      returning ${changed(tx)}),
    ${moveCounts(tx, tenant)}
    select count(*) from risen`
}

/** Publications that still count this home and have not reached it: what its leaving closes. */
export async function openDoorsOf(
  tx: Tx,
  tenant: number,
  households: readonly string[],
  since: string,
): Promise<Door[]> {
  return tx<Door[]>`
    select p.published_id as "publishedId", w.id as "householdId"
    from unnest(${[...households]}::uuid[]) as w(id)
    join loa.publication p on p.commune_id = ${tenant} and p.published_id > ${since}
      and p.withdrawn_at is null and p.replaced_by is null and p.kind = 'home'
    left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = p.published_id and r.household_id = w.id
    where not coalesce(r.is_reached, false) and (
      exists (select 1 from loa.audience_home a where p.audience_kind = 'homes'
        and a.commune_id = ${tenant} and a.published_id = p.published_id and a.household_id = w.id)
      or exists (select 1 from loa.household_stay s
        join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = p.published_id and u.unit_id = s.unit_id
        where p.audience_kind = 'units' and s.commune_id = ${tenant} and s.household_id = w.id
          and s.valid_from <= p.published_at and (s.valid_to is null or s.valid_to > p.published_at)))`
}
