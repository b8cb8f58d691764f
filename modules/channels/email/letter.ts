// A notice as a letter: plain text beside HTML, a calendar part for what has a date, and a way to stop what is optional.
import { createHash } from 'node:crypto'
import ical, { ICalCalendarMethod } from 'ical-generator'
import type Mail from 'nodemailer/lib/mailer/index.js'
import { dayOf } from '#core/clock'
import { inside } from '#core/ids'
import { fill, say } from '#core/words'
import type { Address, Outgoing, Piece } from '../channel.ts'
import { eventUid } from '../event-uid.ts'

const words = (key: string, data: Record<string, string> = {}) => fill(say('vi', `email.${key}`), data)

/** What is private shows no subject in a mail box that others may see. */
const subjectOf = ({ isPrivate, title, author }: Outgoing) =>
  isPrivate ? words('private_subject', { author }) : `${author}: ${title}`

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

function linesOf(message: Outgoing, link: string): string[] {
  const { isPrivate, title, text, author, checkCode } = message
  return isPrivate
    ? [words('private_body'), link, words('sent_by', { author })]
    : [
        title,
        text,
        words('open', { link }),
        words('check', { code: checkCode, link: new URL('/check', link).href }),
        words('sent_by', { author }),
      ]
}

const asHtml = (lines: readonly string[]) => {
  const paragraphs = lines.map(line => `<p style="white-space:pre-line">${escaped(line)}</p>`)
  const linked = paragraphs.map(one => one.replaceAll(/https?:\/\/[^\s<]+/g, url => `<a href="${url}">${url}</a>`))
  return `<!doctype html><html lang="vi"><meta charset="utf-8"><body style="font:16px/1.5 sans-serif;max-width:36em">${linked.join('')}</body></html>`
}

const hour = 3_600_000

/** RFC 5545, in UTC: the time zone that the library writes by a name shows seven hours wrong. */
function calendarOf({ title, text, event, subjectId, version, author }: Outgoing, link: string): string {
  const calendar = ical({
    prodId: { company: 'Loa Làng', product: 'thông báo', language: 'VI' },
    method: ICalCalendarMethod.PUBLISH,
  })
  calendar.createEvent({
    id: eventUid(inside(subjectId).id),
    sequence: version,
    ...(event!.isWholeDay
      ? // The library writes the UTC day of what it is given.
        { start: new Date(`${dayOf(event!.at)}T00:00:00Z`), allDay: true }
      : { start: event!.at, end: new Date(event!.at.getTime() + hour) }),
    summary: title,
    location: event!.place,
    description: text,
    url: link,
    organizer: { name: author, email: 'khong-tra-loi@loa-lang.invalid' },
  })
  return calendar.toString()
}

export interface Sender {
  fromName: string
  from: string
  /** Bounces go to `<start>+<mark>@<domain>`; undefined: to `from`. */
  bounceTo: string | undefined
}

/** Variable envelope return path: a bounce tells by its own address which letter it is about. */
const bounceAddress = (bounceTo: string, mark: string) => bounceTo.replace('@', `+${mark}@`)

export interface Stamp {
  /** Told back by a bounce. */
  mark: string
  /** Stops what is optional with one click (RFC 8058). */
  stopLink: string
}

/** Above the letter and in it, as whoever opens it reads it. */
export const lookOf = (message: Outgoing, link: string, stopLink: string) => ({
  title: subjectOf(message),
  text: [...linesOf(message, link), ...(message.isOptional ? [words('stop', { link: stopLink })] : [])].join('\n\n'),
})

/** One letter to one address. Its Message-ID is the same when it is sent again after a crash. */
export function letterOf(
  message: Outgoing,
  piece: Pick<Piece, 'key' | 'link'>,
  to: Address,
  { sender, stamp }: { sender: Sender; stamp: Stamp },
): Mail.Options {
  const { isOptional, isPrivate, event } = message
  const lines = linesOf(message, piece.link)
  const all = isOptional ? [...lines, words('stop', { link: stamp.stopLink })] : lines
  const domain = sender.from.slice(sender.from.indexOf('@') + 1)
  return {
    from: { name: sender.fromName, address: sender.from },
    to: to.value,
    envelope: { from: sender.bounceTo ? bounceAddress(sender.bounceTo, stamp.mark) : sender.from, to: to.value },
    messageId: `<${createHash('sha256').update(`${piece.key}/${to.id}`).digest('hex').slice(0, 32)}@${domain}>`,
    subject: subjectOf(message),
    text: all.join('\n\n'),
    html: asHtml(all),
    headers: {
      'Auto-Submitted': 'auto-generated',
      ...(isOptional
        ? { 'List-Unsubscribe': `<${stamp.stopLink}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
        : {}),
    },
    ...(event && !isPrivate
      ? { icalEvent: { method: 'PUBLISH', filename: 'lich.ics', content: calendarOf(message, piece.link) } }
      : {}),
  }
}
