import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { Language } from '#core/words'
import { refusedAt } from '#people'

export async function findSetting<T>(db: Db, key: string): Promise<T | undefined> {
  const [row] = await db<{ value: T }[]>`select value from loa.setting where key = ${key}`
  return row?.value
}

/** The first one's value holds. */
export async function keepSetting(db: Db, key: string, value: object) {
  await db`
    insert into loa.setting (key, value, changed_at) values (${key}, ${db.json(value as never)}, ${now()})
    on conflict (key) do nothing`
}

export interface NewDevice {
  tenant: number
  id: string
  session: string
  household: string | undefined
  account: string | undefined
  person: string | undefined
  digest: Buffer
  sealed: string
  at: Date
}

/** One row a browser: whoever is signed in on it now. @returns its id */
export async function putDevice(tx: Tx, d: NewDevice): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into loa.push_subscription as s
      (commune_id, id, session_id, household_id, account_id, person_id, digest, sealed, added_at)
    values (${d.tenant}, ${d.id}, ${d.session}, ${d.household ?? null}, ${d.account ?? null}, ${d.person ?? null}, ${d.digest},
      ${d.sealed}, ${d.at})
    on conflict (commune_id, digest) do update set session_id = excluded.session_id, household_id = excluded.household_id,
      account_id = excluded.account_id, person_id = excluded.person_id, sealed = excluded.sealed, added_at = excluded.added_at,
      dead_at = null
    returning id`
  return row!.id
}

/** A home has this many living devices at most; the oldest give way. */
const mostDevices = 20

export async function dropOldest(tx: Tx, { tenant, household, account, at }: NewDevice) {
  await tx`
    update loa.push_subscription set dead_at = ${at}
    where commune_id = ${tenant} and id in (
      select id from loa.push_subscription
      where commune_id = ${tenant} and dead_at is null and household_id is not distinct from ${household ?? null}::uuid
        and account_id is not distinct from ${account ?? null}::uuid
      order by added_at desc, id desc offset ${mostDevices})`
}

/** Only what belongs to this phone, home or account. */
export async function endDevice(
  tx: Tx,
  d: {
    tenant: number
    id: string
    session: string
    household: string | undefined
    account: string | undefined
    at: Date
  },
) {
  await tx`
    update loa.push_subscription set dead_at = ${d.at}
    where commune_id = ${d.tenant} and id = ${d.id} and dead_at is null
      and (session_id = ${d.session} or household_id is not distinct from ${d.household ?? null}::uuid
        and account_id is not distinct from ${d.account ?? null}::uuid)`
}

export async function buryDevice(db: Db, tenant: number, id: string, at: Date) {
  await db`
    update loa.push_subscription set dead_at = ${at} where commune_id = ${tenant} and id = ${id} and dead_at is null`
}

/**
 * Devices that stand for these homes and whose session lives: a lost phone, signed out afar, gets nothing more. One phone may stand for
 * several. @param withReaders phones of who reads for the home too @param purposes where one of them was refused, `isRefused`
 */
export async function liveDevices(
  db: Db,
  tenant: number,
  householdIds: readonly string[],
  at: Date,
  { withReaders = false, purposes = [] }: { withReaders?: boolean; purposes?: readonly string[] } = {},
) {
  const own = refusedAt(db, tenant, purposes, { home: db`o.household_id`, person: db`null::uuid` })
  return db<
    { householdId: string; id: string; sealed: string; isShared: boolean; isRefused: boolean; language: Language }[]
  >`
    select distinct n.household_id as "householdId", d.id, d.sealed, coalesce(s.language, 'vi') as language,
      ${refusedAt(db, tenant, purposes, { home: db`n.household_id`, person: db`null::uuid` })} or n.is_reader and exists (
        select 1 from loa.phone_home o where o.commune_id = ${tenant} and o.session_id = d.session_id and not o.is_reader and ${own})
        as "isRefused",
      exists (select 1 from loa.phone_home o where o.commune_id = ${tenant} and o.session_id = d.session_id
        and o.household_id <> n.household_id) as "isShared"
    from loa.phone_home n
    join loa.push_subscription d on d.commune_id = ${tenant} and d.session_id = n.session_id and d.dead_at is null
    join loa.session s on s.commune_id = ${tenant} and s.id = n.session_id
    where n.commune_id = ${tenant} and n.household_id = any(${[...householdIds]}::uuid[]) and n.ends_at > ${at}
      and (${withReaders} or not n.is_reader)`
}

const signedIn = (db: Db, tenant: number, at: Date) => db`
  from loa.push_subscription d
  join loa.session s on s.commune_id = ${tenant} and s.id = d.session_id and s.ended_at is null and s.ends_at > ${at}
  join loa.account a on a.id = d.account_id
  where d.commune_id = ${tenant} and d.dead_at is null`

/** Devices on which these people are signed in, by id. */
export async function staffDevices(db: Db, tenant: number, accounts: readonly string[], at: Date): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select d.id ${signedIn(db, tenant, at)} and d.account_id = any(${[...accounts]}::uuid[])`
  return rows.map(row => row.id)
}

/** A device on which somebody is still signed in, with the language of his account. */
export async function findStaffDevice(db: Db, tenant: number, id: string, at: Date) {
  const [row] = await db<{ id: string; sealed: string; language: Language }[]>`
    select d.id, d.sealed, coalesce(s.language, a.language) as language ${signedIn(db, tenant, at)} and d.id = ${id}`
  return row
}
