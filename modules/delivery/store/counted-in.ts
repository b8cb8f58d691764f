import type { Db } from '#core/db'

/**
 * The village in which a home counts, as `u` of the roll-up (none where the home is not in the audience): the one that its own row
 * names, or that of its stay at the publication. Pieces of a statement about publications `p`. @param home the column with the home's id
 */
export const countedIn = (db: Db, tenant: number, home: ReturnType<Db>) => db`
  left join lateral (
    select h.unit_id from loa.audience_home h where p.audience_kind <> 'units'
      and h.commune_id = ${tenant} and h.published_id = p.published_id and h.household_id = ${home}
    union all
    select s.unit_id from loa.household_stay s where p.audience_kind = 'units'
      and s.commune_id = ${tenant} and s.household_id = ${home}
      and s.valid_from <= p.published_at and (s.valid_to is null or s.valid_to > p.published_at)
    limit 1) stay on true
  left join loa.reach_unit u on u.commune_id = ${tenant} and u.published_id = p.published_id and u.unit_id = stay.unit_id`
