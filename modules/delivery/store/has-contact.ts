import type { Db } from '#core/db'

/**
 * Does a contact of these kinds stand for the home in this column, its own or a reader's? A piece of a statement: whether it may be
 * used is asked at hand-over. @param home `x.id`
 */
export const hasContact = (
  db: Db,
  tenant: number,
  home: ReturnType<Db>,
  { kinds, withReaders }: { kinds: readonly string[]; withReaders: boolean },
) => db`
  (exists (select 1 from loa.contact c
    where c.commune_id = ${tenant} and c.household_id = ${home} and c.kind = any(${[...kinds]}::text[]) and c.ended_at is null and c.dead_at is null)
  or ${withReaders} and exists (select 1 from loa.person r
    join loa.contact c on c.commune_id = ${tenant} and c.household_id = r.household_id and c.kind = any(${[...kinds]}::text[])
      and c.ended_at is null and c.dead_at is null
    where r.commune_id = ${tenant} and r.reads_for = ${home}))`
