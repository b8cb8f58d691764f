// A notice as a voice says it on the telephone: who, what, when, where, and which key does what. Decisions without I/O.
import { dayOf, minuteOfDay } from '#core/clock'
import { fill, say } from '#core/words'
import type { Outgoing } from '../channel.ts'
import { clockWords, readAloud, secondsOf } from './read-aloud.ts'

const words = (key: string, data: Record<string, string> = {}) => fill(say('vi', `call.${key}`), data)

const weekdays = ['Chủ nhật', 'thứ hai', 'thứ ba', 'thứ tư', 'thứ năm', 'thứ sáu', 'thứ bảy']

/** `19 giờ 30, thứ tư ngày 25 tháng 11` */
function whenWords({ at, isWholeDay }: NonNullable<Outgoing['event']>): string {
  const day = dayOf(at)
  const [, month, date] = day.split('-').map(Number)
  const weekday = weekdays[new Date(`${day}T00:00:00Z`).getUTCDay()]!
  const minutes = minuteOfDay(at)
  const time = isWholeDay ? '' : `${clockWords(Math.floor(minutes / 60), minutes % 60)}, `
  return `${time}${weekday} ngày ${date} tháng ${month}`
}

export type Said = Pick<Outgoing, 'title' | 'text' | 'author' | 'class' | 'event' | 'isPrivate'>

export interface Spoken {
  text: string
  seconds: number
  isCut: boolean
}

const ended = (text: string) => (/[.!?…]$/.test(text) ? text : `${text}.`)

const partsOf = (text: string) => text.match(/[^.!?…]+[.!?…]+["”)]*|[^.!?…]+$/g)?.map(part => part.trim()) ?? []

/** Whole sentences, as many as there is time for; what the title says already is not said twice. */
function fitting(title: string, text: string, seconds: number): { sentences: string[]; isCut: boolean } {
  const all = partsOf(readAloud(text)).filter(one => one && ended(one) !== title)
  let left = seconds
  const most = all.findIndex(one => (left -= secondsOf(one)) < 0)
  return most < 0 ? { sentences: all, isCut: false } : { sentences: all.slice(0, most), isCut: true }
}

const placeWords = (place: string) => (place ? [words('where', { place: readAloud(place).replace(/\.$/, '') })] : [])

/** @param most seconds for all of it; who says it, its title, when and where and the keys are said however long they are */
export function spokenWords(message: Said, most: number): Spoken {
  const author = readAloud(message.author).replace(/\.$/, '')
  const opening = words(message.class === 'emergency' ? 'open_emergency' : 'open', { author })
  const keys = words(message.isPrivate ? 'keys_private' : 'keys')
  if (message.isPrivate) {
    const text = [opening, words('private'), keys].join(' ')
    return { text, seconds: secondsOf(text), isCut: false }
  }
  const title = ended(readAloud(message.title))
  const { event } = message
  const dated = event ? [words('when', { when: whenWords(event) }), ...placeWords(event.place)] : []
  const must = [opening, title, ...dated, keys]
  const { sentences, isCut } = fitting(title, message.text, most - secondsOf(must.join(' ')))
  const text = [opening, title, ...sentences, ...dated, keys].join(' ')
  return { text, seconds: secondsOf(text), isCut }
}
