// The whole product on a database of one test file: asked as the network asks, without a socket.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { compose, type Process } from '#core/compose'
import type { Config } from '#core/config'
import type { App } from '#core/module'
import { keysFrom } from '#core/secrets'
import { callerOf, may } from '#access'
import { modules } from '../app.ts'
import { testDb } from './db.ts'

export interface Said {
  status: number
  body: any // oxlint-disable-line typescript/no-explicit-any -- a test looks at whatever came
  headers: Headers
  text: string
}

export interface TestApp {
  app: App
  process: Process
  /** `token` is a bearer, or a cookie when it holds a `=`. */
  ask: (
    method: string,
    path: string,
    how?: { token?: string | undefined; body?: unknown; headers?: Record<string, string> },
  ) => Promise<Said>
  /** Ticks and jobs that are due, until nothing is. */
  settle: () => Promise<void>
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
  logLevel: process.env['LOG_LEVEL'] ?? 'silent',
  metricsToken: undefined,
})

export async function testApp(changes: Partial<Config> = {}): Promise<TestApp> {
  const sql = await testDb()
  const composed = compose({ ...config(), ...changes }, sql, keysFrom(randomBytes(32)), modules, { callerOf, may })
  afterAll(() => composed.stop())
  return {
    app: composed.app,
    process: composed,
    settle: () => composed.settle(),
    async ask(method, path, { token, body, headers = {} } = {}) {
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
      const text = await answer.text()
      let json: unknown
      try {
        json = JSON.parse(text)
      } catch {
        json = undefined
      }
      return { status: answer.status, body: json, headers: answer.headers, text }
    },
  }
}
