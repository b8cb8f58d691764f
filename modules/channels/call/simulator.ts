// A provider of telephone calls on this machine: it takes words, rings, and calls back about how it went, step by step. It shares no
// code with the sender.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface TakenCall {
  id: string
  key: string
  phone: string
  text: string
  hook: string | undefined
}

/** `hang_up`: it takes the call and the line breaks before it answers. */
export type VoiceAnswer = 'take' | 'hang_up' | { status: number }

/** What becomes of a call: who answered heard a share of it (more than 1: again) and pressed keys. */
export type Ending = { is: 'answers'; share: number; keys?: string } | { is: 'busy' | 'no_answer' | 'failed' }

interface Options {
  port?: number
  took?: (one: TakenCall) => void
}

const token = 'KHOA-GOI-THU'

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')

const listen = (server: Server, port: number) =>
  new Promise<number>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  })

/** A brisk voice: four words a second. */
const lengthOf = (words: string) => Math.max(1, Math.round(words.split(/\s+/).length / 4))

/** Everything it tells of one call, in its order: what comes before the end says nothing of how much was heard. */
export function stepsOf({ id, phone, text: words }: TakenCall, ending: Ending): Record<string, unknown>[] {
  const call = { id, to: phone }
  if (ending.is !== 'answers')
    return [
      { ...call, state: 'ringing' },
      { ...call, state: ending.is, seconds: 0 },
    ]
  const total = lengthOf(words)
  return [
    { ...call, state: 'ringing' },
    { ...call, state: 'answered', seconds: 0 },
    { ...call, state: 'completed', seconds: Math.round(total * ending.share), total, keys: ending.keys ?? '' },
  ]
}

type Said = { status: number; body: object } | 'hang_up'

interface Exchange {
  calls: TakenCall[]
  answer: VoiceAnswer
  took: Options['took']
}

async function answerTo(at: Exchange, request: IncomingMessage): Promise<Said> {
  if (request.method !== 'POST' || request.url !== '/api/call') return { status: 404, body: { status: 'error' } }
  const { to, text: words, id: key, hook } = await read(request)
  if (request.headers.authorization !== token) return { status: 401, body: { status: 'error', reason: 'token' } }
  if (typeof at.answer === 'object') return { status: at.answer.status, body: { status: 'error' } }
  if (!/^84\d{9}$/.test(text(to)) || !text(words)) return { status: 422, body: { status: 'error', reason: 'to' } }
  const id = `C${700_000 + at.calls.length}`
  const one = { id, key: text(key), phone: text(to), text: text(words), hook: text(hook) || undefined }
  at.calls.push(one)
  at.took?.(one)
  return at.answer === 'hang_up' ? 'hang_up' : { status: 200, body: { status: 'success', data: { id } } }
}

export async function startVoiceProvider({ port: wished = 0, took }: Options = {}) {
  const exchange: Exchange = { calls: [], answer: 'take', took }
  const server = createServer((request, response) => {
    answerTo(exchange, request).then(
      said => {
        if (said === 'hang_up') request.socket.destroy()
        else response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
      },
      () => request.socket.destroy(),
    )
  })
  const port = await listen(server, wished)
  return {
    port,
    token,
    calls: () => exchange.calls,
    answerWith(next: VoiceAnswer) {
      exchange.answer = next
    },
    forget() {
      exchange.calls.length = 0
    },
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** How the demo's account for it is filled in. */
export const voiceAccount = (port: number) => ({
  adapter: 'call_http',
  settings: {
    host: '127.0.0.1',
    port,
    line: 'http',
    method: 'POST',
    path: '/api/call',
    format: 'json',
    body: '{"to":"{phone}","text":"{text}","id":"{key}","hook":"{hook}"}',
    hasAuthorization: true,
    phoneForm: 'international',
    taken: '"status":"success"',
    idAt: 'data.id',
    dongPerCall: 200,
    dongPerMinute: 600,
    mostSeconds: 60,
    hearId: 'id',
    hearState: 'state',
    answeredWords: 'answered, completed',
    unansweredWords: 'busy, no_answer',
    failedWords: 'failed',
    hearSeconds: 'seconds',
    hearTotal: 'total',
    hearKeys: 'keys',
    hearNumber: 'to',
    perSecond: 20,
  },
  secrets: { token },
})
