// A notice in Zalo's words: as a message to who spoke with the commune lately, or as the values of a template. Decisions without I/O.
import { dayOf, minuteOfDay } from '#core/clock'
import { say } from '#core/words'
import type { Settings } from '../account-field.ts'
import type { Outgoing } from '../channel.ts'
import { text, whole } from './settings.ts'

const most = 2000
/** As Zalo counts: code points. */
const lettersOf = (words: string) => Array.from(words).length

/** Whole words, with a sign where some are left out. */
export function cutTo(words: string, room: number): string {
  const letters = Array.from(words.normalize('NFC'))
  if (letters.length <= room) return letters.join('')
  const cut = letters.slice(0, Math.max(0, room - 1)).join('')
  const space = cut.lastIndexOf(' ')
  return `${space > cut.length / 2 ? cut.slice(0, space) : cut}…`
}

export type Said = Pick<Outgoing, 'title' | 'text' | 'author' | 'checkCode' | 'isPrivate' | 'isOptional' | 'class'>

/** At most 2,000 letters, the link last. */
export function messageText(message: Said, link: string): string {
  const { author, title, isPrivate, isOptional, checkCode } = message
  const head = message.class === 'emergency' ? `${say('vi', 'zalo.emergency')} · ${author}` : author
  if (isPrivate) return `${head}: ${say('vi', 'zalo.private')}\n${link}`.normalize('NFC')
  const tail = [
    say('vi', isOptional ? 'zalo.hint_optional' : 'zalo.hint'),
    `${say('vi', 'zalo.code', { code: checkCode })} ${link}`,
  ].join('\n')
  const top = `${cutTo(`${head}: ${title}`, 500)}\n\n`
  const room = most - lettersOf(top.normalize('NFC')) - lettersOf(tail.normalize('NFC')) - 2
  return `${top}${cutTo(message.text, room)}\n\n${tail}`.normalize('NFC')
}

export const isCut = (message: Said, link: string) =>
  !message.isPrivate && !messageText(message, link).includes(message.text.normalize('NFC'))

/** `07:30 25/11/2026`, or the day alone: within the 20 letters that Zalo gives a time. */
function timeOf({ at, isWholeDay }: NonNullable<Outgoing['event']>): string {
  const date = dayOf(at).split('-').toReversed().join('/')
  const minute = minuteOfDay(at)
  const two = (n: number) => String(n).padStart(2, '0')
  return isWholeDay ? date : `${two(Math.floor(minute / 60))}:${two(minute % 60)} ${date}`
}

/** Letters that Zalo gives a value of each sort. */
const room = { when: 20, where: 200, link: 200, commune: 30 }

/** What stands in the commune's registered template, under the names that it gave the values there. */
export function templateData(message: Outgoing, link: string, settings: Settings): Record<string, string> {
  const { isPrivate, event, title, author } = message
  const asIs = say('vi', 'zalo.see_inside')
  const values = [
    ['wordTitle', cutTo(isPrivate ? say('vi', 'zalo.private') : title, whole(settings, 'titleMost') ?? 100)],
    ['wordWhen', event && !isPrivate ? timeOf(event) : asIs],
    ['wordWhere', cutTo((!isPrivate && event?.place) || asIs, room.where)],
    ['wordLink', link.slice(0, room.link)],
    ['wordCommune', cutTo(author, room.commune)],
  ] as const
  return Object.fromEntries(
    values.flatMap(([field, value]) => {
      const name = text(settings, field)
      return name === undefined ? [] : [[name, value.normalize('NFC')]]
    }),
  )
}
