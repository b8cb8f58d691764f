// Forward-only migrations: numbered plain SQL, one folder a part, behind an advisory lock, with checksums.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { now } from './clock.ts'
import type { Db, Sql } from './db.ts'

export interface Migration {
  part: string
  name: string
  text: string
  checksum: string
}

/** Two that branches wrote under one number would run in the order of their names, which nobody chose. */
function mustHaveOwnNumbers(folder: string, names: readonly string[]) {
  const byNumber = Map.groupBy(names, name => name.split('-')[0]!)
  const same = [...byNumber.values()].find(of => of.length > 1)
  if (same) throw new Error(`${folder}: ${same.join(' and ')} share a number. Give the later one the next number.`)
}

/**
 * Reads the migrations of the parts in level order. Folders: `core/migrations`, `modules/<part>/migrations`.
 * @throws Error when two of a part share a number
 */
export function readMigrations(root: string, parts: readonly string[]): Migration[] {
  return parts.flatMap(part => {
    const folder = join(root, part === 'core' ? 'core' : `modules/${part}`, 'migrations')
    if (!existsSync(folder)) return []
    const names = readdirSync(folder)
      .filter(name => name.endsWith('.sql'))
      .toSorted()
    mustHaveOwnNumbers(folder, names)
    return names.map(name => {
      const text = readFileSync(join(folder, name), 'utf8')
      return { part, name, text, checksum: createHash('sha256').update(text).digest('hex') }
    })
  })
}

const lockKey = 20_251_107

interface Applied {
  part: string
  name: string
  checksum: string
}

async function appliedOf(db: Db): Promise<Applied[]> {
  const [there] = await db`select to_regclass('loa.migration') is not null as yes`
  return there?.['yes'] ? await db<Applied[]>`select part, name, checksum from loa.migration` : []
}

/** Which migrations are still to run. @throws Error when the database is newer than this program, or a migration was changed */
async function pending(db: Db, all: readonly Migration[]): Promise<Migration[]> {
  const applied = await appliedOf(db)
  const known = new Map(all.map(m => [`${m.part}/${m.name}`, m]))
  for (const row of applied) {
    const mine = known.get(`${row.part}/${row.name}`)
    if (!mine)
      throw new Error(
        `the database is newer than this program: it knows ${row.part}/${row.name}. Start the newer version.`,
      )
    if (mine.checksum !== row.checksum)
      throw new Error(
        `${row.part}/${row.name} was changed after it had run. Restore the file; a change is a new migration.`,
      )
  }
  const done = new Set(applied.map(row => `${row.part}/${row.name}`))
  return all.filter(m => !done.has(`${m.part}/${m.name}`))
}

/**
 * Brings the schema up to date in one transaction.
 * @param before runs first when an existing database is about to change, for a backup
 * @param seed fills the tables that the product ships
 */
export async function migrate(
  sql: Sql,
  all: readonly Migration[],
  { before, seed }: { before?: () => Promise<void>; seed?: (db: Db) => Promise<void> } = {},
): Promise<string[]> {
  if (before && (await appliedOf(sql)).length && (await pending(sql, all)).length) await before()
  return sql.begin(async tx => {
    await tx`select pg_advisory_xact_lock(${lockKey})`
    await tx`create schema if not exists loa`
    await tx`
      create table if not exists loa.migration (
        part text, name text, checksum text not null, applied_at timestamptz not null, primary key (part, name))`
    const wanted = await pending(tx, all)
    for (const m of wanted) {
      await tx.unsafe(m.text)
      await tx`
        insert into loa.migration (part, name, checksum, applied_at) values (${m.part}, ${m.name}, ${m.checksum}, ${now()})`
    }
    await seed?.(tx)
    return wanted.map(m => `${m.part}/${m.name}`)
  })
}
