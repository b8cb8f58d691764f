// The product over HTTP in this process, and clients in another: a server that shared its thread with its callers would measure both.
import { fork } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Sql } from '#core/db'
import { newId } from '#core/ids'
import { digest, newToken } from '#core/secrets'
import type { Ground } from './ground.ts'

export interface Served {
  url: string
  /** Ends every connection and answers again at the same address after `ms`. */
  restart: (ms: number) => Promise<void>
  close: () => Promise<void>
}

export async function serveHttp({ process: { hono } }: Pick<Ground, 'process'>): Promise<Served> {
  const listener = getRequestListener(hono.fetch)
  const server = createServer((request, response) => void listener(request, response))
  const listen = (port: number) => new Promise<void>(done => server.listen(port, '127.0.0.1', 4096, done))
  const stop = () =>
    new Promise<void>(done => {
      server.close(() => done())
      server.closeAllConnections()
    })
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    async restart(ms) {
      await stop()
      await new Promise(done => setTimeout(done, ms))
      await listen(port)
    },
    close: stop,
  }
}

/** A session for each of these homes. @returns bearer tokens */
export async function sessionsFor(sql: Sql, tenant: number, households: readonly string[]): Promise<string[]> {
  const made = households.map(household => ({ household, secret: newToken(), id: newId() }))
  const at = new Date()
  for (let from = 0; from < made.length; from += 5000) {
    const some = made.slice(from, from + 5000)
    await sql`
      insert into loa.session (commune_id, id, kind, digest, household_id, made_at, seen_at, ends_at)
      select ${tenant}::int, s.id, 'resident', decode(s.digest, 'hex'), s.household, ${at}::timestamptz, ${at}::timestamptz,
        ${new Date(at.getTime() + 86_400_000)}::timestamptz
      from unnest(${some.map(s => s.id)}::uuid[], ${some.map(s => digest(s.secret).toString('hex'))}::text[],
        ${some.map(s => s.household)}::uuid[]) as s(id, digest, household)`
  }
  await sql`analyze loa.session`
  return made.map(one => `${tenant.toString(36)}-${one.secret}`)
}

export const homesOf = async (sql: Sql, tenant: number) =>
  sql<{ id: string; unitId: string }[]>`
    select id, unit_id as "unitId" from loa.household where commune_id = ${tenant} order by no`

export interface Load {
  kind: 'feed' | 'unchanged' | 'receipts' | 'batches'
  url: string
  connections: number
  seconds: number
  tokens: string[]
  /** For receipts: the notices that they are about. */
  notices?: string[]
}
export interface Measured {
  requests: number
  ms: number
  p50: number
  p99: number
  failed: number
  bytes: number
}

/** Runs a file of this folder in a process of its own: tells it what is wanted, and waits for what it found. */
export const inProcess = <Found>(file: string, wish: object) =>
  new Promise<Found>((done, failed) => {
    const child = fork(join(import.meta.dirname, file), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    child.once('message', message => done(message as Found))
    child.once('error', failed)
    child.once('exit', code => {
      if (code) failed(new Error(`${file} ended with ${code}`))
    })
    child.send(wish)
  })

export const callers = (load: Load) => inProcess<Measured>('callers.ts', load)
