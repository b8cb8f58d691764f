// What Telegram's refusals mean. It has numbers like HTTP's, and tells refusals of one number apart by its words alone.
import type { ChannelError } from '../channel-errors.ts'
import { at } from '../http-profile.ts'

/** The first that fits; the words are Telegram's own, and it may change them: then the number decides. */
const byWords: readonly (readonly [status: number, words: RegExp, why: ChannelError])[] = [
  [400, /chat not found|peer_id_invalid|chat_id is empty|user not found/i, 'address_wrong'],
  [400, /too long/i, 'message_too_large'],
  [400, /https url must be provided|bad webhook/i, 'not_possible'],
  [403, /deactivated/i, 'address_dead'],
  [403, /to bots/i, 'address_wrong'],
]

const byStatus: Readonly<Record<number, ChannelError>> = {
  400: 'message_refused',
  401: 'not_signed_in',
  // The path holds the key: one that is no key at all is a path that is not there.
  404: 'not_signed_in',
  // Blocked, or never begun: a bot may not speak first.
  403: 'address_refuses',
  413: 'message_too_large',
  420: 'slow_down',
  429: 'slow_down',
}

export const meaningOf = (status: number, words = ''): ChannelError =>
  byWords.find(([number, says]) => number === status && says.test(words))?.[2] ??
  byStatus[status] ??
  (status >= 300 && status < 500 ? 'message_refused' : 'provider_down')

/** Seconds that it asks for stand in its answer, not in a header. */
export function waitOf(json: unknown, now: Date): { againAt?: Date } {
  const seconds = at(json, 'parameters.retry_after')
  return seconds !== undefined && /^\d{1,6}$/.test(seconds)
    ? { againAt: new Date(now.getTime() + Number(seconds) * 1000) }
    : {}
}
