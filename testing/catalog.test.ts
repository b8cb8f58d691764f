import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Db } from '#core/db'
import { testDb } from '#testing/db'
import { referenceTables } from './tables.ts'

const sql = await testDb()

interface Index {
  table: string
  index: string
  first: string
}

const uniqueIndexes = (db: Db) => db<Index[]>`
  select c.relname as table, i.relname as index, a.attname as first
  from pg_index x
  join pg_class c on c.oid = x.indrelid
  join pg_class i on i.oid = x.indexrelid
  join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'loa'
  join pg_attribute a on a.attrelid = c.oid and a.attnum = x.indkey[0]
  where x.indisunique or x.indisprimary`
const withoutTenant = async (db: Db) =>
  (await uniqueIndexes(db)).filter(row => !referenceTables.has(row.table) && row.first !== 'commune_id')

test('every key and unique index of a domain table begins with the tenant', async () => {
  expect((await uniqueIndexes(sql)).length).toBeGreaterThan(40)
  expect(await withoutTenant(sql)).toEqual([])
})

test('a table whose key begins with something else is seen', async () => {
  const found = await sql.begin(async tx => {
    await tx`create table loa.planted (commune_id int not null, id uuid not null, primary key (id, commune_id))`
    const wrong = await withoutTenant(tx)
    await tx`drop table loa.planted`
    return wrong
  })
  expect(found).toEqual([{ table: 'planted', index: 'planted_pkey', first: 'id' }])
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
  expect(rows.filter(row => !referenceTables.has(row.to) && row.first !== 'commune_id')).toEqual([])
})

test('there are no triggers and no sequences', async () => {
  const triggers = await sql`
    select t.tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'loa' and not t.tgisinternal`
  const sequences = await sql`
    select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'loa' and c.relkind = 'S'`
  expect([...triggers, ...sequences]).toEqual([])
})

/** Benches, the demo and the tools are run by hand: a table of theirs that was renamed shows here. */
test('every table that a program names is there', async () => {
  const rows = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'loa'`
  const there = new Set(rows.map(row => row.name))
  const root = join(import.meta.dirname, '..')
  const files = globSync('{bench,cli,demo,e2e,core,modules}/**/*.ts', { cwd: root }).filter(
    file => !file.endsWith('.test.ts'),
  )
  expect(files.length).toBeGreaterThan(300)
  const missing = files.flatMap(file =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(
        /\b(?:from|into|update|join|truncate|analyze|table) loa\.(\w+)/g,
      ),
    ]
      .map(found => found[1]!)
      .filter(name => !there.has(name))
      .map(name => `${file}: ${name}`),
  )
  expect(missing).toEqual([])
})
