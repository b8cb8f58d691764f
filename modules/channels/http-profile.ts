// A provider's HTTP interface written down: where, with what words, and what its answers mean. Decisions without I/O.
import type { ChannelError } from './channel-errors.ts'
import type { HandedOver } from './channel.ts'
import type { Answered, Asked } from './http-call.ts'

export interface HttpProfile {
  method: 'GET' | 'POST'
  /** After the host, with `{names}` filled in: it can lead to no other host. */
  path: string
  format: 'json' | 'form'
  headers: Readonly<Record<string, string>>
  body: string
  /** How it writes a number: `0912345678` or `84912345678`. */
  phone: 'domestic' | 'international'
  /** Taken where what stands at `at` of the JSON is one of `in`, or where the answer holds `says`. */
  taken: { at: string; in: readonly string[] } | { says: string }
  /** Where the provider's own name for the message stands; absent: it calls back with our key. */
  idAt?: string
  partsAt?: string
  dongAt?: string
  /** Where its code of an error stands, and what each means. */
  errorAt?: string
  errors: Readonly<Record<string, ChannelError>>
  /** It refuses a second message with our key: where nobody knows whether one went, it may go again. */
  takesKey: boolean
}

export type Values = Readonly<Record<string, string>>

const escapes = {
  json: (text: string) => JSON.stringify(text).slice(1, -1),
  form: encodeURIComponent,
  /** A line break would begin another header. */
  header: (text: string) => text.replaceAll(/[\r\n\0]/g, ''),
}

const filled = (template: string, values: Values, escape: (text: string) => string) =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name]
    return value === undefined ? whole : escape(value)
  })

const media = { json: 'application/json; charset=utf-8', form: 'application/x-www-form-urlencoded' }

export interface Origin {
  host: string
  port: number
  isEncrypted: boolean
}

/** @throws Error when a template leads to another host than the account's */
export function askedOf(
  profile: HttpProfile,
  { host, port, isEncrypted }: Origin,
  values: Values,
): Asked & { body: string | undefined } {
  const origin = `${isEncrypted ? 'https' : 'http'}://${host}:${port}`
  const url = new URL(filled(profile.path, values, escapes.form), origin)
  if (url.origin !== new URL(origin).origin || url.username) throw new Error('leads to another host')
  const headers = Object.entries(profile.headers).map(([name, value]) => [name, filled(value, values, escapes.header)])
  const body = profile.method === 'GET' ? undefined : filled(profile.body, values, escapes[profile.format])
  return {
    url,
    method: profile.method,
    headers: {
      ...(body === undefined
        ? {}
        : { 'content-type': media[profile.format], 'content-length': String(Buffer.byteLength(body)) }),
      ...(Object.fromEntries(headers) as Record<string, string>),
    },
    body,
  }
}

/** Whole numbers that JavaScript would round stay text: providers' ids are such. */
export const asText = (body: string) => body.replaceAll(/([:[,]\s*)(\d{16,})(?=\s*[,}\]])/g, '$1"$2"')

/** JSON with long numbers as text; undefined for what is none. */
export function parsed(body: string): unknown {
  for (const text of [asText(body), body])
    try {
      return JSON.parse(text) as unknown
    } catch {
      // Not JSON: read as text, or not at all.
    }
  return undefined
}

/** What stands at `a.b.c`, as text; undefined where nothing does. */
export function at(json: unknown, path: string | undefined): string | undefined {
  if (path === undefined) return undefined
  let here = json
  for (const name of path.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Record<string, unknown>)[name]
  }
  return typeof here === 'string' || typeof here === 'number' ? String(here) : undefined
}

function ofStatus({ status }: Answered): ChannelError | undefined {
  if (status === 401 || status === 403) return 'not_signed_in'
  if (status === 429) return 'slow_down'
  if (status >= 500 || status === 408) return 'provider_down'
  return status >= 300 ? 'message_refused' : undefined
}

const whole = (text: string | undefined) => (text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined)

/** A wish in seconds; a date is left to our own patience. */
const waitOf = ({ retryAfter }: Answered, now: Date) =>
  whole(retryAfter) === undefined ? {} : { againAt: new Date(now.getTime() + whole(retryAfter)! * 1000) }

/** What an answer means. @param key by which the provider tells later, where it has no name of its own */
export function meaningOf(
  profile: HttpProfile,
  answer: Answered,
  { key, now }: { key: string; now: Date },
): HandedOver {
  const json = parsed(answer.body)
  const code = at(json, profile.errorAt)
  const { taken } = profile
  const isTaken = 'says' in taken ? answer.body.includes(taken.says) : taken.in.includes(at(json, taken.at) ?? '')
  const wrong = ofStatus(answer)
  if (isTaken && !wrong) {
    const id = profile.idAt === undefined ? key : at(json, profile.idAt)
    const parts = whole(at(json, profile.partsAt))
    const dong = whole(at(json, profile.dongAt))
    return {
      is: 'accepted',
      ...(id === undefined ? {} : { ids: [id] }),
      ...(parts ? { parts } : {}),
      ...(dong ? { dong } : {}),
    }
  }
  const known = code === undefined ? undefined : profile.errors[code]
  // Whoever answers with a failure of its own says nothing of this home, whatever code stands beside it.
  const why = (answer.status >= 500 ? wrong : known) ?? wrong ?? 'provider_down'
  return { is: 'refused', why, ...waitOf(answer, now) }
}
