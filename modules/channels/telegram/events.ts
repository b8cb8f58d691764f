// What Telegram tells, in our own words. Decisions without I/O. Source: core.telegram.org/bots/api, "Update", read in November 2026.
import { say } from '#core/words'
import type { Heard } from '../heard.ts'
import { at } from '../http-profile.ts'
import { partId } from './part-id.ts'
import { known } from './words.ts'

export interface Told {
  heard: Heard[]
  /** What the bot does at once, in its answer to the call: a method of theirs with its values. */
  answer?: { method: string } & Record<string, string>
}

const nothing: Told = { heard: [] }
const mostLetters = 1000

/** A link opened or a code typed: `/start 123456`. Codes are six digits; whatever else a link says is none. */
function joinedBy(words: string): { code?: string } | undefined {
  const [, said] = /^\/start(?:@\w+)?(?:\s+(.*))?$/s.exec(words) ?? [undefined, null]
  if (said === null) return undefined
  return said !== undefined && /^\d{6}$/.test(said.trim()) ? { code: said.trim() } : {}
}

/** Nobody looks into a bot's chats: what is no text is asked for in words. */
const kinds = ['photo', 'voice', 'video', 'video_note', 'audio', 'document', 'sticker', 'contact'] as const

function wordsOf(json: unknown): string {
  const said = at(json, 'message.text') ?? at(json, 'message.caption')
  const [latitude, longitude] = [at(json, 'message.location.latitude'), at(json, 'message.location.longitude')]
  if (latitude && longitude) return say('vi', 'telegram.sent_place', { place: `${latitude}, ${longitude}` })
  const message = (json as { message?: object }).message ?? {}
  const isOther = kinds.some(kind => Object.hasOwn(message, kind))
  return [said, ...(isOther ? [say('vi', 'telegram.sent_other')] : [])].filter(Boolean).join(' ').slice(0, mostLetters)
}

function saidBy(json: unknown, id: string, when: Date): Told {
  const from = at(json, 'message.chat.id')
  // In a group many read: nobody there speaks for one home.
  if (from === undefined || at(json, 'message.chat.type') !== 'private') return nothing
  const words = wordsOf(json)
  if (/^\/id(@\w+)?$/.test(words.trim()))
    return { heard: [], answer: { method: 'sendMessage', chat_id: from, text: say('vi', 'telegram.id', { id: from }) } }
  const joined = joinedBy(words)
  if (joined) return { heard: [{ is: 'joined', id, from, at: when, ...joined }] }
  return { heard: [{ is: 'said', id, from, words, at: when }] }
}

function pressed(json: unknown, when: Date): Told {
  const [query, chat, message] = ['id', 'message.chat.id', 'message.message_id'].map(name =>
    at(json, `callback_query.${name}`),
  )
  if (!query) return nothing
  // Without an answer the button goes on turning.
  const answer = { method: 'answerCallbackQuery', callback_query_id: query, text: say('vi', 'telegram.pressed') }
  const isKnown = chat && message && at(json, 'callback_query.data') === known
  return {
    heard: isKnown ? [{ is: 'part', providerId: partId(chat, message), state: 'acknowledged', at: when }] : [],
    answer,
  }
}

/** @param now when it was told; Telegram gives the second in which somebody wrote, and none for a button */
export function toldBy(json: unknown, now: Date): Told {
  const update = at(json, 'update_id')
  if (update === undefined) return nothing
  const seconds = at(json, 'message.date') ?? at(json, 'my_chat_member.date')
  const when = seconds && /^\d{1,11}$/.test(seconds) ? new Date(Math.min(Number(seconds) * 1000, now.getTime())) : now
  const id = `update ${update}`
  if (at(json, 'message.message_id') !== undefined) return saidBy(json, id, when)
  if (at(json, 'callback_query.id') !== undefined) return pressed(json, when)
  const [chat, status] = [at(json, 'my_chat_member.chat.id'), at(json, 'my_chat_member.new_chat_member.status')]
  const isLeft = chat && status === 'kicked' && at(json, 'my_chat_member.chat.type') === 'private'
  // Told by the second: whoever joined within the same one and then blocked has left.
  const leftAt = new Date(Math.min(when.getTime() + 999, now.getTime()))
  return isLeft ? { heard: [{ is: 'left', id, from: chat, at: leftAt }] } : nothing
}
