// One runner for every channel's table of cases: what a provider answers, what the channel makes of it, and that nothing secret
// reaches a log. A new channel brings its table, not a runner.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '#core/module'
import type { Account } from './account.ts'
import { channelErrors } from './channel-errors.ts'
import type { Channel, HandedOver, Outgoing, Piece } from './channel.ts'

export interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}
/** `hang_up`: the line breaks. */
export type HttpAnswer = { status: number; headers?: Record<string, string>; body?: string } | 'hang_up'

/** Something that answers as a case says, and remembers what it was asked. */
export interface Provider<A, Q> {
  url: string
  answerWith: (answer: A) => void
  asked: () => readonly Q[]
  stop: () => void | Promise<void>
}

export interface Case<A = HttpAnswer, Q = Asked> {
  /** A sentence. */
  title: string
  provider: A
  expected: HandedOver
  message?: Partial<Outgoing>
  /** Looks at what the provider was asked. */
  asked?: (asked: Q) => void
  after?: () => Promise<void>
}

export interface Table<A = HttpAnswer, Q = Asked> {
  channel: Channel
  app: () => App
  /** A home found at the provider that answers at this address, and the account through which it is told. */
  piece: (providerUrl: string) => Promise<{ piece: Piece; account?: Account }>
  provider: () => Promise<Provider<A, Q>>
  /** What every message of the table has. */
  message?: Partial<Outgoing>
  /** Words that no log may hold: addresses, keys, texts. Asked after the case has run. */
  secrets: () => string[]
  cases: readonly Case<A, Q>[]
}

export const testOutgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  tenant: 1,
  subjectId: '1-AAAAAAAAAAAAAAAAAAAAAA',
  publishedId: '1-BBBBBBBBBBBBBBBBBBBBBB',
  subject: 'notice',
  version: 1,
  class: 'priority',
  isPrivate: false,
  title: 'Dịch tả lợn châu Phi',
  words: 'Không mua bán lợn.',
  text: 'Không mua bán lợn. Báo trưởng thôn ngay.',
  author: 'UBND xã Sơn Động',
  event: undefined,
  checkCode: 'K7M2QP',
  isOptional: false,
  topic: 'abcdefghijklmnopqrstuvwxyz012345',
  seconds: 3600,
  ...changes,
})

/** A logger that keeps every line, at the finest level. */
function listening() {
  const lines: string[] = []
  const into = new Writable({
    write(line: Buffer, _, done) {
      lines.push(line.toString('utf8'))
      done()
    },
  })
  return { lines, log: pino({ level: 'trace' }, into) }
}

/** A provider that speaks HTTP. */
export async function httpProvider(): Promise<Provider<HttpAnswer, Asked>> {
  const state: { answer: HttpAnswer; asked: Asked[] } = { answer: 'hang_up', asked: [] }
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      state.asked.push({ method, path, headers, body: Buffer.concat(parts) })
      if (state.answer === 'hang_up') request.socket.destroy()
      else response.writeHead(state.answer.status, state.answer.headers).end(state.answer.body)
    })
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith(answer) {
      Object.assign(state, { answer, asked: [] })
    },
    asked: () => state.asked,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

export function runCases<A, Q>({ channel, app, piece, provider: start, message, secrets, cases }: Table<A, Q>) {
  let provider: Provider<A, Q>
  beforeAll(async () => {
    provider = await start()
  })
  afterAll(() => provider.stop())
  test.each(cases)(`${channel.kind}: $title`, async one => {
    const { lines, log } = listening()
    provider.answerWith(one.provider)
    const watched: App = { ...app(), log }
    const found = await piece(provider.url)
    const said = await channel.handOver(
      watched,
      testOutgoing({ ...message, ...one.message }),
      found.piece,
      found.account,
    )
    expect(said).toMatchObject(one.expected)
    if (said.is === 'refused') expect(channelErrors).toHaveProperty(said.why)
    for (const asked of provider.asked()) one.asked?.(asked)
    await one.after?.()
    const heard = lines.join('')
    for (const secret of secrets()) expect(heard).not.toContain(secret)
    if (said.is === 'refused' && channelErrors[said.why].isLoggable) expect(heard).toContain(said.why)
  })
}
