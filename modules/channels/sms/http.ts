// Short messages through a provider's HTTP interface: one way of calling, a profile for each provider.
import { randomBytes } from 'node:crypto'
import { now } from '#core/clock'
import type { App } from '#core/module'
import { say } from '#core/words'
import { readPhone, spoken } from '#people'
import type { Account, Called } from '../account.ts'
import type { Field, Settings } from '../account-field.ts'
import type { HandedOver } from '../channel.ts'
import { passOn, type Heard } from '../heard.ts'
import { hookAddress } from '../hooks.ts'
import { call, NotReached } from '../http-call.ts'
import { askedOf, meaningOf, type HttpProfile, type Origin, type Values } from '../http-profile.ts'
import { lookOf } from './look.ts'
import type { ShortMessage, SmsAdapter } from './sms-adapter.ts'
import { weigh, partsOf } from './text.ts'

/** A provider: what has to be filled in for it, its profile, and what it calls back with. */
export interface HttpProvider {
  name: string
  fields: readonly Field[]
  perSecond: number
  profile: (settings: Settings) => HttpProfile
  /** Further words for the templates. */
  values?: (message: ShortMessage) => Values
  heard: (called: Called, at: Date) => readonly Heard[]
}

const addressFields = (host: string | undefined): readonly Field[] => [
  { name: 'host', type: 'host', ...(host === undefined ? {} : { initial: host }) },
  { name: 'port', type: 'whole', initial: 443, min: 1, max: 65_535 },
  { name: 'line', type: 'choice', options: ['https', 'http'], initial: 'https' },
]
const paceFields = (perSecond: number): readonly Field[] => [
  { name: 'perSecond', type: 'whole', initial: perSecond, min: 1, max: 1000 },
  { name: 'perDay', type: 'whole', isOptional: true, min: 1 },
]

const originOf = ({ host, port, line }: Settings): Origin => ({
  host: String(host),
  port: Number(port ?? 443),
  isEncrypted: line !== 'http',
})

const domestic = (to: string) => spoken(to).replaceAll(' ', '')

function valuesOf(app: App, account: Account, profile: HttpProfile, message: ShortMessage): Values {
  const { tenant, id, settings, secrets } = account
  return {
    ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
    ...secrets,
    phone: profile.phone === 'domestic' ? domestic(message.to) : message.to.slice(1),
    text: message.text,
    key: message.key,
    unicode: message.encoding === 'ucs2' ? '1' : '0',
    hook: hookAddress(app, tenant, id),
  }
}

async function send(app: App, account: Account, message: ShortMessage, provider: HttpProvider): Promise<HandedOver> {
  const profile = provider.profile(account.settings)
  const values = { ...valuesOf(app, account, profile, message), ...provider.values?.(message) }
  const asked = askedOf(profile, originOf(account.settings), {
    ...values,
    basic: Buffer.from(`${account.secrets['token'] ?? ''}:x`).toString('base64'),
  })
  try {
    return meaningOf(profile, await call(app, asked), { key: message.key, now: now() })
  } catch (error) {
    // Where a key tells the provider that it is the same message, asking again is safe; else nobody knows whether it went.
    if (error instanceof NotReached || profile.takesKey) return { is: 'refused', why: 'no_line' }
    throw new Error('no answer', { cause: error })
  }
}

/** @param to a number of Vietnam */
function testMessage(account: Account, to: string): ShortMessage {
  const { text, encoding } = weigh(say('vi', 'sms.test_body'), lookOf(account.settings))
  return {
    to: readPhone(to)!,
    text,
    encoding,
    parts: partsOf(text, encoding),
    key: randomBytes(24).toString('base64url'),
  }
}

export function httpAdapter(provider: HttpProvider, host?: string): SmsAdapter {
  return {
    kind: 'sms',
    name: provider.name,
    fields: [...addressFields(host), ...provider.fields, ...paceFields(provider.perSecond)],
    pace: ({ perSecond, perDay }) => ({
      perSecond: Number(perSecond ?? provider.perSecond),
      parallel: 20,
      ...(perDay === undefined ? {} : { perDay: Number(perDay) }),
    }),
    hosts: settings => [{ host: originOf(settings).host, isEncrypted: originOf(settings).isEncrypted }],
    takesKey: settings => provider.profile(settings).takesKey,
    send: (app, account, message) => send(app, account, message, provider),
    isAddress: to => readPhone(to) !== undefined,
    async test(app, account, to) {
      const message = testMessage(account, to)
      return send(app, account, message, provider).catch((): HandedOver => ({ is: 'refused', why: 'no_line' }))
    },
    async hear(app, account, called) {
      await passOn(app, account, provider.heard(called, now()))
      return 'OK'
    },
  }
}
