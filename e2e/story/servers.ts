// Real server processes on a database of the story's own.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { otherDatabase } from '#core/db'
import { startEmbedded } from '#core/embedded'

const root = join(import.meta.dirname, '..', '..')

export interface Place {
  /** A directory that goes away at the end. */
  home: string
  databaseUrl: string
  stop: () => Promise<void>
}

/** An empty database on a server of its own; it keeps every commit as a real one does. */
export async function startDatabase(): Promise<Place> {
  const home = mkdtempSync(join(tmpdir(), 'loa-story-'))
  chmodSync(home, 0o755)
  const database = await startEmbedded(join(home, 'pg'), {
    shared_buffers: '256MB',
    max_wal_size: '1GB',
    max_connections: '100',
  })
  const admin = otherDatabase(database.socket, 'postgres', 1)
  await admin`create database loa`
  await admin.end()
  return {
    home,
    databaseUrl: `postgres:///loa?host=${encodeURIComponent(database.socket)}&user=loa`,
    async stop() {
      await database.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

export interface Server {
  /** What it printed. */
  said: () => string
  address: string
  child: ChildProcess
  gone: Promise<void>
  stop: () => Promise<void>
}

/** The line of the welcome that lets somebody in. */
export const linkOf = (server: Pick<Server, 'said'>, who: string) =>
  new RegExp(`${who}\\s+(\\S+/link/\\S+)`).exec(server.said())![1]!

/** One server process. @param env beside the environment of this one */
export async function startServer(env: Record<string, string>, withClock: boolean): Promise<Server> {
  const args = withClock ? ['--import', './e2e/clock.ts', 'main.ts'] : ['main.ts']
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const gone = new Promise<void>(done => {
    child.on('close', () => {
      done()
    })
  })
  const address = await new Promise<string>((done, failed) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', chunk => {
        said = (said + String(chunk)).slice(-20_000)
        const found = /^Loa Làng: (\S+)$/m.exec(said)
        if (found) done(found[1]!)
      })
    void gone.then(() => failed(new Error(`the server did not start:\n${said}`)))
  })
  return {
    address,
    child,
    gone,
    said: () => said,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}
