// Short messages by SMPP 3.4, the operators' own interface. One line for an account in a process; a changed account gets a new one.
import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { App } from '#core/module'
import type { Fields } from 'smpp'
import type { Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { HandedOver } from '../channel.ts'
import { passOn } from '../hear-together.ts'
import { lookupFor } from '../safe-host.ts'
import { accountFrom } from '../take-account.ts'
import { accountsOfAdapter } from '../store-accounts.ts'
import { bytesOf, type DefaultAlphabet } from './gsm7.ts'
import type { ShortMessage, SmsAdapter } from './sms-adapter.ts'
import { Inbox } from './smpp-inbox.ts'
import { SmppLink, type Submitted } from './smpp-link.ts'
import { idFormats, plainId, type IdFormat } from './smpp-meaning.ts'
import { isNumber, testMessage } from './test-message.ts'

const name = 'smpp'

interface Kept {
  version: number
  link: SmppLink
}
/** By the process's database: an app may be dressed up anew, its connections are the same. `ended` opens none any more. */
const links = new WeakMap<App['sql'], Map<string, Kept> | 'ended'>()

function linksOf({ sql }: App): Map<string, Kept> {
  const known = links.get(sql) ?? new Map<string, Kept>()
  if (known === 'ended') return new Map()
  links.set(sql, known)
  return known
}

const textOf = (settings: Settings, field: string) => String(settings[field] ?? '')
const idFormatOf = ({ idFormat }: Settings) => (idFormat ?? 'text') as IdFormat
const alphabetOf = ({ alphabet }: Settings) => (alphabet ?? 'gsm') as DefaultAlphabet

function opened(app: App, account: Account): SmppLink {
  const { settings, secrets } = account
  const host = textOf(settings, 'host')
  const about = { channel: 'sms', account: account.id }
  const reading = { alphabet: alphabetOf(settings), idFormat: idFormatOf(settings) }
  return new SmppLink({
    host,
    port: Number(settings['port']),
    isTls: settings['line'] === 'encrypted',
    lookup: lookupFor(app, host),
    systemId: textOf(settings, 'user'),
    password: secrets['password'] ?? '',
    systemType: textOf(settings, 'systemType'),
    window: Number(settings['window']),
    perSecond: Number(settings['perSecond']),
    answerMs: Number(settings['answerSeconds'] ?? 20) * 1000,
    inbox: new Inbox(reading, async heard => {
      await passOn(app, account, heard).catch((error: unknown) => {
        app.log.error({ ...about, error: (error as Error).name }, 'what came in was not kept')
        throw error
      })
    }),
    say: what => {
      if (what === 'bound') app.log.info(about, 'line is open')
      else app.log.warn({ ...about, why: what }, 'line is not open')
    },
  })
}

function linkOf(app: App, account: Account): SmppLink | undefined {
  if (links.get(app.sql) === 'ended') return undefined
  const mine = linksOf(app)
  const kept = mine.get(account.id)
  if (kept?.version === account.version) return kept.link
  void kept?.link.close()
  const link = opened(app, account)
  mine.set(account.id, { version: account.version, link })
  return link
}

/** Whoever is on has a line, so that receipts and answers come in also when nothing goes out; whoever is off has none. */
export async function keepLines(app: App) {
  const rows = await accountsOfAdapter(app.sql, name)
  const mine = linksOf(app)
  for (const row of rows) if (mine.get(row.id)?.version !== row.version) linkOf(app, accountFrom(app, row.tenant, row))
  const on = new Set(rows.map(row => row.id))
  for (const [id, { link }] of [...mine].filter(([one]) => !on.has(one))) {
    mine.delete(id)
    await link.close()
  }
}

/** Ends the lines that a process holds, for good. */
export async function closeLines(app: App) {
  const mine = [...linksOf(app).values()]
  links.set(app.sql, 'ended')
  await Promise.all(mine.map(({ link }) => link.close()))
}

/** A name (brandname), a number abroad or at home, or a short code: type of number and numbering plan (SMPP 3.4 chapter 5.2.5). */
function senderOf({ sender }: Settings): Fields {
  const source_addr = String(sender)
  if (!/^\+?\d+$/.test(source_addr)) return { source_addr, source_addr_ton: 5, source_addr_npi: 0 }
  if (source_addr.length <= 8) return { source_addr, source_addr_ton: 3, source_addr_npi: 0 }
  const isAbroad = source_addr.startsWith('+') || source_addr.startsWith('84')
  return { source_addr: source_addr.replace('+', ''), source_addr_ton: isAbroad ? 1 : 2, source_addr_npi: 1 }
}

/** What joins parts (3GPP TS 23.040 9.2.3.24.1). The same message has the same mark again: a phone that has a part of it already joins them. */
export const joiner = (key: string, of: number, n: number) =>
  Buffer.from([5, 0, 3, createHash('sha256').update(key).digest()[0]!, of, n])

/** Part by part on one line; undefined where the SMSC's alphabet cannot say a part. */
function pdusOf({ settings }: Account, { to, encoding, parts, key }: ShortMessage): Fields[] | undefined {
  const common = {
    ...senderOf(settings),
    dest_addr_ton: 1,
    dest_addr_npi: 1,
    destination_addr: to.replace('+', ''),
    registered_delivery: 1,
    data_coding: encoding === 'ucs2' ? 8 : 0,
  }
  const pdus: Fields[] = []
  for (const [n, part] of parts.entries()) {
    const message = bytesOf(part, encoding, alphabetOf(settings))
    if (!message) return undefined
    const udh = parts.length > 1 ? { udh: joiner(key, parts.length, n + 1) } : {}
    pdus.push({ ...common, short_message: { ...udh, message } })
  }
  return pdus
}

const patience = [500, 1000, 2000]

/** When the first parts are taken already, the rest is worth waiting for. */
async function submitPart(link: SmppLink, pdu: () => Fields, isFirst: boolean): Promise<Submitted> {
  for (const ms of isFirst ? [] : patience) {
    const said = await link.submit(pdu())
    if (said.is === 'taken' || said.why !== 'slow_down') return said
    await sleep(ms)
  }
  return link.submit(pdu())
}

/** @throws AnswerLost where a part went and no answer came: nobody knows, and it is not sent again */
export async function send(app: App, account: Account, message: ShortMessage): Promise<HandedOver> {
  const pdus = pdusOf(account, message)
  if (!pdus) return { is: 'refused', why: 'message_refused' }
  const link = linkOf(app, account)
  if (!link) return { is: 'refused', why: 'no_line' }
  const ids: string[] = []
  for (const [n, pdu] of pdus.entries()) {
    const said = await submitPart(link, () => pdu, n === 0)
    if (said.is === 'refused') return said
    ids.push(plainId(said.id, idFormatOf(account.settings), 'answer'))
  }
  return { is: 'accepted', ...(ids.every(Boolean) ? { ids } : {}), parts: ids.length }
}

export const smpp: SmsAdapter = {
  kind: 'sms',
  name,
  fields: [
    { name: 'host', type: 'host' },
    { name: 'port', type: 'whole', initial: 2775, min: 1, max: 65_535 },
    { name: 'line', type: 'choice', options: ['plain', 'encrypted'], initial: 'plain' },
    { name: 'user', type: 'text' },
    { name: 'password', type: 'secret', isOptional: true },
    { name: 'systemType', type: 'text', isOptional: true },
    { name: 'sender', type: 'text' },
    { name: 'alphabet', type: 'choice', options: ['gsm', 'latin1'], initial: 'gsm' },
    { name: 'idFormat', type: 'choice', options: idFormats, initial: 'text' },
    { name: 'window', type: 'whole', initial: 10, min: 1, max: 1000 },
    { name: 'answerSeconds', type: 'whole', initial: 20, min: 1, max: 60 },
    { name: 'perSecond', type: 'whole', initial: 10, min: 1, max: 10_000 },
    { name: 'perDay', type: 'whole', isOptional: true, min: 1 },
  ],
  pace: ({ perSecond, perDay, window }) => ({
    perSecond: Number(perSecond),
    parallel: Number(window),
    ...(perDay === undefined ? {} : { perDay: Number(perDay) }),
  }),
  hosts: ({ host, line }) => [{ host: String(host), isEncrypted: line === 'encrypted' }],
  send,
  isAddress: isNumber,
  async test(app, account, to) {
    const message = testMessage(to)
    if (!message) return { is: 'refused', why: 'address_wrong' }
    linkOf(app, account)?.hurry()
    return send(app, account, message)
  },
}
