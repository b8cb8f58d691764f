import type { Db } from '#core/db'

/** Living homes and people of each unit; a unit without any is left out. */
export async function homesByUnit(db: Db, tenant: number, units: readonly string[]) {
  return db<{ unitId: string; households: number; people: number }[]>`
    select h.unit_id as "unitId", count(*)::int as households, coalesce(sum(p.n), 0)::int as people
    from loa.household h
    left join (
      select household_id, count(*) as n from loa.person
      where commune_id = ${tenant} and died_on is null and left_at is null group by household_id) p on p.household_id = h.id
    where h.commune_id = ${tenant} and h.unit_id = any(${[...units]}::uuid[]) and h.closed_at is null
    group by h.unit_id`
}
