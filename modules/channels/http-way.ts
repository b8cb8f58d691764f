// What accounts at HTTP interfaces have in common: where they lead, how fast, and one call.
import { now } from '#core/clock'
import type { App } from '#core/module'
import { spoken } from '#people'
import type { Account, Pace } from './account.ts'
import type { Field, Settings } from './account-field.ts'
import type { HandedOver } from './channel.ts'
import { call, NotReached } from './http-call.ts'
import { askedOf, meaningOf, type HttpProfile, type Origin, type Values } from './http-profile.ts'

export const addressFields = (host: string | undefined): readonly Field[] => [
  { name: 'host', type: 'host', ...(host === undefined ? {} : { initial: host }) },
  { name: 'port', type: 'whole', initial: 443, min: 1, max: 65_535 },
  { name: 'line', type: 'choice', options: ['https', 'http'], initial: 'https' },
]

export const paceFields = (perSecond: number): readonly Field[] => [
  { name: 'perSecond', type: 'whole', initial: perSecond, min: 1, max: 1000 },
  { name: 'perDay', type: 'whole', isOptional: true, min: 1 },
]

export const paceOf = ({ perSecond, perDay }: Settings, usual: { perSecond: number; parallel: number }): Pace => ({
  perSecond: Number(perSecond ?? usual.perSecond),
  parallel: usual.parallel,
  ...(perDay === undefined ? {} : { perDay: Number(perDay) }),
})

const originOf = ({ host, port, line }: Settings): Origin => ({
  host: String(host),
  port: Number(port ?? 443),
  isEncrypted: line !== 'http',
})

export const hostsOf = (settings: Settings) => [
  { host: originOf(settings).host, isEncrypted: originOf(settings).isEncrypted },
]

/** @param to `+84…` */
const numberFor = ({ phone }: HttpProfile, to: string) =>
  phone === 'domestic' ? spoken(to).replaceAll(' ', '') : to.slice(1)

/** What the templates of every account may name. */
const valuesOf = ({ settings, secrets }: Account, profile: HttpProfile, { to, key }: { to: string; key: string }) => ({
  ...Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, String(value)])),
  ...secrets,
  basic: Buffer.from(`${secrets['token'] ?? ''}:x`).toString('base64'),
  phone: numberFor(profile, to),
  key,
})

/** Asks the account's provider once. @param more values of this message @throws Error where nobody knows whether it went */
export async function askBy(
  app: App,
  account: Account,
  profile: HttpProfile,
  message: { to: string; key: string },
  more: Values,
): Promise<HandedOver> {
  const values = { ...valuesOf(account, profile, message), ...more }
  const asked = askedOf(profile, originOf(account.settings), values)
  try {
    return meaningOf(profile, await call(app, asked), { key: message.key, now: now() })
  } catch (error) {
    // Where a key tells the provider that it is the same message, asking again is safe; else nobody knows whether it went.
    if (error instanceof NotReached || profile.takesKey) return { is: 'refused', why: 'no_line' }
    throw new Error('no answer', { cause: error })
  }
}
