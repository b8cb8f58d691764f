import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrate, readMigrations, type Migration } from '#core/migrate'
import { testDb } from '#testing/db'

const sql = await testDb()
await sql`drop schema loa cascade`

const step = (name: string, text: string): Migration => ({
  part: 'core',
  name,
  text,
  checksum: createHash('sha256').update(text).digest('hex'),
})
const one = step('0001-a.sql', 'create table loa.a (id int)')
const two = step('0002-b.sql', 'create table loa.b (id int)')

test('migrations run once, in order, and a second start has nothing to do', async () => {
  expect(await migrate(sql, [one])).toEqual(['core/0001-a.sql'])
  expect(await migrate(sql, [one, two])).toEqual(['core/0002-b.sql'])
  expect(await migrate(sql, [one, two])).toEqual([])
})

test('an existing database is backed up before it changes, and only then', async () => {
  let backups = 0
  const before = () => {
    backups++
    return Promise.resolve()
  }
  await migrate(sql, [one, two], { before })
  expect(backups).toBe(0)
  await migrate(sql, [one, two, step('0003-c.sql', 'create table loa.c (id int)')], { before })
  expect(backups).toBe(1)
})

test('an older program refuses a newer database', async () => {
  await expect(migrate(sql, [one])).rejects.toThrow('newer than this program')
})

test('a migration changed after it had run is refused', async () => {
  const three = step('0003-c.sql', 'create table loa.c (id int)')
  await expect(migrate(sql, [step('0001-a.sql', 'create table loa.a (id bigint)'), two, three])).rejects.toThrow(
    'was changed',
  )
})

test('a migration that fails leaves nothing half-done', async () => {
  const three = step('0003-c.sql', 'create table loa.c (id int)')
  await expect(
    migrate(sql, [one, two, three, step('0004-d.sql', 'create table loa.d (id int); select nonsense')]),
  ).rejects.toThrow()
  const [there] = await sql`select to_regclass('loa.d') is null as gone`
  expect(there).toEqual({ gone: true })
})

test('two programs that start at once migrate once', async () => {
  const three = step('0003-c.sql', 'create table loa.c (id int)')
  const four = step('0004-d.sql', 'create table loa.d (id int)')
  const done = await Promise.all([migrate(sql, [one, two, three, four]), migrate(sql, [one, two, three, four])])
  expect(done.flat()).toEqual(['core/0004-d.sql'])
})

test('two migrations of one part that share a number are refused; those of two parts may', () => {
  const root = mkdtempSync(join(tmpdir(), 'migrations-'))
  const write = (part: string, name: string) => {
    mkdirSync(join(root, 'modules', part, 'migrations'), { recursive: true })
    writeFileSync(join(root, 'modules', part, 'migrations', name), 'select 1')
  }
  write('people', '0001-people.sql')
  write('units', '0001-units.sql')
  const read = () => readMigrations(root, ['units', 'people']).map(m => `${m.part}/${m.name}`)
  expect(read()).toEqual(['units/0001-units.sql', 'people/0001-people.sql'])
  write('people', '0001-other.sql')
  expect(read).toThrow('0001-other.sql and 0001-people.sql share a number')
  rmSync(root, { recursive: true })
})
