// What Zalo tells, in our own words. Decisions without I/O.
import { say } from '#core/words'
import type { Heard } from '../heard.ts'
import { at } from '../http-profile.ts'

export interface Told {
  heard: Heard[]
  /** Somebody did something at the account: from then on it may write to him for a while. */
  active?: string
  /** How many a day may be sent unasked. */
  perDay?: number
  news?: { about: string; said: string }
}

const sentKinds = new Map([
  ['user_send_image', 'image'],
  ['user_send_gif', 'image'],
  ['user_send_file', 'file'],
  ['user_send_audio', 'audio'],
  ['user_send_video', 'video'],
  ['user_send_location', 'location'],
  ['user_send_link', 'link'],
  ['user_send_business_card', 'card'],
])

/** The first of these names with a plain value, wherever it stands. */
function anywhere(json: unknown, names: readonly string[]): string | undefined {
  if (typeof json !== 'object' || json === null) return undefined
  for (const name of names) {
    const value = at(json, name)
    if (value !== undefined) return value
  }
  for (const inner of Object.values(json)) {
    const found = anywhere(inner, names)
    if (found !== undefined) return found
  }
  return undefined
}

const place = (json: unknown) => {
  const payload = 'message.attachments.0.payload.coordinates'
  const [latitude, longitude] = [at(json, `${payload}.latitude`), at(json, `${payload}.longitude`)]
  return latitude && longitude ? `${latitude}, ${longitude}` : undefined
}

/** A picture, a voice, a place: words that say so, and where it lies at Zalo. */
function wordsOf(json: unknown, kind: string): string {
  const link = at(json, 'message.attachments.0.payload.url') ?? place(json)
  const said = at(json, 'message.text')
  return [say('vi', `zalo.sent_${kind}`), said, link].filter(Boolean).join(': ').slice(0, 1000)
}

const idsOf = (json: unknown): string[] => {
  const many: string[] = []
  for (let n = 0; n < 100; n++) {
    const id = at(json, `message.msg_ids.${n}`)
    if (id === undefined) break
    many.push(id)
  }
  const one = at(json, 'message.msg_id')
  return one === undefined || many.includes(one) ? many : [one, ...many]
}

interface Event {
  json: unknown
  name: string
  /** Who did it. */
  from: string | undefined
  timestamp: string
  at: Date
}

function saidBy({ json, name, from, at: when, timestamp }: Event): Told {
  if (!from) return { heard: [] }
  const id = at(json, 'message.msg_id') ?? `${name} ${timestamp} ${from}`
  const kind = sentKinds.get(name)
  const words = kind ? wordsOf(json, kind) : (at(json, 'message.text') ?? '')
  return { heard: [{ is: 'said', id, from, words, at: when }], active: from }
}

/** What the person filled in for the commune to read: a question of his, if his home is known. */
function submitted({ json, from, at: when, timestamp }: Event): Told {
  if (!from) return { heard: [] }
  const [name, phone] = [at(json, 'info.name'), at(json, 'info.phone')]
  const words = [say('vi', 'zalo.sent_info'), name, phone].filter(Boolean).join(' ')
  return { heard: [{ is: 'said', id: `info ${timestamp} ${from}`, from, words, at: when }], active: from }
}

function ofAccount({ json, name }: Event): Told {
  if (name === 'change_oa_daily_quota') {
    const perDay = anywhere(json, ['new_quota', 'daily_quota', 'dailyQuota', 'new_value', 'quota'])
    return { heard: [], ...(perDay && /^\d{1,9}$/.test(perDay) ? { perDay: Number(perDay) } : {}) }
  }
  const template = anywhere(json, ['template_id'])
  const now = anywhere(json, ['new_status', 'new_quality', 'new_quota', 'new_value', 'status', 'quality'])
  if (template === undefined || now === undefined) return { heard: [] }
  return { heard: [], news: { about: `${name} ${template}`.slice(0, 100), said: now.slice(0, 100) } }
}

/** @param now what is said to come from the future happened just now */
export function toldBy(json: unknown, timestamp: string, now: Date): Told {
  const name = at(json, 'event_name') ?? ''
  const when = new Date(Math.min(Number(timestamp), now.getTime()))
  const from = at(json, 'follower.id') ?? at(json, 'sender.id')
  const event: Event = { json, name, from, timestamp, at: when }
  const part = (state: 'delivered' | 'seen'): Told => ({
    heard: idsOf(json).map(providerId => ({ is: 'part', providerId, state, at: when })),
  })
  if (name === 'follow' && from)
    return { heard: [{ is: 'joined', id: `follow ${timestamp} ${from}`, from, at: when }], active: from }
  if (name === 'unfollow' && from)
    return { heard: [{ is: 'left', id: `unfollow ${timestamp} ${from}`, from, at: when }] }
  if (name === 'user_received_message') return part('delivered')
  if (name === 'user_seen_message') return part('seen')
  if (name === 'user_submit_info') return submitted(event)
  if (name === 'user_send_text' || sentKinds.has(name)) return saidBy(event)
  if (name.startsWith('user_send_') && from && !name.includes('group')) return { heard: [], active: from }
  return name.startsWith('change_') ? ofAccount(event) : { heard: [] }
}
