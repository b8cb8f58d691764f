// Evidence becomes figures, in one statement. Two processes may run it for the same homes at the same time and stay exact.
import type { Db } from '#core/db'
import type { EvidenceRow } from '../receipt.ts'
import { isMonthKept } from '../months.ts'
import { countedIn } from './counted-in.ts'
import { changed, moveCounts } from './counts.ts'

/** What became of one piece of evidence. */
export interface Placed {
  publishedId: string
  id: string
  householdId: string
  /** The home can see the message, or the evidence is not its own. */
  isVisible: boolean
  isNew: boolean
}

/** Evidence about `sent` is the delivery's own row: no receipt is kept of it. */
const isKept = ({ publishedId, level }: EvidenceRow) => level > 1 && isMonthKept(publishedId)

/** Targets of a home `g.household_id` in a row `a` of the audience: itself, its village of today and what lies above it, its members' groups and those above them. */
export const isTarget = (db: Db, tenant: number) => db`
  a.target_id = g.household_id
  or a.target_id in (
    with recursive up as (
      select h.unit_id as id from loa.household h where h.commune_id = ${tenant} and h.id = g.household_id
      union
      select v.parent_id from up join loa.unit_version v on v.unit_id = up.id and v.valid_to is null where v.parent_id is not null)
    select id from up)
  or a.target_id in (
    with recursive within as (
      select m.group_id as id from loa.person p
      join loa.group_member m on m.commune_id = ${tenant} and m.person_id = p.id and m.valid_to is null
      where p.commune_id = ${tenant} and p.household_id = g.household_id
      union
      select o.parent_id from within join loa.group_of_people o on o.commune_id = ${tenant} and o.id = within.id
      where o.parent_id is not null)
    select id from within)`

/**
 * Each piece with its publication, the village in which its home counts, and its time clipped to [visible since, received].
 * What is public a home may open by its link before its village's relay: that it did is evidence all the same.
 */
const placed = (db: Db, tenant: number, evidence: readonly EvidenceRow[]) => db`
  given as (
    select g.*, g.kept = 1 as is_kept, g.own = 1 as is_own from unnest(
      ${evidence.map(e => e.publishedId)}::uuid[], ${evidence.map(e => e.id)}::uuid[], ${evidence.map(e => e.householdId)}::uuid[],
      ${evidence.map(e => e.level)}::smallint[], ${evidence.map(e => e.channel)}::text[], ${evidence.map(e => e.version)}::int[],
      ${evidence.map(e => e.at.toISOString())}::timestamptz[], ${evidence.map(e => e.receivedAt.toISOString())}::timestamptz[],
      ${evidence.map(e => Number(isKept(e)))}::smallint[], ${evidence.map(e => Number(e.isOwn))}::smallint[])
      as g(published_id, id, household_id, level, channel, version, at, received_at, kept, own)),
  placed as (
    select g.*, p.ask, u.unit_id,
      least(greatest(g.at, coalesce(u.visible_at, p.published_at)), g.received_at) as clipped,
      not g.is_own or coalesce(u.visible_at <= g.received_at, false) or u.unit_id is not null and not p.is_private or (u.unit_id is null or u.visible_at is null) and exists (
        select 1 from loa.audience a
        where a.commune_id = ${tenant} and a.published_id = g.published_id and (not a.is_private or u.unit_id is not null)
          and (${isTarget(db, tenant)})) as is_visible
    from given g
    join loa.publication p on p.commune_id = ${tenant} and p.published_id = g.published_id
    ${countedIn(db, tenant, db`g.household_id`)})`

/** Of what is proven for a home: the highest level, since when, and what reached it first. */
const bestProof = (db: Db) => db`
  select published_id, household_id, unit_id, max(level) as level, bool_or(channel = 'door') as is_told,
    (array_agg(clipped order by level desc, clipped))[1] as level_at,
    min(clipped) filter (where level >= ask) as reached_at,
    (array_agg(channel order by clipped, id) filter (where level >= ask))[1] as channel
  from proven group by published_id, household_id, unit_id`

/**
 * Keeps receipts, raises homes and moves the counts. A receipt known by its id changes nothing; a home's level only rises.
 * Where the month of a publication is gone only the home's row changes: then the result is the same however often it comes.
 * @param evidence of one tenant
 */
export async function rise(db: Db, tenant: number, evidence: readonly EvidenceRow[]): Promise<Placed[]> {
  return db<Placed[]>`
    with ${placed(db, tenant, evidence)},
    fresh as (
      insert into loa.receipt (commune_id, published_id, id, household_id, level, channel, version, at, received_at)
      select ${tenant}::int, published_id, id, household_id, level, channel, version, clipped, received_at
      from placed where is_kept and is_visible order by published_id, id
      on conflict do nothing
      returning published_id, id),
    proven as (
      select p.* from placed p join fresh f on f.published_id = p.published_id and f.id = p.id
      union all
      select p.* from placed p where not p.is_kept and p.is_visible),
    best as (${bestProof(db)}),
    risen as (
      insert into loa.reach_home as r
        (commune_id, published_id, household_id, unit_id, level, is_reached, is_told, channel, level_at, reached_at)
      select ${tenant}::int, published_id, household_id, unit_id, level, reached_at is not null, is_told, channel, level_at, reached_at
      from best order by published_id, household_id
      on conflict (commune_id, published_id, household_id) do update set
        was_level = r.level, was_told = r.is_told, was_closed = r.closed, was_channel = r.channel, was_reached_at = r.reached_at,
        level = greatest(r.level, excluded.level),
        is_reached = r.is_reached or excluded.is_reached,
        is_told = r.is_told or excluded.is_told,
        level_at = case when excluded.level > r.level then excluded.level_at
          when excluded.level = r.level then least(r.level_at, excluded.level_at) else r.level_at end,
        channel = case when excluded.reached_at < coalesce(r.reached_at, 'infinity') then excluded.channel else r.channel end,
        reached_at = least(r.reached_at, excluded.reached_at)
      where excluded.level > r.level or excluded.is_told and not r.is_told
        or excluded.reached_at < coalesce(r.reached_at, 'infinity')
      returning ${changed(db)}),
    ${moveCounts(db, tenant)}
    select p.published_id as "publishedId", p.id, p.household_id as "householdId", p.is_visible as "isVisible",
      f.id is not null or not p.is_kept as "isNew"
    from placed p left join fresh f on f.published_id = p.published_id and f.id = p.id`
}
