// Is it alive, is it ready, how is it doing.
import { Hono, type Context } from 'hono'
import { Gauge } from 'prom-client'
import { isSame } from './secrets.ts'
import { metrics } from './metrics.ts'
import type { App, Module } from './module.ts'
import { Problem } from './problem.ts'

const jobsWaiting = new Gauge({
  name: 'loa_jobs_waiting',
  help: 'Jobs that no worker has taken yet',
  labelNames: ['queue'],
  registers: [metrics],
})

/** Figures that are looked up only when somebody asks. */
async function measure(app: App, modules: readonly Module[]) {
  for (const [queue, waiting] of await app.jobs.waiting()) jobsWaiting.set({ queue }, waiting)
  await Promise.all(modules.map(async module => module.measure?.(app)))
}

const isLoopback = (address: string | undefined) =>
  address === '127.0.0.1' || address === '::1' || address === '::ffff:127.0.0.1'

/** The address at the other end of the socket; absent when a test calls without one. */
export const socketAddress = (c: Context) =>
  (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket?.remoteAddress

function mayReadMetrics(app: App, c: Context) {
  const bearer = c.req.header('authorization')?.replace(/^Bearer /, '')
  const { metricsToken } = app.config
  if (metricsToken && bearer && isSame(Buffer.from(bearer), Buffer.from(metricsToken))) return true
  return isLoopback(socketAddress(c)) && !c.req.header('x-forwarded-for')
}

/** What is missing, in sentences. */
async function missing(app: App, modules: readonly Module[]): Promise<string[]> {
  try {
    await app.sql`select 1`
  } catch {
    return ['the database does not answer']
  }
  const found = await Promise.all(modules.map(async module => module.ready?.(app)))
  return found.filter(sentence => sentence !== undefined)
}

export function health(app: App, modules: readonly Module[]) {
  const hono = new Hono()
  hono.get('/healthz', c => c.text('ok'))
  hono.get('/readyz', async c => {
    const sentences = await missing(app, modules)
    return c.json({ ready: !sentences.length, missing: sentences }, sentences.length ? 503 : 200)
  })
  hono.get('/metrics', async c => {
    if (!mayReadMetrics(app, c)) throw new Problem('not_found')
    await measure(app, modules)
    return c.text(await metrics.metrics(), 200, { 'content-type': metrics.contentType })
  })
  return hono
}
