// A gateway that no profile knows: the operator writes its profile into the account, as its contract says.
import { createHash } from 'node:crypto'
import type { Settings } from '../account-field.ts'
import type { Called } from '../account.ts'
import type { Heard } from '../heard.ts'
import { httpAdapter } from './http.ts'
import type { HttpProfile } from '../http-profile.ts'

const textOf = (settings: Settings, name: string) => {
  const value = settings[name]
  return value === undefined || value === '' ? undefined : String(value)
}

function profileOf(settings: Settings): HttpProfile {
  const idAt = textOf(settings, 'idAt')
  const isGet = settings['method'] === 'GET'
  const authorization = settings['hasAuthorization'] === true
  return {
    method: isGet ? 'GET' : 'POST',
    path: String(settings['path']),
    format: settings['format'] === 'form' ? 'form' : 'json',
    headers: authorization ? { authorization: '{token}' } : {},
    body: textOf(settings, 'body') ?? '',
    phone: settings['phoneForm'] === 'domestic' ? 'domestic' : 'international',
    taken: { says: String(settings['taken']) },
    ...(idAt === undefined ? {} : { idAt }),
    errors: {},
    takesKey: false,
  }
}

const asQuery = ({ raw, query }: Pick<Called, 'raw' | 'query'>): Record<string, string> => ({
  ...query,
  ...Object.fromEntries(new URLSearchParams(raw.toString('utf8'))),
})

/** `id` and `state` (delivered or failed) of a message; `from` and `words` of what somebody says. By address or as a form. */
export function heardFromOwn(called: Pick<Called, 'raw' | 'query'>, at: Date): readonly Heard[] {
  const { id, state, from, words } = asQuery(called)
  if (from && words !== undefined) {
    const known = id || createHash('sha256').update(`${at.getTime()}/${from}/${words}`).digest('base64url')
    return [{ is: 'said', id: known, from, words, at }]
  }
  if (id && state === 'delivered') return [{ is: 'part', providerId: id, state, at }]
  if (id && state === 'failed') return [{ is: 'part', providerId: id, state, why: 'not_delivered', at }]
  return []
}

export const ownGateway = httpAdapter({
  name: 'sms_http',
  fields: [
    { name: 'method', type: 'choice', options: ['POST', 'GET'], initial: 'POST' },
    { name: 'path', type: 'text', initial: '/api/sms' },
    { name: 'format', type: 'choice', options: ['json', 'form'], initial: 'json' },
    { name: 'body', type: 'text', isOptional: true, initial: '{"to":"{phone}","text":"{text}","id":"{key}"}' },
    { name: 'token', type: 'secret', isOptional: true },
    { name: 'hasAuthorization', type: 'flag', isOptional: true },
    { name: 'phoneForm', type: 'choice', options: ['international', 'domestic'], initial: 'international' },
    { name: 'taken', type: 'text', initial: '"status":"success"' },
    { name: 'idAt', type: 'text', isOptional: true },
  ],
  perSecond: 10,
  profile: profileOf,
  heard: heardFromOwn,
})
