// A provider that nobody wrote a profile for: the operator writes it into the account, as its contract says.
import type { Field, Settings } from './account-field.ts'
import type { Called } from './account.ts'
import { at, type HttpProfile } from './http-profile.ts'

const textOf = (settings: Settings, name: string) => {
  const value = settings[name]
  return value === undefined || value === '' ? undefined : String(value)
}

export function ownProfile(settings: Settings): HttpProfile {
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

/** @param initial what most providers of the kind want */
export const ownFields = (initial: { path: string; body: string }): readonly Field[] => [
  { name: 'method', type: 'choice', options: ['POST', 'GET'], initial: 'POST' },
  { name: 'path', type: 'text', initial: initial.path },
  { name: 'format', type: 'choice', options: ['json', 'form'], initial: 'json' },
  { name: 'body', type: 'text', isOptional: true, initial: initial.body },
  { name: 'token', type: 'secret', isOptional: true },
  { name: 'hasAuthorization', type: 'flag', isOptional: true },
  { name: 'phoneForm', type: 'choice', options: ['international', 'domestic'], initial: 'international' },
  { name: 'taken', type: 'text', initial: '"status":"success"' },
  { name: 'idAt', type: 'text', isOptional: true },
]

/** What a provider calls back with, wherever it writes it: in the address, as a form, or as JSON (`data.call.id`). */
export function saidIn({ raw, query }: Pick<Called, 'raw' | 'query'>): (name: string) => string | undefined {
  const body = raw.toString('utf8')
  const json = readJson(body)
  const form = json === undefined ? new URLSearchParams(body) : undefined
  return name =>
    (at(json, name) ?? form?.get(name) ?? (Object.hasOwn(query, name) ? query[name] : undefined)) || undefined
}

function readJson(body: string): unknown {
  if (!/^\s*[{[]/.test(body)) return undefined
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
