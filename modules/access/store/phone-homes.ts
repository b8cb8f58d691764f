// A phone that opens several homes: the session names the one in use, loa.session_home the others.
import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'

/** Whose homes a phone opens beside the one in use, and for whose elders somebody of them reads: pieces of the session's row. */
export const homesOfSession = (db: Db) => db`
  array(select o.household_id from loa.session_home o
    where o.commune_id = s.commune_id and o.session_id = s.id order by o.added_at, o.household_id) as other_homes,
  array(select distinct r.household_id from loa.phone_home r
    where s.household_id is not null and r.commune_id = s.commune_id and r.session_id = s.id and r.is_reader) as reads_for`

/** Does this living session open the home? */
export async function opensHome(db: Db, tenant: number, session: string, household: string): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.phone_home
    where commune_id = ${tenant} and session_id = ${session} and household_id = ${household} and not is_reader limit 1`
  return Boolean(row)
}

/** The home is the one in use from now on; the one before stays among the others. @returns how many others there are */
export async function useHome(tx: Tx, tenant: number, session: string, household: string): Promise<number> {
  await tx`
    insert into loa.session_home (commune_id, session_id, household_id, added_at)
    select commune_id, id, household_id, ${now()} from loa.session
    where commune_id = ${tenant} and id = ${session} and household_id <> ${household} on conflict do nothing`
  await tx`
    delete from loa.session_home where commune_id = ${tenant} and session_id = ${session} and household_id = ${household}`
  await tx`
    update loa.session set household_id = ${household}, person_id = case when household_id = ${household} then person_id end
    where commune_id = ${tenant} and id = ${session}`
  const [row] = await tx<{ n: number }[]>`
    select count(*)::int as n from loa.session_home where commune_id = ${tenant} and session_id = ${session}`
  return row!.n
}

/** Another secret for the same session: the one before opens nothing any more. */
export async function renewSecret(tx: Tx, tenant: number, session: string, digest: Buffer, endsAt: Date) {
  await tx`
    update loa.session set digest = ${digest}, seen_at = ${now()}, ends_at = greatest(ends_at, ${endsAt})
    where commune_id = ${tenant} and id = ${session} and ended_at is null`
}

/**
 * The home is taken from phones that open it, all of them or one; a phone that opens no other is shut out, the others go on with
 * what is left. @returns how many phones lost it
 */
export async function takeHomeFrom(tx: Db, tenant: number, household: string, session?: string): Promise<number> {
  const only = session ?? null
  const others = await tx`
    delete from loa.session_home
    where commune_id = ${tenant} and household_id = ${household} and (${only}::uuid is null or session_id = ${only}) returning 1`
  const next = await tx`
    with next as (
      select distinct on (o.session_id) o.session_id, o.household_id from loa.session s
      join loa.session_home o on o.commune_id = ${tenant} and o.session_id = s.id
      where s.commune_id = ${tenant} and s.household_id = ${household} and s.ended_at is null
        and (${only}::uuid is null or s.id = ${only})
      order by o.session_id, o.added_at, o.household_id),
    moved as (
      update loa.session s set household_id = n.household_id, person_id = null, card_id = null from next n
      where s.commune_id = ${tenant} and s.id = n.session_id returning s.id, s.household_id)
    delete from loa.session_home o using moved m
    where o.commune_id = ${tenant} and o.session_id = m.id and o.household_id = m.household_id returning 1`
  const ended = await tx`
    update loa.session set ended_at = ${now()}
    where commune_id = ${tenant} and household_id = ${household} and ended_at is null
      and (${only}::uuid is null or id = ${only}) returning 1`
  return others.length + next.length + ended.length
}
