// Homes that a post in a group may have come before, and the taking back of what it gave.
import type { Db, Tx } from '#core/db'
import { homesOfPublication } from './audience.ts'
import type { Publication } from './publication.ts'

/** Where a thing was to be seen: everything under a unit's path, or homes by name. */
export type ShownTo = { path: string } | { households: readonly string[] }

/** Homes of the publication there whose level is below the one told. */
export async function homesBelow(db: Db, p: Publication, to: ShownTo, level: number, day: string): Promise<string[]> {
  const path = 'path' in to ? to.path : null
  const rows = await db<{ id: string }[]>`
    select h.household_id as id from (${homesOfPublication(db, p)}) h
    left join loa.unit_version v on v.unit_id = h.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
    left join loa.reach_home r on r.commune_id = ${p.tenant} and r.published_id = ${p.publishedId} and r.household_id = h.household_id
    where coalesce(r.level, 0) < ${level}
      and (${path}::text is null and h.household_id = any(${'households' in to ? [...to.households] : []}::uuid[])
        or ${path}::text is not null and starts_with(v.path, ${path}::text))
    order by h.household_id`
  return rows.map(row => row.id)
}

/** @returns the homes whose receipts these were */
export async function dropReceipts(
  tx: Tx,
  of: { tenant: number; publishedId: string; channel: string },
  ids: readonly string[],
): Promise<string[]> {
  const rows = await tx<{ household_id: string }[]>`
    delete from loa.receipt
    where commune_id = ${of.tenant} and published_id = ${of.publishedId} and channel = ${of.channel} and id = any(${[...ids]}::uuid[])
    returning household_id`
  return rows.map(row => row.household_id)
}

/** Homes whose evidence of this channel counts. */
export async function homesShownBy(db: Db, tenant: number, publishedId: string, channel: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct household_id as id from loa.receipt
    where commune_id = ${tenant} and published_id = ${publishedId} and channel = ${channel}`
  return rows.map(row => row.id)
}
