// Set-up of the end-to-end tests: a database of their own with a small commune for each file, and the real server beside it.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestProject } from 'vitest/node'
import { otherDatabase } from '#core/db'
import { startEmbedded } from '#core/embedded'
import { migrate, readMigrations } from '#core/migrate'
import { levels } from '../architecture.ts'
import { modules } from '../app.ts'
import { findBrowser } from './browser.ts'
import { seedCommune, type Known } from './commune.ts'
import { serverSecret } from './secret.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the running server. */
    url: string
    /** People and places of each test file's own commune, by the file's name. */
    communes: Record<string, Known>
  }
}

const root = join(import.meta.dirname, '..')

const freePort = () =>
  new Promise<number>((done, failed) => {
    const probe = createServer()
    probe.once('error', failed)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => done(port))
    })
  })

async function isUp(url: string, server: ChildProcess) {
  for (let tries = 0; tries < 240; tries++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}; see the lines above`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok) return
    await pause(250)
  }
  throw new Error('the server is not ready after a minute')
}

async function startDatabase(home: string) {
  chmodSync(home, 0o755)
  const db = await startEmbedded(join(home, 'pg'), {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '128MB',
  })
  const admin = otherDatabase(db.socket, 'postgres', 1)
  await admin`create database loa`
  await admin.end()
  const sql = otherDatabase(db.socket, 'loa', 4)
  await migrate(sql, readMigrations(root, levels.flat()), {
    async seed(seeded) {
      for (const module of modules) await module.seed?.(seeded)
    },
  })
  const communes: Record<string, Known> = {}
  for (const file of globSync('*.e2e.ts', { cwd: import.meta.dirname })) communes[file] = await seedCommune(sql)
  await sql.end()
  return { communes, address: db.socket, stop: db.stop }
}

const ended = (child: ChildProcess) =>
  new Promise<void>(done => {
    if (child.exitCode !== null) done()
    else child.once('exit', () => done())
  })

export default async function setup(project: TestProject) {
  findBrowser()
  const home = mkdtempSync(join(tmpdir(), 'loa-e2e-'))
  const db = await startDatabase(home)
  const port = Number(process.env['E2E_PORT'] ?? (await freePort()))
  const url = `http://localhost:${port}`
  const server = spawn(process.execPath, [join(root, 'main.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: db.address,
      DATA_DIR: join(home, 'data'),
      DIST_DIR: join(home, 'dist'),
      PORT: String(port),
      PUBLIC_URL: url,
      SECRET_KEY: serverSecret,
      // Mail servers of the tests stand on this machine.
      CHANNEL_HOSTS: '127.0.0.1',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'error',
      NODE_ENV: 'production',
    },
  })
  await isUp(url, server)
  project.provide('url', url)
  project.provide('communes', db.communes)
  return async () => {
    server.kill('SIGTERM')
    await Promise.race([ended(server), pause(8000)])
    server.kill('SIGKILL')
    await db.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
