// Letters by SMTP. One pool of connections for an account; a changed account gets a new one.
import nodemailer, { type Transporter } from 'nodemailer'
import type Mail from 'nodemailer/lib/mailer/index.js'
import type SMTPPool from 'nodemailer/lib/smtp-pool/index.js'
import * as v from 'valibot'
import { nowMs } from '#core/clock'
import type { App } from '#core/module'
import { say } from '#core/words'
import type { Account, Adapter } from '../account.ts'
import type { Settings } from '../account-field.ts'
import { lookupFor } from '../safe-host.ts'
import type { ChannelError } from '../channel-errors.ts'
import type { HandedOver } from '../channel.ts'
import { hearBounce } from './bounce.ts'
import type { Sender } from './letter.ts'

const timeoutMs = 20_000
const keepMs = 600_000

interface Kept {
  version: number
  transport: Transporter<SMTPPool.SentMessageInfo>
  usedAt: number
}
const transports = new WeakMap<App, Map<string, Kept>>()

const textOf = (settings: Settings, name: string) => {
  const value = settings[name]
  return value === undefined ? undefined : String(value)
}

function connected(app: App, { settings, secrets }: Account) {
  const host = String(settings['host'])
  const user = textOf(settings, 'user')
  const lookup = lookupFor(app, host)
  return nodemailer.createTransport({
    pool: true,
    host,
    port: Number(settings['port']),
    secure: settings['security'] === 'tls',
    requireTLS: settings['security'] === 'starttls',
    ignoreTLS: settings['security'] === 'none',
    maxConnections: 5,
    maxMessages: 500,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: secrets['password'] ?? '' } }),
    ...(lookup ? { lookup } : {}),
  } as SMTPPool.Options)
}

function transportOf(app: App, account: Account): Transporter<SMTPPool.SentMessageInfo> {
  const mine = transports.get(app) ?? new Map<string, Kept>()
  transports.set(app, mine)
  const at = nowMs()
  for (const [id, kept] of mine)
    if (at - kept.usedAt > keepMs || (id === account.id && kept.version !== account.version)) {
      kept.transport.close()
      mine.delete(id)
    }
  const kept = mine.get(account.id) ?? { version: account.version, transport: connected(app, account), usedAt: at }
  kept.usedAt = at
  mine.set(account.id, kept)
  return kept.transport
}

/** Ends the connections that a process holds. */
export function closeMail(app: App) {
  for (const { transport } of transports.get(app)?.values() ?? []) transport.close()
  transports.delete(app)
}

interface SmtpError {
  code?: string
  responseCode?: number
  response?: string
}

/** RFC 3463: class, subject, detail. */
const enhanced = (response = '') => /\b[245]\.\d{1,3}\.\d{1,3}\b/.exec(response)?.[0]

/** RFC 5321 and RFC 3463: what a mail server's refusal means for this address, this letter or our account. */
function meaningOf({ code, responseCode = 0, response }: SmtpError): ChannelError {
  if (code === 'EUNSAFE') return 'address_unsafe'
  if (code === 'EAUTH' || responseCode === 530 || responseCode === 535) return 'not_signed_in'
  const status = enhanced(response) ?? ''
  if (responseCode === 421 || responseCode === 450 || responseCode === 451) return 'slow_down'
  if (responseCode >= 400 && responseCode < 500) return 'provider_down'
  if (responseCode === 552 || status === '5.3.4') return 'message_too_large'
  if (/^5\.(1\.[1-36]|2\.1)$/.test(status)) return 'address_dead'
  if (responseCode === 553 || responseCode === 501) return 'address_wrong'
  if (responseCode === 550 || responseCode === 551) return status.startsWith('5.7') ? 'message_refused' : 'address_dead'
  return responseCode >= 500 ? 'message_refused' : 'no_line'
}

export async function post(app: App, account: Account, letter: Mail.Options): Promise<HandedOver> {
  try {
    await transportOf(app, account).sendMail(letter)
    return { is: 'accepted' }
  } catch (error) {
    const why = meaningOf(error as SmtpError)
    return { is: 'refused', why }
  }
}

export const senderOf = ({ settings, name }: Account): Sender => ({
  fromName: textOf(settings, 'fromName') ?? name,
  from: String(settings['from']),
  bounceTo: textOf(settings, 'bounceTo'),
})

export const smtp: Adapter = {
  kind: 'email',
  name: 'smtp',
  fields: [
    { name: 'host', type: 'host' },
    { name: 'port', type: 'whole', initial: 587, min: 1, max: 65_535 },
    { name: 'security', type: 'choice', options: ['starttls', 'tls', 'none'], initial: 'starttls' },
    { name: 'user', type: 'text', isOptional: true },
    { name: 'password', type: 'secret', isOptional: true },
    { name: 'from', type: 'email' },
    { name: 'fromName', type: 'text' },
    { name: 'bounceTo', type: 'email', isOptional: true },
    { name: 'perSecond', type: 'whole', initial: 10, min: 1, max: 1000 },
    { name: 'perDay', type: 'whole', isOptional: true, min: 1 },
  ],
  pace: ({ perSecond, perDay }) => ({
    perSecond: Number(perSecond),
    parallel: 10,
    ...(perDay === undefined ? {} : { perDay: Number(perDay) }),
  }),
  hosts: ({ host, security }) => [{ host: String(host), isEncrypted: security !== 'none' }],
  async hear(app, account, { raw }) {
    const became = await hearBounce(app, account.tenant, raw.toString('utf8'))
    app.log.info({ channel: 'email', account: account.id, became }, 'letter came back')
    return became
  },
  isAddress: to => v.is(v.pipe(v.string(), v.email()), to),
  test: (app, account, to) => {
    const { from, fromName } = senderOf(account)
    return post(app, account, {
      from: { name: fromName, address: from },
      to,
      subject: say('vi', 'email.test_subject'),
      text: say('vi', 'email.test_body'),
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
  },
}
