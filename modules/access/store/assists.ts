// Assisted sessions: who acts for which home, from when until when, and what was done.
import { now } from '#core/clock'
import { column, type Db, type Tx } from '#core/db'
import { digest } from '#core/secrets'

export interface NewAssist {
  tenant: number
  id: string
  household: string
  person: string | undefined
  consent: string
  account: string
  post: string
  endsAt: Date
}

/** @returns false when the id is there already: the same was pressed twice */
export async function addAssist(tx: Tx, one: NewAssist): Promise<boolean> {
  const made = await tx`
    insert into loa.assist (commune_id, id, household_id, person_id, consent_id, account_id, post_id, begun_at, ends_at)
    values (${one.tenant}, ${one.id}, ${one.household}, ${one.person ?? null}, ${one.consent}, ${one.account}, ${one.post},
      ${now()}, ${one.endsAt})
    on conflict do nothing returning 1`
  return made.length > 0
}

/** The session of an assist. It never outlives its day, however much it is used. */
export async function addAssistSession(tx: Tx, one: NewAssist & { parent: string; secret: string; name: string }) {
  await tx`
    insert into loa.session (commune_id, id, kind, digest, account_id, post_id, household_id, person_id, parent_id, name,
      made_at, seen_at, ends_at)
    values (${one.tenant}, ${one.id}, 'assist', ${digest(one.secret)}, ${one.account}, ${one.post}, ${one.household},
      ${one.person ?? null}, ${one.parent}, ${one.name}, ${now()}, ${now()}, ${one.endsAt})`
}

export interface AssistRow {
  id: string
  household: string
  person: string | null
  account: string
  post: string
  title: string
  begunAt: Date
  endsAt: Date
  endedAt: Date | null
  endedBy: 'helper' | 'home' | 'post' | 'time' | null
  isOpen: boolean
}

/** Ended as soon as its time is over, its session, the helper's own session, or the helper's term in the post. */
const assist = (db: Db) => db`
  select a.id, a.household_id as household, a.person_id as person, a.account_id as account, a.post_id as post, p.title,
    a.begun_at as "begunAt", a.ends_at as "endsAt",
    coalesce(a.ended_at, s.ended_at, case when a.ends_at <= ${now()} then a.ends_at end) as "endedAt",
    coalesce(a.ended_by, case when s.ended_at is not null or not held.yes or not lives.yes then 'post'
      when a.ends_at <= ${now()} then 'time' end) as "endedBy",
    a.ended_at is null and s.ended_at is null and a.ends_at > ${now()} and held.yes and lives.yes as "isOpen"
  from loa.assist a
  join loa.session s on s.commune_id = a.commune_id and s.id = a.id
  join loa.post p on p.id = a.post_id
  cross join lateral (select p.closed_at is null and exists (
    select 1 from loa.post_term t where t.post_id = a.post_id and t.account_id = a.account_id
      and t.valid_from <= ${now()} and (t.valid_to is null or t.valid_to > ${now()})) as yes) held
  cross join lateral (select exists (
    select 1 from loa.session own where own.commune_id = s.commune_id and own.id = s.parent_id and own.ended_at is null
      and own.ends_at > ${now()}) as yes) lives`

export async function findAssist(db: Db, tenant: number, id: string): Promise<AssistRow | undefined> {
  const [row] = await db<AssistRow[]>`${assist(db)} where a.commune_id = ${tenant} and a.id = ${id}`
  return row
}

/** Of one home, the newest first, after a moment and id. */
export async function assistsOfHome(
  db: Db,
  of: { tenant: number; household: string; after: { at: string; id: string } | null },
  limit: number,
): Promise<AssistRow[]> {
  return db<AssistRow[]>`
    ${assist(db)} where a.commune_id = ${of.tenant} and a.household_id = ${of.household}
      and (${of.after?.at ?? null}::timestamptz is null
        or (a.begun_at, a.id) < (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? null}::uuid))
    order by a.begun_at desc, a.id desc limit ${limit}`
}

export interface ActRow {
  assist: string
  what: string
  at: Date
  notice: string | null
  kind: string | null
}

/** What was done in these sessions, in its order: entries of the trail that name them. */
export async function actsOf(db: Db, tenant: number, assists: readonly string[]): Promise<ActRow[]> {
  return db<ActRow[]>`
    select t.data ->> 'assist' as assist, t.what, t.at, case when t.about_kind = 'notice' then t.about_id end as notice,
      t.data ->> 'kind' as kind
    from loa.trail t
    where t.commune_id = ${tenant} and t.data ? 'assist' and t.data ->> 'assist' = any(${[...assists]}::text[])
      and t.what in ('notice.acknowledged', 'question.asked', 'data.requested')
    order by t.id`
}

/** Which sessions to end: one, all of a home, or all that were opened from another session but one. */
export interface WhichAssists {
  tenant: number
  id?: string
  household?: string
  parent?: string
  but?: string
}

export interface EndedAssist {
  id: string
  household: string
}

/** @returns those that were still running */
export async function endAssists(tx: Tx, which: WhichAssists, by: 'helper' | 'home' | 'post'): Promise<EndedAssist[]> {
  const { tenant, id = null, household = null, parent = null, but = null } = which
  const ended = await tx<EndedAssist[]>`
    update loa.session set ended_at = ${now()}
    where commune_id = ${tenant} and kind = 'assist' and ended_at is null and ends_at > ${now()}
      and (${id}::uuid is null or id = ${id}::uuid) and (${household}::uuid is null or household_id = ${household}::uuid)
      and (${parent}::uuid is null or parent_id = ${parent}::uuid) and id is distinct from ${but}::uuid
    returning id, household_id as household`
  await tx`
    update loa.assist set ended_at = ${now()}, ended_by = ${by}
    where commune_id = ${tenant} and id = any(${column(ended, 'id')}::uuid[]) and ended_at is null`
  return ended
}
