// One call to a provider's HTTP interface: to its own host alone, with an end in time, and no more of an answer than is read.
import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import type { App } from '#core/module'
import { lookupFor } from './safe-host.ts'

const timeoutMs = 15_000
/** Also where bytes come now and then. */
const totalMs = 30_000
const mostBytes = 65_536
const plain = new PlainAgent({ keepAlive: true, maxSockets: 100 })
const encrypted = new Agent({ keepAlive: true, maxSockets: 100 })

export interface Asked {
  url: URL
  method: 'GET' | 'POST' | 'DELETE'
  headers: Record<string, string>
  body: string | Buffer | undefined
}

export interface Answered {
  status: number
  retryAfter: string | undefined
  /** The provider's own clock, where it says so. */
  date?: string | undefined
  body: string
}

/** The provider was never reached: nothing can have gone. */
export class NotReached extends Error {
  override name = 'NotReached'
}

/** Errors of making a connection, before a byte of ours is sent. */
const beforehand = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EUNSAFE', 'EHOSTUNREACH', 'ENETUNREACH'])

async function bodyOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length
    if (bytes > mostBytes) throw new Error('answer too long')
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function answerOf(app: App, { url, method, headers, body }: Asked): Promise<IncomingMessage> {
  const isPlain = url.protocol === 'http:'
  const lookup = lookupFor(app, url.hostname)
  const signal = AbortSignal.timeout(totalMs)
  const options = { method, headers, signal, agent: isPlain ? plain : encrypted, ...(lookup ? { lookup } : {}) }
  return new Promise((done, failed) => {
    const asked = (isPlain ? plainRequest : request)(url, options, done)
    asked.setTimeout(timeoutMs, () => asked.destroy(new Error('no answer in time')))
    asked.on('error', (error: NodeJS.ErrnoException) => {
      failed(beforehand.has(error.code ?? '') ? new NotReached(error.code) : error)
    })
    asked.end(body)
  })
}

/** Redirects are not followed. @throws NotReached where nothing went; Error where nobody knows */
export async function call(app: App, asked: Asked): Promise<Answered> {
  const answer = await answerOf(app, asked)
  const { 'retry-after': retryAfter, date } = answer.headers
  return { status: answer.statusCode ?? 0, retryAfter, date, body: await bodyOf(answer) }
}
