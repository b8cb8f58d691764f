// Short messages through a provider's HTTP interface: one way of calling, a profile for each provider.
import { randomBytes } from 'node:crypto'
import { now } from '#core/clock'
import type { App } from '#core/module'
import { say } from '#core/words'
import { readPhone } from '#people'
import type { Account, Called } from '../account.ts'
import type { Field, Settings } from '../account-field.ts'
import type { HandedOver } from '../channel.ts'
import { passOn } from '../hear-together.ts'
import type { Heard } from '../heard.ts'
import { hookAddress } from '../hooks.ts'
import type { HttpProfile, Values } from '../http-profile.ts'
import { addressFields, askBy, hostsOf, paceFields, paceOf } from '../http-way.ts'
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

function send(app: App, account: Account, message: ShortMessage, provider: HttpProvider): Promise<HandedOver> {
  const { tenant, id, settings } = account
  return askBy(app, account, provider.profile(settings), message, {
    text: message.text,
    unicode: message.encoding === 'ucs2' ? '1' : '0',
    hook: hookAddress(app, tenant, id),
    ...provider.values?.(message),
  })
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
    pace: settings => paceOf(settings, { perSecond: provider.perSecond, parallel: 20 }),
    hosts: hostsOf,
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
