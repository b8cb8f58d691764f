// What a commune enters for its Official Account.
import type { Host } from '../account.ts'
import type { Field, Settings } from '../account-field.ts'

export const fields: readonly Field[] = [
  { name: 'appId', type: 'text' },
  { name: 'oaId', type: 'text' },
  { name: 'appSecret', type: 'secret' },
  { name: 'oaSecretKey', type: 'secret', isOptional: true },
  { name: 'templateByUid', type: 'text', isOptional: true },
  { name: 'dongByUid', type: 'whole', isOptional: true, min: 0, max: 10_000 },
  { name: 'templateByPhone', type: 'text', isOptional: true },
  { name: 'dongByPhone', type: 'whole', isOptional: true, min: 0, max: 10_000 },
  { name: 'templateTag', type: 'choice', options: ['tag1', 'tag2', 'tag3'], initial: 'tag2' },
  { name: 'wordTitle', type: 'text', isOptional: true, initial: 'title' },
  { name: 'wordWhen', type: 'text', isOptional: true },
  { name: 'wordWhere', type: 'text', isOptional: true },
  { name: 'wordLink', type: 'text', isOptional: true, initial: 'link' },
  { name: 'wordCommune', type: 'text', isOptional: true },
  { name: 'titleMost', type: 'whole', isOptional: true, initial: 100, min: 20, max: 400 },
  { name: 'dongAfterFree', type: 'whole', isOptional: true, min: 0, max: 10_000 },
  { name: 'perMinute', type: 'whole', initial: 3930, min: 1, max: 100_000 },
  { name: 'perDayUnasked', type: 'whole', isOptional: true, initial: 500, min: 1 },
  { name: 'host', type: 'host', isOptional: true },
  { name: 'port', type: 'whole', isOptional: true, min: 1, max: 65_535 },
]

/** Zalo's own hosts, by what is asked of them. */
const hosts = { oauth: 'oauth.zaloapp.com', api: 'openapi.zalo.me', business: 'business.openapi.zalo.me' } as const
export type Door = keyof typeof hosts

const own = ({ host }: Settings) => (typeof host === 'string' && host ? host : undefined)
/** Another host than Zalo's is asked without encryption on this machine alone. */
const isPlain = (settings: Settings) => /^(127\.|localhost$|\[?::1)/.test(own(settings) ?? '')

export const hostsOf = (settings: Settings): Host[] =>
  own(settings)
    ? [{ host: own(settings)!, isEncrypted: !isPlain(settings) }]
    : Object.values(hosts).map(host => ({ host, isEncrypted: true }))

export function urlOf(settings: Settings, door: Door, path: string): URL {
  const port = settings['port'] === undefined ? '' : `:${String(settings['port'])}`
  const origin = own(settings)
    ? `${isPlain(settings) ? 'http' : 'https'}://${own(settings)!}${port}`
    : `https://${hosts[door]}`
  return new URL(path, origin)
}

export const text = (settings: Settings, name: string) => {
  const value = settings[name]
  return value === undefined || value === '' ? undefined : String(value)
}
export const whole = (settings: Settings, name: string) => {
  const value = settings[name]
  return typeof value === 'number' ? value : undefined
}
