import { now } from '#core/clock'
import type { Db } from '#core/db'

/** Which of these sessions, written `tenant/id`, are over. */
export async function endedSessions(db: Db, sessions: readonly string[]): Promise<string[]> {
  const parts = sessions.map(one => one.split('/'))
  const rows = await db<{ session: string }[]>`
    select w.tenant || '/' || w.id as session
    from unnest(${parts.map(([tenant]) => Number(tenant))}::int[], ${parts.map(([, id]) => id!)}::uuid[]) as w(tenant, id)
    left join loa.session s on s.commune_id = w.tenant and s.id = w.id and s.ended_at is null and s.ends_at > ${now()}
    where s.id is null`
  return rows.map(row => row.session)
}
