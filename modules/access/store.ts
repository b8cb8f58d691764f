import { now, today } from '#core/clock'
import type { Db } from '#core/db'

/** Does a present member of the group live in this home? */
export async function isHomeOfGroup(db: Db, tenant: number, group: string, household: string): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.group_member m
    join loa.person p on p.commune_id = m.commune_id and p.id = m.person_id
    where m.commune_id = ${tenant} and m.group_id = ${group} and m.valid_to is null and p.household_id = ${household} limit 1`
  return Boolean(row)
}

export interface SessionRow {
  id: string
  kind: 'staff' | 'resident' | 'token'
  account_id: string | null
  post_id: string | null
  household_id: string | null
  person_id: string | null
  language: 'vi' | 'en' | null
  role: string | null
  unit_id: string | null
  group_id: string | null
  path: string | null
  seen_at: Date
}

/** The live session of a digest, with its post as it is held today. A post no longer held leaves a session without one. */
export async function findSession(db: Db, tenant: number, digest: Buffer): Promise<SessionRow | undefined> {
  const [row] = await db<SessionRow[]>`
    select s.id, s.kind, s.account_id, s.household_id, s.person_id, s.seen_at, a.language,
      p.id as post_id, p.role, p.unit_id, p.group_id, v.path
    from loa.session s
    left join loa.account a on a.id = s.account_id and a.closed_at is null
    left join loa.post p on p.id = s.post_id and p.closed_at is null and exists (
      select 1 from loa.post_term t where t.post_id = p.id and t.account_id = s.account_id
        and t.valid_from <= ${now()} and (t.valid_to is null or t.valid_to > ${now()}))
    left join loa.unit_version v on v.unit_id = p.unit_id
      and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
    where s.commune_id = ${tenant} and s.digest = ${digest} and s.ended_at is null and s.ends_at > ${now()}
      and (s.account_id is null or a.id is not null)`
  return row
}
