import { now, today } from '#core/clock'
import type { Db } from '#core/db'
import { newId } from '#core/ids'
import { digest, newToken } from '#core/secrets'
import { homesOfSession } from './phone-homes.ts'

/** Does a present member of the group, or of one of its branches, live in this home? */
export async function isHomeOfGroup(db: Db, tenant: number, group: string, household: string): Promise<boolean> {
  const [row] = await db`
    with recursive down (id, depth) as (
      select ${group}::uuid as id, 0 as depth
      union all
      select g.id, d.depth + 1 from down d join loa.group_of_people g on g.parent_id = d.id
      where g.commune_id = ${tenant} and d.depth < 10 and not g.is_confidential)
    select 1 from down d
    join loa.group_member m on m.commune_id = ${tenant} and m.group_id = d.id and m.valid_to is null
    join loa.person p on p.commune_id = m.commune_id and p.id = m.person_id
    where p.household_id = ${household} and p.left_at is null and p.died_on is null limit 1`
  return Boolean(row)
}

export interface SessionRow {
  id: string
  kind: 'staff' | 'resident' | 'token' | 'assist'
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
  made_at: Date
  name: string
  /** Homes that the phone opens beside this one, and those for whose elders somebody of them reads. */
  other_homes: string[]
  reads_for: string[]
}

export interface SessionKey {
  tenant: number
  digest: Buffer
}

/**
 * The live session of each digest, with its post as it is held today. A post no longer held leaves a session without one;
 * an assisted one ends with it, and with the helper's own session.
 */
export async function findSessions(db: Db, keys: readonly SessionKey[]): Promise<(SessionRow | undefined)[]> {
  const rows = await db<(SessionRow & { n: number })[]>`
    select asked.n::int, found.*
    from unnest(${keys.map(key => key.tenant)}::int[], ${keys.map(key => key.digest.toString('hex'))}::text[])
      with ordinality as asked(tenant, digest, n)
    cross join lateral (
      select s.id, s.kind, s.account_id, s.household_id, s.person_id, s.seen_at, s.made_at, s.name,
        coalesce(s.language, a.language) as language,
        p.id as post_id, p.role, p.unit_id, p.group_id, v.path, ${homesOfSession(db)}
      from loa.session s
      left join loa.account a on a.id = s.account_id and a.closed_at is null
      left join lateral (
        select * from loa.post p where p.id = s.post_id and p.closed_at is null and exists (
          select 1 from loa.post_term t where t.post_id = p.id and t.account_id = s.account_id
            and t.valid_from <= ${now()} and (t.valid_to is null or t.valid_to > ${now()}))
        limit 1) p on true
      left join loa.unit_version v on v.unit_id = p.unit_id
        and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
      where s.commune_id = asked.tenant and s.digest = decode(asked.digest, 'hex')
        and s.ended_at is null and s.ends_at > ${now()} and (s.account_id is null or a.id is not null)
        and (s.kind <> 'assist' or p.id is not null and exists (
          select 1 from loa.session own where own.commune_id = s.commune_id and own.id = s.parent_id
            and own.ended_at is null and own.ends_at > ${now()}))
      limit 1) found`
  const byNumber = new Map(rows.map(({ n, ...row }) => [n, row]))
  return keys.map((_, n) => byNumber.get(n + 1))
}

export interface NewSession {
  tenant: number
  kind: 'staff' | 'resident' | 'token'
  account?: string | undefined
  post?: string | undefined
  household?: string | undefined
  person?: string | undefined
  card?: string | undefined
  /** What its owner knows it by: a phone's kind, or the name given to a token. */
  name?: string
  /** Days until it ends by itself; for people each use begins them anew. */
  days: number
}

const endOf = (days: number) => new Date(now().getTime() + days * 86_400_000)

/** Every cookie and bearer begins with its tenant. */
export const tokenText = (tenant: number, secret: string) => `${tenant.toString(36)}-${secret}`

/** Makes a session; its secret is known only from here. @returns the cookie's or bearer's text */
export async function newSession(db: Db, session: NewSession): Promise<{ token: string; id: string; endsAt: Date }> {
  const secret = newToken()
  const id = newId()
  const endsAt = endOf(session.days)
  await db`
    insert into loa.session (commune_id, id, kind, digest, account_id, post_id, household_id, person_id, card_id, name,
      made_at, seen_at, ends_at)
    values (${session.tenant}, ${id}, ${session.kind}, ${digest(secret)}, ${session.account ?? null},
      ${session.post ?? null}, ${session.household ?? null}, ${session.person ?? null}, ${session.card ?? null},
      ${session.name ?? ''}, ${now()}, ${now()}, ${endsAt})`
  return { token: tokenText(session.tenant, secret), id, endsAt }
}

/** Notes that a person's session was used and lets it live on; a token's end never moves. */
export async function markSeen(db: Db, tenant: number, id: string, days: number) {
  await db`
    update loa.session set seen_at = ${now()}, ends_at = greatest(ends_at, ${endOf(days)})
    where commune_id = ${tenant} and id = ${id} and kind in ('staff', 'resident') and ended_at is null`
}

