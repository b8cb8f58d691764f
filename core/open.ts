// Opens the installation's database, embedded or named, and brings its schema up to date.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from './config.ts'
import { connect, otherDatabase, type Sql } from './db.ts'
import { closeToOthers, startEmbedded } from './embedded.ts'
import { mustBeKind, noteKind } from './installation.ts'
import { migrate, readMigrations, type Migration } from './migrate.ts'
import type { Module } from './module.ts'
import { keysFrom, readSecret, type Keys } from './secrets.ts'

export interface Opened {
  sql: Sql
  keys: Keys
  /** Where another process connects to. */
  where: string
  /** The database was already running: somebody else's start, or one whose program was killed. */
  isAdopted: boolean
  /** `if_unused`: a command leaves the database running for whoever else is connected. */
  close: (how: { stopDatabase: 'always' | 'if_unused' }) => Promise<void>
}

const settings = { shared_buffers: '256MB', max_wal_size: '1GB', max_connections: '100' }

/** The embedded server's own database; the product's is made in it once. */
async function ensureDatabase(where: string) {
  const admin = otherDatabase(where, 'postgres', 1)
  const [there] = await admin`select 1 from pg_database where datname = 'loa'`
  if (!there) await admin`create database loa`
  await admin.end()
}

async function startDatabase(config: Config) {
  if (config.databaseUrl) return { where: config.databaseUrl, isAdopted: true, stop: () => Promise.resolve() }
  mkdirSync(config.dataDir, { recursive: true })
  if (!config.isDemo) closeToOthers(config.dataDir)
  const db = await startEmbedded(join(config.dataDir, 'pg'), settings)
  await ensureDatabase(db.socket)
  return { where: db.socket, isAdopted: db.adopted, stop: db.stop }
}

/** Nobody else is connected. Our own connections may need a moment to be gone. */
async function isUnused(where: string): Promise<boolean> {
  const one = connect(where, 1)
  try {
    for (let n = 0; n < 5; n++) {
      const [row] = await one<{ others: number }[]>`
        select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()`
      if (!row!.others) return true
      await sleep(40)
    }
    return false
  } finally {
    await one.end({ timeout: 1 })
  }
}

async function bringUpToDate(
  sql: Sql,
  config: Config,
  migrations: readonly Migration[],
  modules: readonly Module[],
  before?: (sql: Sql) => Promise<unknown>,
) {
  await mustBeKind(sql, config.isDemo)
  await migrate(sql, migrations, {
    ...(before && { before: async () => void (await before(sql)) }),
    async seed(db) {
      for (const module of modules) await module.seed?.(db)
    },
  })
  await noteKind(sql, config.isDemo)
}

/** @param before runs before an existing schema changes: a backup */
export async function open(
  config: Config,
  root: string,
  parts: readonly string[],
  modules: readonly Module[],
  before?: (sql: Sql) => Promise<unknown>,
): Promise<Opened> {
  const { where, isAdopted, stop } = await startDatabase(config)
  mkdirSync(config.dataDir, { recursive: true })
  const keys = keysFrom(readSecret(config.secretKey, join(config.dataDir, 'secret.key')))
  const sql = connect(where)
  try {
    await bringUpToDate(sql, config, readMigrations(root, parts), modules, before)
  } catch (error) {
    await sql.end({ timeout: 1 })
    if (!isAdopted) await stop()
    throw error
  }
  return {
    sql,
    keys,
    where,
    isAdopted,
    async close({ stopDatabase }) {
      await sql.end({ timeout: 5 })
      if (stopDatabase === 'always' || (await isUnused(where))) await stop()
    },
  }
}
