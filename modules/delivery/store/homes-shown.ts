import { today } from '#core/clock'
import type { Db } from '#core/db'
import { isTarget } from './receipts.ts'

export interface HomeShown {
  id: string
  no: number
  name: string
  unit: string
  level: number
  levelAt: Date | null
}

/** Those of these homes that a publication is shown to, with how far it got there, in the order asked. */
export async function homesShown(
  db: Db,
  tenant: number,
  publishedId: string,
  households: readonly string[],
): Promise<HomeShown[]> {
  return db<HomeShown[]>`
    select h.id, h.no, 'Nhà ' || h.head_name as name, v.kind || ' ' || v.name as unit, coalesce(r.level, 0)::int as level,
      r.level_at as "levelAt"
    from unnest(${[...households]}::uuid[]) with ordinality as g(household_id, n)
    join loa.household h on h.commune_id = ${tenant} and h.id = g.household_id and h.closed_at is null
    join loa.unit_version v on v.unit_id = h.unit_id and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
    left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = ${publishedId} and r.household_id = h.id
    where exists (
      select 1 from loa.audience a
      where a.commune_id = ${tenant} and a.published_id = ${publishedId}
        and (not a.is_private or exists (select 1 from loa.audience_home m where m.commune_id = ${tenant}
          and m.published_id = ${publishedId} and m.household_id = h.id))
        and (${isTarget(db, tenant)}))
    order by g.n`
}
