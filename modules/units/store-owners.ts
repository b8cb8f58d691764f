import { today } from '#core/clock'
import { nextNumber } from '#core/counter'
import type { Db, Tx } from '#core/db'
import { firstOwner } from './owner-no.ts'

export interface OwnerRow {
  tenant: number
  name: string
}

/** A new owner under the next free number. @returns the number */
export async function insertOwner(tx: Tx, name: string): Promise<number> {
  const tenant = firstOwner - 1 + (await nextNumber(tx, 0, 'owner'))
  await tx`
    insert into loa.commune (commune_id, kind, name, opened_on, is_used)
    values (${tenant}, 'owner', ${name}, ${today()}, true)`
  return tenant
}

export async function findOwnerRow(db: Db, tenant: number): Promise<OwnerRow | undefined> {
  const [row] = await db<OwnerRow[]>`
    select commune_id as tenant, name from loa.commune
    where commune_id = ${tenant} and kind = 'owner' and closed_on is null`
  return row
}

export const ownerRows = (db: Db) => db<OwnerRow[]>`
  select commune_id as tenant, name from loa.commune
  where commune_id >= ${firstOwner} and kind = 'owner' and closed_on is null order by commune_id`

/** Those that it has ever served are for what was written then; else those of today. */
export async function servedTenants(db: Db, tenant: number, isEver = false): Promise<number[]> {
  const rows = await db<{ serves: number }[]>`
    select distinct serves from loa.owner_commune
    where commune_id = ${tenant} and (${isEver} or valid_to is null or valid_to > ${today()})`
  return rows.map(row => row.serves)
}

/** Which communes these owners serve or have served: once each. */
export const servedBy = (db: Db, tenants: readonly number[]) => db<
  { tenant: number; serves: number; isNow: boolean }[]
>`
  select commune_id as tenant, serves, bool_or(valid_to is null or valid_to > ${today()}) as "isNow"
  from loa.owner_commune where commune_id = any(${[...tenants]}::int[]) group by commune_id, serves`

export async function doesServe(db: Db, tenant: number, commune: number): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.owner_commune
    where commune_id = ${tenant} and serves = ${commune} and (valid_to is null or valid_to > ${today()}) limit 1`
  return Boolean(row)
}

/** From today it serves these communes and no others. */
export async function setServed(tx: Tx, tenant: number, communes: readonly number[]) {
  await tx`
    update loa.owner_commune set valid_to = ${today()}
    where commune_id = ${tenant} and valid_to is null and serves <> all(${[...communes]}::int[])`
  await tx`
    insert into loa.owner_commune (commune_id, serves, valid_from)
    select ${tenant}::int, c.serves, ${today()}::date from unnest(${[...communes]}::int[]) as c(serves)
    where not exists (
      select 1 from loa.owner_commune o where o.commune_id = ${tenant} and o.serves = c.serves and o.valid_to is null)
    on conflict (commune_id, serves, valid_from) do update set valid_to = null`
}

/** The units of these communes as they stand today. */
export async function communeUnits(db: Db, tenants: readonly number[]): Promise<{ tenant: number; unitId: string }[]> {
  return db<{ tenant: number; unitId: string }[]>`
    select commune_id as tenant, unit_id as "unitId" from loa.commune
    where commune_id = any(${[...tenants]}::int[]) and unit_id is not null`
}
