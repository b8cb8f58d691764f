// One runner for every channel's table of cases: what a provider answers, what the channel makes of it, and that nothing secret
// reaches a log. A new channel brings its table, not a runner.
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from '#core/module'
import { channelErrors } from './channel-errors.ts'
import type { Channel, HandedOver, Outgoing, Piece } from './channel.ts'

export interface Asked {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}
export interface Case {
  /** A sentence. */
  title: string
  /** What the provider answers; `hang_up`: the line breaks. */
  provider: { status: number; headers?: Record<string, string>; body?: string } | 'hang_up'
  expected: HandedOver
  message?: Partial<Outgoing>
  /** Looks at what the provider was asked. */
  asked?: (asked: Asked) => void
  after?: () => Promise<void>
}

export interface Table {
  channel: Channel
  app: () => App
  /** A home found at the provider that answers at this address. */
  piece: (providerUrl: string) => Promise<Piece>
  /** Words that no log may hold: addresses, keys, texts. Asked after the case has run. */
  secrets: () => string[]
  cases: readonly Case[]
}

export const testOutgoing = (changes: Partial<Outgoing> = {}): Outgoing => ({
  tenant: 1,
  subjectId: '1-AAAAAAAAAAAAAAAAAAAAAA',
  publishedId: '1-BBBBBBBBBBBBBBBBBBBBBB',
  subject: 'notice',
  version: 1,
  class: 'priority',
  isPrivate: false,
  isOptional: false,
  title: 'Dịch tả lợn châu Phi',
  words: 'Không mua bán lợn.',
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

/** A provider that answers what the case says. */
async function startProvider() {
  const state: { answer: Case['provider']; asked: Asked[] } = { answer: 'hang_up', asked: [] }
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
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop }
}

export function runCases({ channel, app, piece, secrets, cases }: Table) {
  let provider: Awaited<ReturnType<typeof startProvider>>
  beforeAll(async () => {
    provider = await startProvider()
  })
  afterAll(() => {
    provider.stop()
  })
  test.each(cases)(`${channel.kind}: $title`, async one => {
    const { lines, log } = listening()
    Object.assign(provider.state, { answer: one.provider, asked: [] })
    const watched: App = { ...app(), log }
    const said = await channel.handOver(watched, testOutgoing(one.message), await piece(provider.url))
    expect(said).toMatchObject(one.expected)
    if (said.is === 'refused') expect(channelErrors).toHaveProperty(said.why)
    for (const asked of provider.state.asked) one.asked?.(asked)
    await one.after?.()
    const heard = lines.join('')
    for (const secret of secrets()) expect(heard).not.toContain(secret)
    if (said.is === 'refused' && channelErrors[said.why].isLoggable) expect(heard).toContain(said.why)
  })
}
