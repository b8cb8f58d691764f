// Who encrypts: a few threads of a worker process, the first push starts them. Where they cannot be had it is done in place, and said.
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { App } from '#core/module'
import { encrypt, type Sealing } from './encrypt.ts'

/** Messages that a thread gets at once, and threads that may fail before no more are made. */
const most = 50
const patience = 3
const threadsHere = () => Math.max(1, Math.min(4, availableParallelism() - 1))

interface Waiting {
  asked: Sealing
  done: (body: Buffer) => void
  failed: (error: Error) => void
}
interface Thread {
  worker: Worker
  /** What it has in hand. */
  batch: Waiting[]
}

function inPlace({ asked, done, failed }: Waiting) {
  try {
    done(encrypt(asked))
  } catch (error) {
    failed(error as Error)
  }
}

export class Encrypting {
  readonly #say: (why: string) => void
  readonly #file: string
  readonly #most: number
  readonly #threads = new Set<Thread>()
  readonly #waiting: Waiting[] = []
  #broken = 0
  #isEnded = false
  #isComing = false

  /** @param threads none: everything is done in place @param say told when a thread was lost */
  constructor(threads: number, say: (why: string) => void, file = join(import.meta.dirname, 'encrypt-thread.ts')) {
    this.#most = threads
    this.#say = say
    this.#file = file
  }

  /** @throws Error where the browser's key is no point of the curve */
  encrypt(asked: Sealing): Promise<Buffer> {
    return new Promise((done, failed) => {
      const waiting = { asked, done, failed }
      if (this.#isEnded || !this.#most || this.#broken >= patience) return inPlace(waiting)
      this.#waiting.push(waiting)
      if (this.#isComing) return undefined
      // What is asked in the same moment goes together.
      this.#isComing = true
      setImmediate(() => {
        this.#isComing = false
        this.#handOut()
      })
      return undefined
    })
  }

  #handOut() {
    while (this.#waiting.length) {
      const free = [...this.#threads].find(thread => !thread.batch.length) ?? this.#newThread()
      if (!free) break
      const idle = Math.max(1, this.#most - [...this.#threads].filter(thread => thread.batch.length).length)
      free.batch = this.#waiting.splice(0, Math.min(most, Math.ceil(this.#waiting.length / idle)))
      free.worker.postMessage(
        free.batch.map(one => one.asked),
        [],
      )
    }
    if (!this.#threads.size) for (const one of this.#waiting.splice(0)) inPlace(one)
  }

  #newThread(): Thread | undefined {
    if (this.#isEnded || this.#threads.size >= this.#most || this.#broken >= patience) return undefined
    const thread: Thread = { worker: new Worker(this.#file), batch: [] }
    // It alone keeps no process alive.
    thread.worker.unref()
    thread.worker.on('message', (bodies: (Uint8Array | undefined)[]) => {
      for (const [n, { done, failed }] of thread.batch.splice(0).entries()) {
        const body = bodies[n]
        if (body) done(Buffer.from(body.buffer, body.byteOffset, body.byteLength))
        else failed(new Error('not encrypted'))
      }
      this.#handOut()
    })
    thread.worker.on('error', error => this.#lose(thread, error.message))
    thread.worker.on('exit', () => this.#lose(thread, 'it ended'))
    this.#threads.add(thread)
    return thread
  }

  /** What a lost thread had in hand is done in place. */
  #lose(thread: Thread, why: string) {
    if (!this.#threads.delete(thread)) return
    if (!this.#isEnded) {
      this.#broken++
      this.#say(why)
    }
    for (const one of thread.batch.splice(0)) inPlace(one)
    this.#handOut()
  }

  /** What is asked is finished; what is asked later is done in place. */
  async stop() {
    this.#isEnded = true
    for (const one of this.#waiting.splice(0)) inPlace(one)
    while ([...this.#threads].some(thread => thread.batch.length)) await sleep(5)
    await Promise.all([...this.#threads].map(thread => thread.worker.terminate()))
  }
}

/** By the process's database: an app may be dressed up anew, its threads are the same. */
const known = new WeakMap<App['sql'], Encrypting>()

/** Only a process that works has threads for it; any other hardly ever encrypts. */
export function encryptingOf({ sql, config, log }: App): Encrypting {
  const mine = known.get(sql)
  if (mine) return mine
  const made = new Encrypting(config.roles.worker ? threadsHere() : 0, why => {
    log.warn({ channel: 'push', why }, 'a thread that encrypts was lost: its work is done in place')
  })
  known.set(sql, made)
  return made
}

export const stopEncrypting = ({ sql }: App) => known.get(sql)?.stop()
