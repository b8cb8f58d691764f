// Proves the roll-ups: counts homes one by one and holds the result against the figures that screens read.
import type { Sql } from '#core/db'
import { recountChannels, recountHomes, recountMinutes, recountUnits } from './store/recount.ts'

export interface Difference {
  publishedId: string
  /** `households`, `reached`, `channel app`, `minute 29412345`, `home`… */
  what: string
  kept: number
  counted: number
  unitId?: string
  householdId?: string
}

export interface Recount {
  publications: number
  homes: number
  differences: Difference[]
}

/** Every figure of a tenant counted anew. Nothing is written. */
export async function recount(sql: Sql, tenant: number): Promise<Recount> {
  const [size] = await sql<{ publications: number; homes: number }[]>`
    select (select count(*) from loa.publication where commune_id = ${tenant})::int as publications,
      (select count(*) from loa.reach_home where commune_id = ${tenant})::int as homes`
  const parts = await Promise.all([
    recountUnits(sql, tenant),
    recountMinutes(sql, tenant),
    recountChannels(sql, tenant),
    recountHomes(sql, tenant),
  ])
  return { ...size!, differences: parts.flat() }
}
