// A gateway of short messages that no profile knows.
import { createHash } from 'node:crypto'
import type { Called } from '../account.ts'
import type { Heard } from '../heard.ts'
import { ownFields, ownProfile } from '../http-own-profile.ts'
import { httpAdapter } from './http.ts'

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
  fields: ownFields({ path: '/api/sms', body: '{"to":"{phone}","text":"{text}","id":"{key}"}' }),
  perSecond: 10,
  profile: ownProfile,
  heard: heardFromOwn,
})
