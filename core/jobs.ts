// pg-boss on our own client: a job is enqueued in the transaction that needs it, and only wakes a worker.
// Due times live in our own tables, so the library's clock never decides what is late.
import { PgBoss, type Db as BossDb } from 'pg-boss'
import { working } from './clock.ts'
import type { Db, Sql } from './db.ts'
import type { Log } from './log.ts'

const over = (sql: Db): BossDb => ({
  async executeSql(text, values) {
    // Its migrations are one text with BEGIN … COMMIT inside; postgres.js allows that only on a connection held for it.
    const held = values?.length || !('reserve' in sql) ? undefined : await sql.reserve()
    try {
      const result = await (held ?? sql).unsafe(text, values as never[] | undefined, {
        prepare: Boolean(values?.length),
      })
      return Array.isArray(result[0]) ? (result.map(rows => ({ rows })) as never) : { rows: result }
    } finally {
      held?.release()
    }
  },
  ...('listen' in sql && {
    async listen(channel: string, heard: (payload: string) => void, again: () => void) {
      const listening = await sql.listen(channel, heard, again)
      return { close: () => listening.unlisten() }
    },
  }),
})

export type Work = (data: never) => Promise<void>

/** The queues of a process. Every queue is made at the start; only a worker takes jobs from them. */
export class Jobs {
  readonly #boss: PgBoss
  readonly #work = new Map<string, Work>()

  constructor(sql: Sql, log: Log) {
    this.#boss = new PgBoss({ db: over(sql), schema: 'loa_jobs', useListenNotify: true })
    this.#boss.on('error', error => {
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'jobs')
    })
  }

  async start(work: Record<string, Work>) {
    await this.#boss.start()
    for (const [name, run] of Object.entries(work)) {
      this.#work.set(name, run)
      await this.#boss.createQueue(name, { retryLimit: 5, retryDelay: 2, retryBackoff: true, notify: true })
    }
  }

  /** Enqueues in `tx`: neither row nor job without the other. @param how `retries`: for what waits on somebody outside, tried again every five minutes in the end */
  async send(
    tx: Db,
    name: string,
    data: object,
    { retries, ...how }: { priority?: number; singletonKey?: string; retries?: number } = {},
  ) {
    const patient = retries && { retryLimit: retries, retryDelay: 2, retryBackoff: true, retryDelayMax: 300 }
    await this.#boss.send(name, data, { ...how, ...patient, db: over(tx) })
  }

  /** Takes jobs until `stop`. @param lanes workers a queue */
  async takeJobs(lanes = 2) {
    for (const [name, run] of this.#work) for (let n = 0; n < lanes; n++) await this.#openLane(name, run)
  }

  /** A lane that has done a job looks for the next at once; one that sleeps is woken by a new job, and looks by itself for what is to be tried again. */
  async #openLane(name: string, run: Work) {
    const how = { batchSize: 1, pollingIntervalSeconds: 1, notifyPollingIntervalSeconds: 5 }
    const lane = await this.#boss.work<never>(name, how, async jobs => {
      try {
        for (const job of jobs) await working(run(job.data))
      } finally {
        this.#boss.notifyWorker(lane)
      }
    })
  }

  /** Does what is queued now, and what that queues, in this process. For tests and commands. */
  async drain() {
    for (let done = 1; done;) {
      done = 0
      for (const [name, run] of this.#work)
        for (const job of await this.#boss.fetch<never>(name, { batchSize: 100 })) {
          await run(job.data)
          await this.#boss.complete(name, job.id)
          done++
        }
    }
  }

  /** Jobs that no worker has taken, by queue. */
  async waiting(): Promise<Map<string, number>> {
    const found = new Map<string, number>()
    for (const name of this.#work.keys()) {
      const [stats] = await this.#boss.getQueueStats(name)
      found.set(name, stats?.queuedCount ?? 0)
    }
    return found
  }

  async stop() {
    await this.#boss.stop({ graceful: true, timeout: 5000 })
  }
}
