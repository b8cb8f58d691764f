// Opens the installation's database, embedded or named, and brings its schema up to date.
import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { connect, otherDatabase, type Sql } from './db.ts'
import { startEmbedded } from './embedded.ts'
import { migrate, readMigrations } from './migrate.ts'
import type { Module } from './module.ts'
import { keysFrom, readSecret, type Keys } from './secrets.ts'

export interface Opened {
  sql: Sql
  keys: Keys
  /** Where another process connects to. */
  where: string
  /** The database was already running: somebody else's start, or one whose program was killed. */
  isAdopted: boolean
  close: (how: { stopDatabase: boolean }) => Promise<void>
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
  const db = await startEmbedded(join(config.dataDir, 'pg'), settings)
  await ensureDatabase(db.socket)
  return { where: db.socket, isAdopted: db.adopted, stop: db.stop }
}

/** @param before runs before an existing schema changes: a backup */
export async function open(
  config: Config,
  root: string,
  parts: readonly string[],
  modules: readonly Module[],
  before?: (sql: Sql) => Promise<void>,
): Promise<Opened> {
  const { where, isAdopted, stop } = await startDatabase(config)
  mkdirSync(config.dataDir, { recursive: true })
  const keys = keysFrom(readSecret(config.secretKey, join(config.dataDir, 'secret.key')))
  const sql = connect(where)
  await migrate(sql, readMigrations(root, parts), {
    ...(before && { before: () => before(sql) }),
    async seed(db) {
      for (const module of modules) await module.seed?.(db)
    },
  })
  return {
    sql,
    keys,
    where,
    isAdopted,
    async close({ stopDatabase }) {
      await sql.end({ timeout: 5 })
      if (stopDatabase) await stop()
    },
  }
}

/** A real installation's directory belongs to its user alone. */
export const closeToOthers = (dir: string) => {
  chmodSync(dir, 0o700)
}