/** Ends one session. @returns whether it was still alive */
export async function endSession(db: Db, tenant: number, id: string): Promise<boolean> {
  const ended = await db`
    update loa.session set ended_at = ${now()}
    where commune_id = ${tenant} and id = ${id} and ended_at is null returning 1`
  return ended.length > 0
}

export async function setSessionLanguage(db: Db, tenant: number, id: string, language: 'vi' | 'en') {
  await db`update loa.session set language = ${language} where commune_id = ${tenant} and id = ${id}`
}

export async function findKind(db: Db, tenant: number, id: string): Promise<SessionRow['kind'] | undefined> {
  const [row] = await db<{ kind: SessionRow['kind'] }[]>`
    select kind from loa.session where commune_id = ${tenant} and id = ${id}`
  return row?.kind
}

/** The session's own; of an assisted one the helper's. */
export async function languageOfSession(db: Db, tenant: number, id: string): Promise<'vi' | 'en' | null> {
  const [row] = await db<{ language: 'vi' | 'en' | null }[]>`
    select coalesce(s.language, a.language) as language from loa.session s left join loa.account a on a.id = s.account_id
    where s.commune_id = ${tenant} and s.id = ${id}`
  return row?.language ?? null
}

export interface ListedSession {
  id: string
  name: string
  title: string | null
  made_at: Date
  seen_at: Date
  ends_at: Date
}

/** Living sessions of an account (or its tokens), newest first, before a session's id. */
export async function sessionsOfAccount(
  db: Db,
  of: { tenant: number; account: string; kind: 'staff' | 'token'; before: string | null },
  limit: number,
): Promise<ListedSession[]> {
  return db<ListedSession[]>`
    select s.id, s.name, p.title, s.made_at, s.seen_at, s.ends_at
    from loa.session s left join loa.post p on p.id = s.post_id
    where s.commune_id = ${of.tenant} and s.account_id = ${of.account} and s.kind = ${of.kind}
      and s.ended_at is null and s.ends_at > ${now()} and (${of.before}::uuid is null or s.id < ${of.before}::uuid)
    order by s.id desc limit ${limit}`
}

/** Phones that open a home, newest first. */
export async function sessionsOfHome(
  db: Db,
  of: { tenant: number; household: string; before: string | null },
  limit: number,
): Promise<ListedSession[]> {
  return db<ListedSession[]>`
    select s.id, s.name, null as title, s.made_at, s.seen_at, s.ends_at from loa.session s
    where s.commune_id = ${of.tenant} and s.kind = 'resident' and s.id in (
        select n.session_id from loa.phone_home n
        where n.commune_id = ${of.tenant} and n.household_id = ${of.household} and not n.is_reader)
      and s.ended_at is null and s.ends_at > ${now()} and (${of.before}::uuid is null or s.id < ${of.before}::uuid)
    order by s.id desc limit ${limit}`
}

/** Ends sessions of an account in the tenants named. @param but the one that stays @returns how many */
export async function endSessionsOf(
  db: Db,
  of: { tenants: readonly number[]; account: string; kinds: readonly ('staff' | 'token')[]; but?: string | undefined },
): Promise<number> {
  const ended = await db`
    update loa.session set ended_at = ${now()}
    where commune_id = any(${[...of.tenants]}::int[]) and account_id = ${of.account}
      and kind = any(${[...of.kinds]}::text[]) and ended_at is null and id is distinct from ${of.but ?? null}::uuid
    returning 1`
  // What a merger had ended does not come back with its undoing.
  await db`
    update loa.session set ended_with = null
    where commune_id = any(${[...of.tenants]}::int[]) and account_id = ${of.account} and ended_with is not null`
  return ended.length
}

/** Of one person. Tokens and assisted sessions belong to the post and end; a person goes on as `instead`, if there is one. */
export async function leavePost(
  db: Db,
  of: { tenant: number; post: string; account: string; instead: string | null; act: string | null },
): Promise<void> {
  await db`
    update loa.session set
      ended_with = case when kind not in ('token', 'assist') and ${of.instead}::uuid is null then ${of.act}::uuid end,
      ended_at = case when kind in ('token', 'assist') or ${of.instead}::uuid is null then ${now()}::timestamptz end,
      post_id = case when kind in ('token', 'assist') then post_id else coalesce(${of.instead}::uuid, post_id) end
    where commune_id = ${of.tenant} and account_id = ${of.account} and post_id = ${of.post} and ended_at is null`
}

/** A person's phones that an act shut out are let in again, unless they were shut out for another reason since. */
export async function resumeSessions(db: Db, of: { tenant: number; post: string; account: string; act: string }) {
  await db`
    update loa.session set ended_at = null, ended_with = null
    where commune_id = ${of.tenant} and account_id = ${of.account} and post_id = ${of.post} and ended_with = ${of.act}`
}

/** Whose session is it? */
export async function findOwner(db: Db, tenant: number, id: string) {
  const [row] = await db<{ kind: SessionRow['kind']; account_id: string | null }[]>`
    select kind, account_id from loa.session
    where commune_id = ${tenant} and id = ${id} and ended_at is null`
  return row
}
