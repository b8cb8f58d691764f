// The tables of the schema, for tests that hold something against all of them.
import { testDb } from '#testing/db'

/** The same on every node of a cluster: small, rarely written. */
export const referenceTables: ReadonlySet<string> = new Set([
  'commune',
  'migration',
  'setting',
  'unit',
  'unit_version',
  'unit_alias',
  'unit_change',
  'account',
  'post',
  'post_term',
])

/** Tables with rows of communes, without their partitions. */
export async function tablesOfCommunes(): Promise<string[]> {
  const sql = await testDb()
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'loa'
    join pg_attribute a on a.attrelid = c.oid and a.attname = 'commune_id' and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition`
  return rows.map(row => row.name)
}
