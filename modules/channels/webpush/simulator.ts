// A push service of our own (RFC 8030, 8291, 8292), for tests and the story: it stands alone, speaks HTTP, checks what real services
// check, keeps what a phone that is off has missed, and can read nothing. It shares no code with the sender.
import { createPublicKey, randomBytes, verify } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { letBrowsersJoin } from './browsers.ts'

export { newPhoneKeys, type PhoneKeys } from './phone.ts'

export interface Pushed {
  /** Still encrypted. */
  body: Buffer
  topic: string | undefined
  urgency: string
  seconds: number
}
interface Subscription {
  applicationKey: string
  isEnded: boolean
  /** Undefined while the phone is off. */
  heard: ((message: Pushed) => void) | undefined
  kept: { message: Pushed; until: number }[]
}

export interface PushService {
  url: string
  /** What `PushManager.subscribe` does. @param applicationKey the server's public key, base64url @returns the endpoint */
  subscribe: (applicationKey: string) => string
  unsubscribe: (endpoint: string) => void
  /** The phone is on: it gets what it missed and what comes, until the returned function turns it off. */
  listen: (endpoint: string, heard: (message: Pushed) => void) => () => void
  /** Answers the next posts with this instead of looking at them. */
  failNext: (count: number, status: number, retryAfter?: number) => void
  /** Statuses answered so far, each with its number. */
  answered: () => Record<number, number>
  stop: () => Promise<void>
}

const most = 4096
const json = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>

function keyOf(point: string) {
  const bytes = Buffer.from(point, 'base64url')
  if (bytes.length !== 65) throw new Error('not a point')
  const [x, y] = [bytes.subarray(1, 33).toString('base64url'), bytes.subarray(33).toString('base64url')]
  return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
}

/** RFC 8292: who sends is who the subscription was made for, now, and for this service. @returns a status, or undefined when all is well */
function refusesSender(header: string | undefined, origin: string, applicationKey: string, nowMs: number) {
  const found = /^vapid t=([\w-]+)\.([\w-]+)\.([\w-]+), ?k=([\w-]+)$/.exec(header ?? '')
  if (!found) return 401
  const [, head, claims, signature, k] = found as unknown as [string, string, string, string, string]
  if (k !== applicationKey) return 403
  try {
    const { aud, exp, sub } = json(claims) as { aud?: string; exp?: number; sub?: string }
    const left = (exp ?? 0) * 1000 - nowMs
    if (aud !== origin || left <= 0 || left > 86_400_000 || !/^(mailto:|https:)/.test(sub ?? '')) return 403
    const key = { key: keyOf(k), dsaEncoding: 'ieee-p1363' as const }
    return verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))
      ? undefined
      : 403
  } catch {
    return 403
  }
}

/** What is wrong with a post's own headers and body. */
function refusesMessage(headers: IncomingMessage['headers'], body: Buffer) {
  if (!/^\d+$/.test(String(headers['ttl'] ?? ''))) return 400
  if (body.length > most) return 413
  const topic = headers['topic']
  if (topic !== undefined && !/^[\w-]{1,32}$/.test(String(topic))) return 400
  if (!['very-low', 'low', 'normal', 'high'].includes(String(headers['urgency'] ?? 'normal'))) return 400
  // Salt, record size, length of the key, key, one block at least.
  if (body.length && (headers['content-encoding'] !== 'aes128gcm' || body.length < 16 + 4 + 1 + 65 + 17)) return 400
  return undefined
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

function deliver(to: Subscription, message: Pushed, nowMs: number) {
  if (to.heard) {
    to.heard(message)
    return
  }
  if (message.topic) to.kept = to.kept.filter(one => one.message.topic !== message.topic)
  if (message.seconds > 0) to.kept.push({ message, until: nowMs + message.seconds * 1000 })
}

/** What the service keeps. */
interface Kept {
  url: string
  now: () => number
  took: ((path: string, message: Pushed) => void) | undefined
  subscriptions: Map<string, Subscription>
  failing: { left: number; status: number; retryAfter: number | undefined }
  counts: Record<number, number>
  /** A sender signs one token for hours: its check is remembered. */
  believed: Set<string>
}

interface Answer {
  status: number
  headers?: Record<string, string>
}

function answer(kept: Kept, request: IncomingMessage, body: Buffer): Answer {
  const { failing, believed, url, now } = kept
  if (failing.left > 0) {
    failing.left--
    const headers = failing.retryAfter === undefined ? {} : { 'retry-after': String(failing.retryAfter) }
    return { status: failing.status, headers }
  }
  if (request.method !== 'POST') return { status: 405 }
  const to = kept.subscriptions.get(request.url ?? '')
  if (!to) return { status: 404 }
  if (to.isEnded) return { status: 410 }
  const { headers } = request
  const who = `${headers.authorization} ${to.applicationKey}`
  const isBelieved = believed.has(who)
  const status =
    (isBelieved ? undefined : refusesSender(headers.authorization, url, to.applicationKey, now())) ??
    refusesMessage(headers, body)
  if (status) return { status }
  believed.add(who)
  const topic = headers['topic'] === undefined ? undefined : String(headers['topic'])
  const urgency = String(headers['urgency'] ?? 'normal')
  const message = { body, topic, urgency, seconds: Number(headers['ttl']) }
  deliver(to, message, now())
  kept.took?.(request.url!, message)
  return { status: 201, headers: { location: `${url}/m/${randomBytes(9).toString('base64url')}` } }
}

/** The phones' side. */
function phonesOf(kept: Kept): Pick<PushService, 'subscribe' | 'unsubscribe' | 'listen'> {
  const of = (endpoint: string) => {
    const found = kept.subscriptions.get(new URL(endpoint).pathname)
    if (!found) throw new Error('no such subscription')
    return found
  }
  return {
    subscribe(applicationKey) {
      const path = `/push/${randomBytes(24).toString('base64url')}`
      kept.subscriptions.set(path, { applicationKey, isEnded: false, heard: undefined, kept: [] })
      return kept.url + path
    },
    unsubscribe(endpoint) {
      of(endpoint).isEnded = true
    },
    listen(endpoint, heard) {
      const mine = of(endpoint)
      mine.heard = heard
      for (const { message, until } of mine.kept.splice(0)) if (until > kept.now()) heard(message)
      return () => {
        mine.heard = undefined
      }
    },
  }
}

/** Starts a push service on loopback. @param now its clock, in milliseconds @param took told of each message */
export async function startPushService(
  port = 0,
  now: () => number = Date.now,
  took?: (path: string, message: Pushed) => void,
): Promise<PushService> {
  const failing: Kept['failing'] = { left: 0, status: 500, retryAfter: undefined }
  const kept: Kept = { url: '', now, took, subscriptions: new Map(), failing, counts: {}, believed: new Set() }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void bodyOf(request).then(body => {
      const { status, headers } = answer(kept, request, body)
      kept.counts[status] = (kept.counts[status] ?? 0) + 1
      response.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', done)
  })
  kept.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const phones = phonesOf(kept)
  const partBrowsers = letBrowsersJoin(server, phones)
  return {
    url: kept.url,
    ...phones,
    failNext(count, status, retryAfter) {
      Object.assign(failing, { left: count, status, retryAfter })
    },
    answered: () => ({ ...kept.counts }),
    async stop() {
      partBrowsers()
      server.closeAllConnections()
      await new Promise(done => server.close(done))
    },
  }
}
