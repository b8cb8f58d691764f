// The whole product on a database of one test file: asked as the network asks, without a socket.
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { compose, type Process } from '#core/compose'
import type { Config } from '#core/config'
import type { App } from '#core/module'
import { keysFrom } from '#core/secrets'
import { callerOf, may } from '#access'
import { modules } from '../app.ts'
import type { AnswerAt, Refused } from './answer-at.ts'
import { testDb } from './db.ts'

export interface Said<A = unknown> {
  status: number
  /** What the contract says that this address answers. @throws Error with the server's words where it refused */
  readonly body: A
  /** The refusal. @throws Error where there was none */
  readonly problem: Refused
  headers: Headers
  text: string
}

interface Asking {
  token?: string | undefined
  body?: unknown
  headers?: Record<string, string>
}

export interface TestApp {
  app: App
  process: Process
  /** `token` is a bearer, or a cookie when it holds a `=`. */
  ask: <const M extends string, const P extends string>(
    method: M,
    path: P,
    how?: Asking,
  ) => Promise<Said<AnswerAt<M, P>>>
  /** Ticks and jobs that are due, until nothing is. */
  settle: () => Promise<void>
}

/** An answer is read as what the contract says, a refusal as a refusal: neither passes for the other. */
function said<A>(asked: string, { status, ok, headers }: Response, text: string): Said<A> {
  const read = (isWanted: boolean) => {
    if (!isWanted) throw new Error(`${asked}: ${status} ${text.slice(0, 300)}`)
    return JSON.parse(text) as unknown
  }
  return {
    status,
    headers,
    text,
    get body() {
      return read(ok) as A
    },
    get problem() {
      return read(!ok) as Refused
    },
  }
}

const config = (): Config => ({
  dataDir: join('/tmp', `loa-${randomBytes(4).toString('hex')}`),
  databaseUrl: undefined,
  isDemo: false,
  port: 0,
  host: '127.0.0.1',
  publicUrl: 'http://loa.test',
  roles: { web: true, worker: true },
  secretKey: 'test',
  backupDir: '/tmp',
  trustProxy: [],
  pushContact: undefined,
  channelHosts: [],
  logLevel: process.env['LOG_LEVEL'] ?? 'silent',
  metricsToken: undefined,
})

export async function testApp(changes: Partial<Config> = {}): Promise<TestApp> {
  const sql = await testDb()
  const settings = { ...config(), ...changes }
  const composed = compose(settings, sql, keysFrom(randomBytes(32)), modules, { callerOf, may })
  afterAll(async () => {
    await composed.stop()
    if (settings.dataDir !== changes.dataDir) rmSync(settings.dataDir, { recursive: true, force: true })
  })
  return {
    app: composed.app,
    process: composed,
    settle: () => composed.settle(),
    async ask<M extends string, P extends string>(method: M, path: P, { token, body, headers = {} }: Asking = {}) {
      const isForm = body instanceof FormData
      const answer = await composed.hono.request(path.startsWith('/') ? path : `/api/v1/${path}`, {
        method,
        body: body === undefined ? null : isForm ? body : typeof body === 'string' ? body : JSON.stringify(body),
        headers: {
          ...(body !== undefined && !isForm ? { 'content-type': 'application/json' } : {}),
          ...(token ? (token.includes('=') ? { cookie: token } : { authorization: `Bearer ${token}` }) : {}),
          ...headers,
        },
      })
      return said<AnswerAt<M, P>>(`${method} ${path}`, answer, await answer.text())
    },
  }
}
