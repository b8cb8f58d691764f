import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
const officer = await c.staff('commune_officer')
const post = <const P extends string>(path: P, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token: officer, body })
const send = async (changes: object = {}) => {
  const { id } = (
    await post('', { title: 'Tiêm phòng', body: 'Mời bà con.', audience: { units: [c.unit] }, ...changes })
  ).body
  await post(`/${id}/publish`)
  await t.settle()
  return id
}

/** RFC 5545, 3.1: lines of at most 75 bytes, unfolded; every BEGIN has its END. */
function read(text: string): { calendar: string[]; events: string[][] } {
  expect(text).not.toMatch(/[^\r]\n/)
  expect(text).toMatch(/\r\n$/)
  for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const lines = text.replaceAll('\r\n ', '').split('\r\n').filter(Boolean)
  const events: string[][] = []
  const calendar: string[] = []
  const open: string[] = []
  for (const line of lines) {
    const [, word, what] = /^(BEGIN|END):(\w+)$/.exec(line) ?? []
    if (word === 'BEGIN') {
      open.push(what!)
      if (what === 'VEVENT') events.push([])
    } else if (word === 'END') expect(open.pop()).toBe(what)
    else if (open.at(-1) === 'VEVENT') events.at(-1)!.push(line)
    else if (open.at(-1) === 'VCALENDAR') calendar.push(line)
  }
  expect(open).toEqual([])
  for (const event of events)
    for (const must of ['UID:', 'DTSTAMP:', 'DTSTART', 'SEQUENCE:', 'STATUS:', 'ORGANIZER'])
      expect(
        event.filter(line => line.startsWith(must)),
        must,
      ).toHaveLength(1)
  return { calendar, events }
}
const value = (event: readonly string[], name: string) =>
  event.find(line => line.startsWith(name))?.slice(name.length + 1)
const calendar = async (path: string) => {
  const answer = await t.ask('GET', path)
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
  return read(answer.text)
}
const titled = (events: readonly string[][], title: string) =>
  events.filter(event => value(event, 'SUMMARY')?.includes(title))

test('a village without dates has a calendar that is still a calendar', async () => {
  const { calendar: lines, events } = await calendar(`/feeds/${c.unit}.ics`)
  expect(lines).toContain('VERSION:2.0')
  expect(lines).toContain('METHOD:PUBLISH')
  expect(events).toEqual([])
  expect((await t.ask('GET', `/feeds/${c.unit}.ics`)).text).toContain('BEGIN:VTIMEZONE')
})

test('seven in the morning in Vietnam is midnight in UTC, and a day is a day', async () => {
  await send({ title: 'Khám', event: { at: '2099-11-25T07:00:00+07:00', place: 'Trạm Y tế; phòng 3, tầng 1' } })
  await send({ title: 'Tết', event: { at: '2099-11-25', place: '' } })
  await send({ title: 'Đêm', event: { at: '2099-11-25T00:30:00+07:00', place: '' } })
  const { events } = await calendar(`/feeds/${c.unit}.ics`)
  const [exam] = titled(events, 'Khám')
  expect(value(exam!, 'DTSTART')).toBe('20991125T000000Z')
  expect(value(exam!, 'DTEND')).toBe('20991125T010000Z')
  expect(value(exam!, 'LOCATION')).toBe('Trạm Y tế\\; phòng 3\\, tầng 1')
  expect(value(titled(events, 'Tết')[0]!, 'DTSTART;VALUE=DATE')).toBe('20991125')
  expect(value(titled(events, 'Đêm')[0]!, 'DTSTART')).toBe('20991124T173000Z')
})

test('what is over for longer than a month is not in the calendar', async () => {
  await send({ title: 'Lâu rồi', event: { at: '2020-01-01T07:00:00+07:00', place: '' } })
  expect(titled((await calendar(`/feeds/${c.unit}.ics`)).events, 'Lâu rồi')).toEqual([])
})

test('a corrected date is the same event with a higher sequence; a withdrawn one is cancelled with a higher one still', async () => {
  const id = await send({ title: 'Họp', event: { at: '2099-12-01T19:30:00+07:00', place: 'Nhà văn hóa' } })
  const one = async () => (await calendar(`/n/${id}/lich.ics`)).events[0]!
  const first = await one()
  await post(`/${id}/correct`, { event: { at: '2099-12-02T19:30:00+07:00', place: 'Nhà văn hóa' }, tellAgain: true })
  await t.settle()
  const second = await one()
  expect(value(second, 'UID')).toBe(value(first, 'UID'))
  expect(Number(value(second, 'SEQUENCE'))).toBeGreaterThan(Number(value(first, 'SEQUENCE')))
  expect(value(second, 'DTSTART')).toBe('20991202T123000Z')
  await post(`/${id}/withdraw`, { reason: 'Hoãn' })
  const gone = await calendar(`/n/${id}/lich.ics`)
  expect(gone.calendar).toContain('METHOD:CANCEL')
  expect(value(gone.events[0]!, 'STATUS')).toBe('CANCELLED')
  expect(Number(value(gone.events[0]!, 'SEQUENCE'))).toBeGreaterThan(Number(value(second, 'SEQUENCE')))
  const [kept] = titled((await calendar(`/feeds/${c.unit}.ics`)).events, 'Họp')
  expect(value(kept!, 'STATUS')).toBe('CANCELLED')
  expect(value(kept!, 'UID')).toBe(value(first, 'UID'))
})

test('a notice without a date has no calendar file', async () => {
  expect((await t.ask('GET', `/n/${await send()}/lich.ics`)).status).toBe(404)
})

test('the same bytes come from a server that stands in Honolulu, in Berlin or in Hanoi', () => {
  const script = `
    import { calendarOf } from ${JSON.stringify(join(import.meta.dirname, 'feeds/calendar.ts'))}
    const entry = (id, at) => ({ id: 'urn:uuid:' + id, url: 'https://x/n/1', title: 'T', plainTitle: 'T', summary: 'S', html: '', author: 'A',
      topic: { key: 'general', name: 'Chung' }, class: 'normal', publishedAt: '2026-11-20T06:40:00+07:00', updatedAt: '2026-11-20T06:40:00+07:00',
      event: { at, place: '' }, version: 1, isWithdrawn: false, files: [] })
    process.stdout.write(calendarOf({ name: 'N', url: 'https://x' }, [entry('a', '2026-11-25T19:30:00+07:00'), entry('b', '2026-11-25')]))`
  const [first, ...others] = ['Pacific/Honolulu', 'Europe/Berlin', 'Asia/Ho_Chi_Minh', 'Pacific/Kiritimati'].map(zone =>
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
      cwd: join(import.meta.dirname, '../..'),
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  expect(first).toContain('DTSTART:20261125T123000Z')
  expect(first).toContain('DTSTART;VALUE=DATE:20261125')
  for (const other of others) expect(other).toBe(first)
})
