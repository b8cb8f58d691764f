import type { Db } from '#core/db'

/** Does another entry stand in the place of this one, and was not taken back itself? A piece of a statement. @param entry alias of a visit or its receipt */
export const isCorrected = (db: Db, tenant: number, entry: ReturnType<Db>) => db`
  exists (
    select 1 from loa.visit c
    where c.commune_id = ${tenant} and c.published_id = ${entry}.published_id and c.household_id = ${entry}.household_id
      and c.corrects = ${entry}.id and not exists (
        select 1 from loa.visit t
        where t.commune_id = ${tenant} and t.published_id = c.published_id and t.household_id = c.household_id
          and t.corrects = c.id and t.outcome = 'taken_back'))`
