// What a phone does with a network that may go away: what was not answered is kept and sent again, with the same key and the same ids.
import { randomUUID } from 'node:crypto'
import type { Network } from '../story/http.ts'

export interface Write {
  method: string
  path: string
  cookie: string
  body: object
  key: string
  /** The server said yes: from now on it may not be lost. */
  done: (answer: unknown) => void
}

export class Outbox {
  net: Network
  readonly kept: Write[] = []
  /** Writes that the server refused though it must take them. */
  readonly refused: string[] = []
  answered = 0

  constructor(net: Network) {
    this.net = net
  }

  async send(write: Omit<Write, 'key'> & { key?: string }): Promise<void> {
    await this.#try({ key: randomUUID(), ...write })
  }

  /** After a restart: everything that was not answered, in its order. */
  async flush() {
    for (const write of this.kept.splice(0)) await this.#try(write)
  }

  async #try(write: Write) {
    try {
      const { status, body } = await this.net.ask(write.method, write.path, write)
      if (status >= 500) this.kept.push(write)
      else if (status >= 400) this.refused.push(`${write.method} ${write.path} → ${status} ${JSON.stringify(body)}`)
      else {
        this.answered++
        write.done(body)
      }
    } catch {
      this.kept.push(write)
    }
  }
}
