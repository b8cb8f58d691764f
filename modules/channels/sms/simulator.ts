// eSMS and SpeedSMS on this machine, as they document themselves: their answers, their errors, their calls back, late and doubled.
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Taken {
  id: string
  key: string
  phone: string
  text: string
}

/** `hang_up`: it takes the message and the line breaks before it answers. */
export type SimulatorAnswer = 'take' | 'hang_up' | { status?: number; code: string }

interface Message {
  phone: string
  text: string
  key: string
  hook: string | undefined
}

interface Profile {
  path: string
  read: (body: Record<string, unknown>, authorization: string | undefined) => Message | undefined
  taken: (id: string, parts: number) => object
  /** A message of this key came before; undefined: the provider knows no keys. */
  doubled?: () => object
  refused: (code: string) => object
  unsigned: string
  report: (one: Taken, isDelivered: boolean) => { query?: Record<string, string>; body?: object }
}

const text = (value: unknown) => (typeof value === 'string' ? value : '')
/** As its console shows them. */
const login = { apiKey: 'KHOA-THU', secretKey: 'BI-MAT-THU', token: 'MA-TRUY-CAP-THU' }

const esms: Profile = {
  path: '/MainService.svc/json/SendMultipleMessage_V4_post_json/',
  read: body =>
    body['ApiKey'] === login.apiKey && body['SecretKey'] === login.secretKey
      ? {
          phone: text(body['Phone']),
          text: text(body['Content']),
          key: text(body['RequestId']),
          hook: text(body['CallbackUrl']),
        }
      : undefined,
  taken: id => ({ CodeResult: '100', CountRegenerate: 0, SMSID: id }),
  doubled: () => ({ CodeResult: '124', CountRegenerate: 0, ErrorMessage: 'Request exist 1', SendStatus: '5' }),
  refused: code => ({ CodeResult: code, CountRegenerate: 0, ErrorMessage: 'refused' }),
  unsigned: '101',
  report: ({ id, key, phone }, isDelivered) => ({
    query: {
      SMSID: id,
      SendFailed: isDelivered ? '0' : '1',
      SendStatus: '5',
      SendSuccess: isDelivered ? '1' : '0',
      TotalReceiver: '1',
      TotalSent: '1',
      RequestId: key,
      TypeId: '2',
      telcoid: '1',
      phonenumber: phone,
    },
  }),
}

const speedsms: Profile = {
  path: '/index.php/sms/send',
  read: (body, authorization) =>
    authorization === `Basic ${Buffer.from(`${login.token}:x`).toString('base64')}`
      ? { phone: text((body['to'] as unknown[])[0]), text: text(body['content']), key: '', hook: undefined }
      : undefined,
  taken: (id, parts) => ({
    status: 'success',
    code: '00',
    data: { tranId: Number(id), totalSMS: parts, totalPrice: parts * 250, invalidPhone: [] },
  }),
  refused: code => ({ status: 'error', code, message: 'refused' }),
  unsigned: '101',
  report: ({ id, phone }, isDelivered) => ({
    body: { type: 'report', tranId: id, phone, status: isDelivered ? 0 : 64 },
  }),
}

const profiles = { esms, speedsms }

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return JSON.parse(Buffer.concat(parts).toString('utf8')) as Record<string, unknown>
}

const listen = (server: Server, port: number) =>
  new Promise<number>((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => done((server.address() as AddressInfo).port))
  })

type Said = { status: number; body: object } | 'hang_up'

/** @param answerMs how long what was said is on its way */
const serverOf = (answerTo: (request: IncomingMessage) => Promise<Said>, answerMs = () => 0) =>
  createServer((request, response) => {
    const answered = async () => {
      const said = await answerTo(request)
      const ms = answerMs()
      if (ms) await sleep(ms)
      return said
    }
    answered().then(
      said => {
        if (said === 'hang_up') request.socket.destroy()
        else response.writeHead(said.status, { 'content-type': 'application/json' }).end(JSON.stringify(said.body))
      },
      () => request.socket.destroy(),
    )
  })

interface Options {
  port?: number
  /** Told of each message, with the address that the sender wants to be called back at. */
  took?: (one: Taken, hook: string | undefined) => void
  /** How long a message is taken already before its sender hears of it. */
  answerMs?: () => number
}

export async function startSmsProvider(
  name: keyof typeof profiles,
  { port: wished = 0, took, answerMs }: Options = {},
) {
  const profile = profiles[name]
  const taken: Taken[] = []
  const keys = new Set<string>()
  let answer: SimulatorAnswer = 'take'
  const answerTo = async (request: IncomingMessage): Promise<Said> => {
    if (request.method !== 'POST' || request.url !== profile.path) return { status: 404, body: {} }
    const message = profile.read(await read(request), request.headers.authorization)
    if (!message) return { status: 200, body: profile.refused(profile.unsigned) }
    if (typeof answer === 'object') return { status: answer.status ?? 200, body: profile.refused(answer.code) }
    if (profile.doubled && keys.has(message.key)) return { status: 200, body: profile.doubled() }
    keys.add(message.key)
    const { hook, ...said } = message
    const one = { id: `${9_007_199_254 + taken.length}`, ...said }
    taken.push(one)
    took?.(one, hook)
    return answer === 'hang_up' ? 'hang_up' : { status: 200, body: profile.taken(one.id, 1) }
  }
  const server = serverOf(answerTo, answerMs)
  const port = await listen(server, wished)
  return {
    port,
    login,
    taken: () => taken,
    answerWith(next: SimulatorAnswer) {
      answer = next
    },
    forget() {
      taken.length = 0
    },
    /** What it calls back with about a message. */
    report: (one: Taken, isDelivered = true) => profile.report(one, isDelivered),
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
