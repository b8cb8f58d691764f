import type { Db } from '#core/db'

export interface TrailRow {
  no: number | null
  at: Date
  what: string
  post: string | null
  /** The village that it is about, else the post's own unit. */
  unit: string | null
  unitId: string | null
}

/** Entries about a notice, oldest first, with the post that made them. @param kinds null: all */
export async function trailOf(
  db: Db,
  tenant: number,
  about: string,
  kinds: readonly string[] | null,
): Promise<TrailRow[]> {
  return db<TrailRow[]>`
    with entry as (
      select t.*, case when t.data ->> 'unit' ~ '^[0-9a-f-]{36}$' then (t.data ->> 'unit')::uuid end as about_unit
      from loa.trail t where t.commune_id = ${tenant} and t.about_id = ${about}
        and (${kinds === null} or t.what = any(${kinds ? [...kinds] : null}::text[]))
      order by t.id limit 500)
    select e.no, e.at, e.what, p.title as post, v.name as unit, e.about_unit as "unitId" from entry e
    left join loa.post p on p.id = e.post_id
    left join loa.unit_version v on v.unit_id = coalesce(e.about_unit, p.unit_id) and v.valid_to is null
    order by e.id`
}
