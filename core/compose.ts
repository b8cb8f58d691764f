// Puts the modules together: one process, its routes and its work.
import { Hono } from 'hono'
import { problemToAnswer } from './answer.ts'
import { apiPages } from './api-pages.ts'
import { every } from './clock.ts'
import type { Config } from './config.ts'
import type { Sql } from './db.ts'
import { Events } from './events.ts'
import { Jobs } from './jobs.ts'
import { Limits } from './limits.ts'
import { makeLog } from './log.ts'
import type { App, Module } from './module.ts'
import { addProblems, Problem } from './problem.ts'
import { health } from './health.ts'
import { guard } from './guard.ts'
import { forgetAnswers } from './once.ts'
import { sealTrail, tenantsToSeal } from './trail.ts'
import type { Keys } from './secrets.ts'
import { serve, type Gate } from './serve.ts'
import { addWords } from './words.ts'
import { coreEn } from './words.en.ts'
import { coreVi } from './words.vi.ts'

export interface Process {
  app: App
  /** Every route: what the role `web` answers. */
  hono: Hono
  /** /healthz, /readyz and /metrics alone: what a process without that role answers. */
  signs: Hono
  /** Starts what the roles ask for; jobs and ticks only in a worker. */
  start: (roles: Config['roles']) => Promise<void>
  /** Does everything that is due now, in this process: for tests and commands. */
  settle: () => Promise<void>
  stop: () => Promise<void>
}

function makeApp(config: Config, sql: Sql, keys: Keys, events: Events): App {
  const log = makeLog(config.logLevel)
  return {
    config,
    sql,
    keys,
    log,
    events,
    jobs: new Jobs(sql, log),
    limits: new Limits(),
    async listen(channel, heard) {
      const listening = await sql.listen(channel, heard)
      return () => listening.unlisten()
    },
  }
}

const sealing = {
  name: 'core.seal',
  ms: 500,
  async run(app: App) {
    for (const tenant of await tenantsToSeal(app.sql)) while ((await sealTrail(app.sql, tenant)) === 500);
  },
}

/** Once an hour; what was kept for repetitions longer than a repetition may come. */
const forgetting = { name: 'core.forget', ms: 3_600_000, run: (app: App) => forgetAnswers(app.sql) }

function mount(hono: Hono, app: App, modules: readonly Module[], gate: Gate) {
  for (const module of modules) {
    if (module.contract) hono.route('/api/v1', serve(module.name, module.contract, module.answers ?? {}, app, gate))
    if (module.pages) hono.route('/', module.pages(app))
  }
}

function introduce(modules: readonly Module[], events: Events) {
  addWords('vi', coreVi)
  addWords('en', coreEn)
  for (const module of modules) {
    addProblems(module.problems ?? {})
    if (module.words) {
      addWords('vi', module.words.vi)
      addWords('en', module.words.en)
    }
    for (const [name, listener] of Object.entries(module.listeners ?? {})) events.on(name, listener)
  }
}

const jobsOf = (app: App, modules: readonly Module[]) =>
  Object.fromEntries(
    modules.flatMap(module =>
      Object.entries(module.jobs ?? {}).map(([name, run]) => [name, (data: never) => run(app, data)] as const),
    ),
  )

/** Every route. */
function wholeWeb(app: App, modules: readonly Module[], gate: Gate): Hono {
  const hono = signsOfLife(app, modules)
  hono.route('/', apiPages(modules))
  mount(hono, app, modules, gate)
  return hono
}

/** What a process without the role `web` answers: that it lives, what is missing, how it does. */
function signsOfLife(app: App, modules: readonly Module[]): Hono {
  const hono = new Hono()
  const answer = problemToAnswer(app.log)
  hono.onError(answer)
  hono.notFound(c => answer(new Problem('not_found'), c))
  hono.use(guard(app))
  hono.route('/', health(app, modules))
  return hono
}

type Tick = NonNullable<Module['ticks']>[number]

async function tick(app: App, { name, run }: Tick) {
  try {
    await run(app)
  } catch (error) {
    app.log.error({ tick: name, error: (error as Error).message, stack: (error as Error).stack }, 'tick failed')
  }
}

/** The work of a process: its jobs, what it repeats, what its web watches. */
function workOf(app: App, modules: readonly Module[]): Pick<Process, 'start' | 'settle' | 'stop'> {
  const ticks = [sealing, forgetting, ...modules.flatMap(module => module.ticks ?? [])]
  const stops: (() => Promise<void>)[] = []
  let isStarted = false
  const startJobs = async () => {
    if (!isStarted) await app.jobs.start(jobsOf(app, modules))
    isStarted = true
  }
  return {
    async start(roles) {
      await startJobs()
      for (const module of modules) if (module.start) stops.push(await module.start(app))
      if (!roles.worker) return
      await app.jobs.takeJobs()
      for (const one of ticks) stops.push(every(one.ms, () => tick(app, one)))
    },
    async settle() {
      await startJobs()
      for (let round = 0; round < 3; round++) {
        for (const one of ticks) await one.run(app)
        await app.jobs.drain()
      }
    },
    async stop() {
      for (const stop of stops.toReversed()) await stop()
      if (isStarted) await app.jobs.stop()
    },
  }
}

/** @param modules in level order @param gate who asks and what they may */
export function compose(
  config: Config,
  sql: Sql,
  keys: Keys,
  modules: readonly Module[],
  gate: Pick<Gate, 'callerOf' | 'may'>,
): Process {
  const events = new Events()
  introduce(modules, events)
  const app = makeApp(config, sql, keys, events)
  const places = Object.assign({}, ...modules.map(module => module.places ?? {})) as Gate['places']
  return {
    app,
    hono: wholeWeb(app, modules, { ...gate, places }),
    signs: signsOfLife(app, modules),
    ...workOf(app, modules),
  }
}
