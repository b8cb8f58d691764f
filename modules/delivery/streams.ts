// Server-sent events that cost little: a stream is a socket and a few words; what is sent is written once and given to all.
import type { ServerResponse } from 'node:http'
import type { Context } from 'hono'
import { every } from '#core/clock'

const head = { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' }

/** An event as it goes over the wire. */
export const event = (name: string, data: object) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`

export interface Stream<T> {
  /** What it listens to. */
  about: T
  /** `tenant/id`: the stream ends with it. */
  session: string | undefined
  write: (text: string) => void
  close: () => void
}

/** After a restart not everybody comes back in the same second: each phone is told its own. */
const comeBackMs = 12_000

/** Bytes that a phone may leave unread before it is cut off; it comes back by itself. */
const mostUnread = 65_536

/** Tells the server that the answer is on its way. Reading `body` makes it a plain Response: a cached one would be sent. */
function alreadySent(): Response {
  const answer = new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
  return answer.body === null ? answer : answer.clone()
}

function overSocket(outgoing: ServerResponse, closed: () => void) {
  outgoing.writeHead(200, head)
  outgoing.flushHeaders()
  outgoing.on('close', closed)
  return {
    write: (text: string) => {
      if (outgoing.writableLength > mostUnread) outgoing.destroy()
      else outgoing.write(text)
    },
    close: () => void outgoing.end(),
    answer: alreadySent(),
  }
}

/** Without a socket of node's own (a test): the web's stream. */
function overBody(closed: () => void) {
  const encoder = new TextEncoder()
  let to: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      to = controller
    },
    cancel: closed,
  })
  return {
    write: (text: string) => to?.enqueue(encoder.encode(text)),
    close: () => {
      closed()
      to?.close()
    },
    answer: new Response(body, { headers: head }),
  }
}

export class Streams<T> {
  readonly all = new Set<Stream<T>>()

  /** Opens a stream and sends it `first`. */
  open(c: Context, about: T, session: string | undefined, first: string): Response {
    const outgoing = (c.env as { outgoing?: ServerResponse } | undefined)?.outgoing
    const closed = () => this.all.delete(stream)
    const { answer, write, close } = outgoing ? overSocket(outgoing, closed) : overBody(closed)
    const stream: Stream<T> = { about, session, write, close }
    this.all.add(stream)
    write(`retry: ${2000 + Math.floor(Math.random() * comeBackMs)}\n${first}`)
    return answer
  }

  send(text: string, isFor: (about: T) => boolean) {
    for (const stream of this.all) if (isFor(stream.about)) stream.write(text)
  }

  /** A comment now and then, so that proxies keep the line open. */
  keepAlive(): () => Promise<void> {
    return every(25_000, () => {
      for (const stream of this.all) stream.write(':\n\n')
      return Promise.resolve()
    })
  }

  closeAll() {
    for (const stream of this.all) stream.close()
    this.all.clear()
  }
}
