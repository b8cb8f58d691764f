// RFC 5545 and 5546. Moments are written in UTC: the time zone that the library writes by a name shows seven hours wrong.
import ical, { ICalCalendarMethod, ICalEventBusyStatus, ICalEventStatus, type ICalCalendar } from 'ical-generator'
import { eventUid } from '#channels'
import type { Entry } from '../entry.ts'

export const calendarMedia = 'text/calendar'

const hour = 3_600_000

/** A calendar must hold something: of a village that has no date yet, its zone. */
const zone = [
  'BEGIN:VTIMEZONE',
  'TZID:Asia/Ho_Chi_Minh',
  'BEGIN:STANDARD',
  'DTSTART:19750613T000000',
  'TZOFFSETFROM:+0800',
  'TZOFFSETTO:+0700',
  'TZNAME:+07',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n')

const timesOf = (at: string) =>
  at.length === 10
    ? // The library writes the UTC day of what it is given.
      { start: new Date(`${at}T00:00:00Z`), allDay: true }
    : { start: new Date(at), end: new Date(new Date(at).getTime() + hour) }

function add(calendar: ICalCalendar, entry: Entry) {
  const changed = new Date(entry.updatedAt)
  calendar.createEvent({
    id: eventUid(entry.id.slice('urn:uuid:'.length)),
    // Every version is a higher one; a withdrawal is the highest.
    sequence: entry.version,
    ...timesOf(entry.event!.at),
    stamp: changed,
    created: new Date(entry.publishedAt),
    lastModified: changed,
    summary: entry.title,
    location: entry.event!.place || null,
    description: `${entry.summary}\n${entry.url}`,
    url: entry.url,
    categories: [{ name: entry.topic.name }],
    status: entry.isWithdrawn ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    busystatus: ICalEventBusyStatus.FREE,
    organizer: { name: entry.author, email: 'khong-tra-loi@loa-lang.invalid' },
  })
}

/** The library leaves the last line open. */
const written = (calendar: ICalCalendar) => `${calendar.toString()}\r\n`

const prodId = { company: 'Loa Làng', product: 'thông báo', language: 'VI' }

/** A calendar to subscribe to: cancelled dates stay in it, marked, so that they do not just vanish from a phone. */
export function calendarOf(about: { name: string; url: string }, dated: readonly Entry[]): string {
  const calendar = ical({ prodId, method: ICalCalendarMethod.PUBLISH, ttl: 3600, ...about })
  for (const entry of dated) add(calendar, entry)
  const text = written(calendar)
  return dated.length ? text : text.replace('END:VCALENDAR', `${zone}END:VCALENDAR`)
}

/** One date to put into a calendar; of a withdrawn notice, what takes it out again. */
export function oneDateOf(entry: Entry): string {
  const method = entry.isWithdrawn ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH
  const calendar = ical({ prodId, method })
  add(calendar, entry)
  return written(calendar)
}
