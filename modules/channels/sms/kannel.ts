// Short messages by a Kannel gateway (Debian's `kannel`), over its HTTP interface `cgi-bin/sendsms`.
// Each part is a call of its own with its header: so each part has a receipt, where Kannel alone asks for the first one only.
import { createHash } from 'node:crypto'
import { now, nowMs } from '#core/clock'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { Account, Called } from '../account.ts'
import type { ChannelError } from '../channel-errors.ts'
import type { HandedOver } from '../channel.ts'
import { passOn } from '../hear-together.ts'
import type { Heard } from '../heard.ts'
import { hookAddress } from '../hooks.ts'
import { call, NotReached, type Answered } from '../http-call.ts'
import type { ShortMessage, SmsAdapter } from './sms-adapter.ts'
import { meaningOfStatus } from './smpp-meaning.ts'
import { dialled } from './smpp-read.ts'
import { joiner } from './smpp.ts'
import { isNumber, testMessage } from './test-message.ts'

/** Every kind of report: delivered 1, failed 2, queued 4, taken by the SMSC 8, refused by it 16. */
const allReports = 31

function partUrl(app: App, account: Account, message: ShortMessage, n: number): URL {
  const { tenant, id, settings, secrets } = account
  const { parts, encoding, key, to } = message
  const scheme = settings['line'] === 'https' ? 'https' : 'http'
  const url = new URL(`${scheme}://${String(settings['host'])}:${Number(settings['port'])}/cgi-bin/sendsms`)
  const report = `${hookAddress(app, tenant, id)}?part=${key}.${n}&became=%d&answer=%A`
  const values = {
    username: String(settings['user']),
    password: secrets['password'] ?? '',
    from: String(settings['sender']),
    to,
    text: parts[n - 1]!,
    charset: 'UTF-8',
    coding: encoding === 'ucs2' ? '2' : '0',
    'dlr-mask': String(allReports),
    'dlr-url': report,
    ...(settings['smsc'] === undefined ? {} : { smsc: String(settings['smsc']) }),
  }
  url.search = new URLSearchParams(values).toString()
  // Bytes, written as they are: the header is no text.
  if (parts.length > 1) url.search += `&udh=${joiner(key, parts.length, n).toString('hex').replaceAll(/../g, '%$&')}`
  return url
}

/** The answers of its sendsms interface: 202 with `0: Accepted` or `3: Queued`, else why not. */
function meaningOf({ status, body }: Answered): ChannelError | undefined {
  if (status === 202 || (status === 200 && /^[03]:/.test(body))) return undefined
  if (/receiver|black-lists/i.test(body)) return 'address_wrong'
  if (status === 403 && /not routable/i.test(body)) return 'address_wrong'
  if (status === 401 || status === 403) return 'not_signed_in'
  if (status === 429) return 'slow_down'
  return status >= 400 && status < 500 ? 'message_refused' : 'provider_down'
}

/** @throws Error where a part went and no answer came */
async function send(app: App, account: Account, message: ShortMessage): Promise<HandedOver> {
  const ids: string[] = []
  for (let n = 1; n <= message.parts.length; n++) {
    const asked = { url: partUrl(app, account, message, n), method: 'GET' as const, headers: {}, body: undefined }
    const said = await call(app, asked).catch((error: unknown) => {
      if (error instanceof NotReached) return undefined
      throw error
    })
    const why = said ? meaningOf(said) : 'no_line'
    if (why) return { is: 'refused', why }
    ids.push(`${message.key}.${n}`)
  }
  return { is: 'accepted', ids, parts: ids.length }
}

/** What Kannel hands on of an SMSC's refusal: `NACK/0x0000000b/Invalid Destination Address`. */
function whyNot(answer: string | undefined): ChannelError | undefined {
  const status = /NACK\/(0x[\da-f]+|\d+)/i.exec(answer ?? '')?.[1]
  return status === undefined ? undefined : meaningOfStatus(Number(status))
}

/** Only 1, 2 and 16 are an end. */
function reported(providerId: string, { became, answer }: Record<string, string>): Heard[] {
  const part = { is: 'part' as const, providerId, at: now() }
  if (became === '1') return [{ ...part, state: 'delivered' }]
  const why = whyNot(answer)
  const failed = { ...part, state: 'failed' as const, ...(why ? { why } : {}) }
  return became === '2' || became === '16' ? [failed] : []
}

const digest = (...parts: string[]) => createHash('sha256').update(parts.join('\0')).digest('base64url').slice(0, 32)

/** `%I` names a message for good where the gateway sends it; else the same words of five minutes are one. */
function spoken({ from, text = '', id }: Record<string, string>): Heard[] {
  if (!from) throw new Problem('not_found')
  const name = id ? digest(id) : digest(from, text, String(Math.floor(nowMs() / 300_000)))
  return [{ is: 'said', id: name, from: dialled(from), words: text.normalize('NFC'), at: now() }]
}

async function hear(app: App, account: Account, { query }: Called): Promise<string> {
  const { part } = query
  const heard = part === undefined ? spoken(query) : reported(part, query)
  if (heard.length) await passOn(app, account, heard)
  // Whatever stands here Kannel would send to the phone as an answer.
  return ''
}

export const kannel: SmsAdapter = {
  kind: 'sms',
  name: 'kannel',
  fields: [
    { name: 'host', type: 'host' },
    { name: 'port', type: 'whole', initial: 13_013, min: 1, max: 65_535 },
    { name: 'line', type: 'choice', options: ['http', 'https'], initial: 'http' },
    { name: 'user', type: 'text' },
    { name: 'password', type: 'secret' },
    { name: 'sender', type: 'text' },
    { name: 'smsc', type: 'text', isOptional: true },
    { name: 'perSecond', type: 'whole', initial: 10, min: 1, max: 10_000 },
    { name: 'perDay', type: 'whole', isOptional: true, min: 1 },
  ],
  pace: ({ perSecond, perDay }) => ({
    perSecond: Number(perSecond),
    parallel: 10,
    ...(perDay === undefined ? {} : { perDay: Number(perDay) }),
  }),
  hosts: ({ host, line }) => [{ host: String(host), isEncrypted: line === 'https' }],
  send,
  hear,
  isAddress: isNumber,
  async test(app, account, to) {
    const message = testMessage(to)
    return message ? send(app, account, message) : { is: 'refused', why: 'address_wrong' }
  },
}
