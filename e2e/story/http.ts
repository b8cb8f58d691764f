// How phones and desks speak with the servers: plain HTTP, one of several processes each time, over connections that stay open.
import { Agent, request } from 'node:http'

export interface Said {
  status: number
  body: unknown
  cookie: string | undefined
}

export interface Asking {
  token?: string | undefined
  cookie?: string | undefined
  body?: unknown
  /** The address of the phone's own network, as the reverse proxy in front of the servers would tell it. */
  from?: string
  key?: string
}

export class Network {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 48 })
  readonly #servers: string[]
  #turn = 0
  asked = 0

  constructor(servers: readonly string[]) {
    this.#servers = [...servers]
  }

  /** A connection that the server closed just then is tried anew, as browsers do. */
  async ask(method: string, path: string, how: Asking = {}): Promise<Said> {
    for (let tries = 1; ; tries++)
      try {
        return await this.#send(method, path, how)
      } catch (error) {
        if (tries === 3 || (error as NodeJS.ErrnoException).code !== 'ECONNRESET') throw error
      }
  }

  #send(method: string, path: string, how: Asking): Promise<Said> {
    this.asked++
    const isForm = typeof how.body === 'string'
    const text = how.body === undefined ? undefined : isForm ? (how.body as string) : JSON.stringify(how.body)
    const server = this.#servers[this.#turn++ % this.#servers.length]!
    return new Promise((done, failed) => {
      const out = request(
        new URL(path, server),
        {
          method,
          agent: this.#agent,
          headers: {
            accept: 'application/json',
            ...(how.token && { authorization: `Bearer ${how.token}` }),
            ...(how.cookie && { cookie: how.cookie }),
            ...(how.from && { 'x-forwarded-for': how.from }),
            ...(how.key && { 'idempotency-key': how.key }),
            ...(text !== undefined && {
              'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
              'content-length': Buffer.byteLength(text),
              origin: server,
            }),
          },
        },
        answer => {
          const parts: Buffer[] = []
          answer.on('data', part => parts.push(part as Buffer))
          answer.on('error', failed)
          answer.on('end', () => {
            const said = Buffer.concat(parts).toString('utf8')
            done({
              status: answer.statusCode!,
              body: answer.headers['content-type']?.includes('json') ? JSON.parse(said) : said,
              cookie: answer.headers['set-cookie']?.map(one => one.split(';')[0]!).join('; '),
            })
          })
        },
      )
      out.on('error', failed)
      out.end(text)
    })
  }

  /** An answer that must be a good one. @throws Error with what was said instead */
  async get<T>(method: string, path: string, how: Asking = {}): Promise<T> {
    const { status, body } = await this.ask(method, path, how)
    if (status >= 400) throw new Error(`${method} ${path} → ${status} ${JSON.stringify(body)}`)
    return body as T
  }

  /** Every item of a list. */
  async list<T>(path: string, how: Asking): Promise<T[]> {
    const all: T[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { items: T[]; next: string | null } = await this.get(
        'GET',
        `${path}${path.includes('?') ? '&' : '?'}limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        how,
      )
      all.push(...page.items)
      cursor = page.next
    }
    return all
  }

  stop() {
    this.#agent.destroy()
  }
}
