import type { Db } from '#core/db'

/** Does a living subscription stand for the home in this column? A piece of a statement. @param home `x.id` */
export const hasPush = (db: Db, tenant: number, home: ReturnType<Db>) => db`
  exists (select 1 from loa.phone_home n
    join loa.push_subscription q on q.commune_id = ${tenant} and q.session_id = n.session_id and q.dead_at is null
    where n.commune_id = ${tenant} and n.household_id = ${home})`
