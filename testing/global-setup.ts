import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { otherDatabase, type Sql } from '#core/db'
import { startEmbedded } from '#core/embedded'
import { Jobs } from '#core/jobs'
import { makeLog } from '#core/log'
import { migrate, readMigrations } from '#core/migrate'
import { levels } from '../architecture.ts'
import { modules } from '../app.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The test server: a socket's directory, or an address. */
    server: string
  }
}

/** One throw-away server for the whole run; TEST_DATABASE_URL names another (Debian's PostgreSQL 15). */
async function startServer() {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return { server: given, stop: () => Promise.resolve() }
  const home = mkdtempSync(join(tmpdir(), 'loa-test-'))
  chmodSync(home, 0o755)
  const db = await startEmbedded(join(home, 'pg'), {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    shared_buffers: '256MB',
  })
  return {
    server: db.socket,
    async stop() {
      await db.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** The template that each test file copies: migrated, seeded, with the job library's schema. */
async function makeTemplate(server: string) {
  const admin = otherDatabase(server, 'postgres', 1)
  await admin`drop database if exists template_loa`
  await admin`create database template_loa`
  await admin.end()
  const sql: Sql = otherDatabase(server, 'template_loa', 2)
  await migrate(sql, readMigrations(join(import.meta.dirname, '..'), levels.flat()), {
    async seed(db) {
      for (const module of modules) await module.seed?.(db)
    },
  })
  const jobs = new Jobs(sql, makeLog('silent'))
  const names = modules.flatMap(module => Object.keys(module.jobs ?? {}))
  await jobs.start(Object.fromEntries(names.map(name => [name, () => Promise.resolve()])))
  await jobs.stop()
  await sql.end()
}

export default async function setup(project: TestProject) {
  const { server, stop } = await startServer()
  await makeTemplate(server)
  project.provide('server', server)
  return stop
}
