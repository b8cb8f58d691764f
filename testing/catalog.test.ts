import { expect, test } from 'vitest'
import { testDb } from '#testing/db'

const sql = await testDb()

/** The same on every node of a cluster: small, rarely written. */
const reference = new Set([
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

interface Index {
  table: string
  index: string
  first: string
}

test('every key and unique index of a domain table begins with the tenant', async () => {
  const rows = await sql<Index[]>`
    select c.relname as table, i.relname as index, a.attname as first
    from pg_index x
    join pg_class c on c.oid = x.indrelid
    join pg_class i on i.oid = x.indexrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'loa'
    join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
    where x.indisunique or x.indisprimary`
  const wrong = rows.filter(row => !reference.has(row.table) && row.first !== 'commune_id')
  expect(rows.length).toBeGreaterThan(40)
  expect(wrong).toEqual([])
})

test('every foreign key between domain tables carries the tenant', async () => {
  const rows = await sql<{ from: string; to: string; first: string }[]>`
    select c.relname as from, f.relname as to, a.attname as first
    from pg_constraint k
    join pg_class c on c.oid = k.conrelid
    join pg_class f on f.oid = k.confrelid
    join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'loa'
    join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
    where k.contype = 'f'`
  expect(rows.filter(row => !reference.has(row.to) && row.first !== 'commune_id')).toEqual([])
})

test('there are no triggers and no sequences', async () => {
  const triggers = await sql`
    select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'loa' and not t.tgisinternal`
  const sequences = await sql`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'loa' and c.relkind = 'S'`
  expect([...triggers, ...sequences]).toEqual([])
})
