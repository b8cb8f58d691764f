// Calls through a provider's HTTP interface, written down in the account as its contract says: the provider reads our words aloud.
import { randomBytes } from 'node:crypto'
import { now } from '#core/clock'
import type { App } from '#core/module'
import { say } from '#core/words'
import { readPhone } from '#people'
import type { Account } from '../account.ts'
import type { HandedOver } from '../channel.ts'
import { passOn } from '../hear-together.ts'
import { hookAddress } from '../hooks.ts'
import { ownFields, ownProfile } from '../http-own-profile.ts'
import { addressFields, askBy, hostsOf, paceFields, paceOf } from '../http-way.ts'
import type { Call, CallAdapter } from './call-adapter.ts'
import { fullAs, hearingFields, heardOfCall } from './hear.ts'
import { secondsOf } from './read-aloud.ts'

const usual = { perSecond: 2, parallel: 10 }

/** Nobody is called out of bed for less than an emergency, whatever a ladder says. */
const night = { from: 21 * 60, to: 7 * 60 }

const call = (app: App, account: Account, { to, text, seconds, key }: Call): Promise<HandedOver> =>
  askBy(
    app,
    account,
    ownProfile(account.settings),
    { to, key },
    {
      text,
      seconds: String(seconds),
      hook: `${hookAddress(app, account.tenant, account.id)}?${fullAs}=${seconds}`,
    },
  )

export const callByHttp: CallAdapter = {
  kind: 'call',
  name: 'call_http',
  fields: [
    ...addressFields(undefined),
    ...ownFields({
      path: '/api/call',
      body: '{"to":"{phone}","text":"{text}","id":"{key}","hook":"{hook}"}',
    }),
    { name: 'dongPerCall', type: 'whole', initial: 0, min: 0, max: 100_000 },
    { name: 'dongPerMinute', type: 'whole', min: 0, max: 100_000 },
    { name: 'mostSeconds', type: 'whole', initial: 60, min: 20, max: 300 },
    ...hearingFields,
    ...paceFields(usual.perSecond),
  ],
  pace: settings => ({ ...paceOf(settings, usual), night }),
  hosts: hostsOf,
  isAddress: to => readPhone(to) !== undefined,
  call,
  async test(app, account, to) {
    const text = say('vi', 'call.test')
    const key = randomBytes(24).toString('base64url')
    const asked = { to: readPhone(to)!, text, seconds: secondsOf(text), key }
    return call(app, account, asked).catch((): HandedOver => ({ is: 'refused', why: 'no_line' }))
  },
  async hear(app, account, called) {
    await passOn(app, account, heardOfCall(account.settings, called, now()))
    return 'OK'
  },
}
