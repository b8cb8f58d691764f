import type { Db } from '#core/db'

/** The small numbers of homes within their commune. */
export async function homeNumbers(db: Db, tenant: number, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await db<{ id: string; no: number }[]>`
    select id, no from loa.household where commune_id = ${tenant} and id = any(${[...ids]}::uuid[])`
  return new Map(rows.map(row => [row.id, row.no]))
}
