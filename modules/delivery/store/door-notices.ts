// Which messages have doors for a caller, and how many are left.
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { countedIn } from './counted-in.ts'
import type { DoorRow } from './doors.ts'
import { eachDoor, isDue, isToKnock, nearHomes, openPublications, type DoorsWanted } from './near-doors.ts'

export interface NoticeWithDoors extends Pick<
  DoorRow,
  'subjectId' | 'content' | 'isPrivate' | 'class' | 'lastUsefulAt'
> {
  /** Doors at which nobody was met yet. */
  left: number
}

/** Messages that have doors for the caller, counted home by home: for a village, or for whom some were given to. */
export async function noticesWithDoors(db: Db, wanted: DoorsWanted): Promise<NoticeWithDoors[]> {
  const at = now()
  return db<NoticeWithDoors[]>`
    with p as materialized (${openPublications(db, wanted, at)}), x as materialized (${nearHomes(db, wanted)}),
    counted as (
      select p.published_id, count(*) filter (where not coalesce(r.is_reached, false) and r.closed is null)::int as open
      from ${eachDoor(db, wanted.tenant)} where ${isToKnock(db, wanted, at)} group by p.published_id)
    select p.subject_id as "subjectId", p.content, p.is_private as "isPrivate", p.class, p.last_useful_at as "lastUsefulAt", c.open as left
    from p join counted c on c.published_id = p.published_id order by p.published_id`
}

/**
 * The same for the whole commune, from the roll-ups: no home is walked. Doors given out before their village is due are added one by one.
 */
export async function noticesWithDoorsOfCommune(db: Db, wanted: DoorsWanted): Promise<NoticeWithDoors[]> {
  const { tenant, seesMembers } = wanted
  const at = now()
  return db<NoticeWithDoors[]>`
    with p as materialized (${openPublications(db, wanted, at)}),
    counted as (
      select p.published_id, due.open + given.open as open from p
      cross join lateral (
        select coalesce(sum(u.households - u.reached - u.told_by_neighbour - u.moved - u.refused), 0)::int as open
        from loa.reach_unit u where u.commune_id = ${tenant} and u.published_id = p.published_id and ${isDue(db, tenant, at)}) due
      cross join lateral (
        select count(*)::int as open from loa.door d
        ${countedIn(db, tenant, db`d.household_id`)}
        left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = d.published_id and r.household_id = d.household_id
        where d.commune_id = ${tenant} and d.published_id = p.published_id and u.unit_id is not null
          and not coalesce(r.is_reached, false) and r.closed is null and not ${isDue(db, tenant, at)}) given
      where not p.is_for_members or ${seesMembers})
    select p.subject_id as "subjectId", p.content, p.is_private as "isPrivate", p.class, p.last_useful_at as "lastUsefulAt", c.open as left
    from p join counted c on c.published_id = p.published_id
    where c.open > 0 or exists (select 1 from loa.visit v where v.commune_id = ${tenant} and v.published_id = p.published_id)
    order by p.published_id`
}
