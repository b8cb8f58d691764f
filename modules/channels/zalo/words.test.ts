// How a notice reads on Zalo, and what Zalo counts.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addWords } from '#core/words'
import { testOutgoing } from '../run-cases.ts'
import { channelsVi } from '../words.vi.ts'
import { againAt, isNight, windowAt } from './meaning.ts'
import { messageText, templateData } from './words.ts'
import { meeting, settingsFor } from './zalo-for-tests.ts'

addWords('vi', channelsVi)
const link = 'https://loa.example/t/AbCdEfGhIj'

test('a message never has more than 2,000 letters, its letters are composed, and its link is whole', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 4000 }),
      fc.string({ unit: 'grapheme', maxLength: 800 }),
      (text, title) => {
        const said = messageText(testOutgoing({ title, text: `${text} Nhốt lợn trong chuồng. `.repeat(20) }), link)
        expect(Array.from(said).length).toBeLessThanOrEqual(2000)
        expect(said).toBe(said.normalize('NFC'))
        expect(said.endsWith(link)).toBe(true)
      },
    ),
    { numRuns: 50 },
  )
})

test('a private message says only that there is one', () => {
  const said = messageText(testOutgoing({ isPrivate: true }), link)
  expect(said).not.toContain('Dịch tả')
  expect(
    Object.values(templateData(testOutgoing({ isPrivate: true, ...meeting }), link, settingsFor(1))).join(' '),
  ).not.toMatch(/Dịch tả|Tân Lợi/)
})

test('an emergency says so first; what may be stopped says how', () => {
  expect(messageText(testOutgoing({ class: 'emergency' }), link).startsWith('KHẨN CẤP · UBND xã')).toBe(true)
  expect(messageText(testOutgoing({ isOptional: true }), link)).toContain('HUY')
  expect(messageText(testOutgoing(), link)).not.toContain('HUY')
})

test('a template gets the values under the commune’s own names, each within what Zalo gives it', () => {
  const names = {
    wordTitle: 'tieu_de',
    wordWhen: 'thoi_gian',
    wordWhere: 'dia_diem',
    wordLink: 'duong_dan',
    wordCommune: 'xa',
  }
  const message = testOutgoing({
    ...meeting,
    title: 'Họp thôn '.repeat(40),
    author: 'Ủy ban nhân dân xã Sơn Động, tỉnh Bắc Giang',
  })
  const data = templateData(message, link, settingsFor(1, { ...names, titleMost: 60 }))
  expect(data).toMatchObject({ thoi_gian: '19:30 02/12/2026', dia_diem: 'Nhà văn hóa thôn Tân Lợi', duong_dan: link })
  const day = { at: new Date('2026-12-01T17:00:00Z'), place: '', isWholeDay: true }
  expect(templateData(testOutgoing({ event: day }), link, settingsFor(1, names))).toMatchObject({
    thoi_gian: '02/12/2026',
    dia_diem: 'Xem trong tin',
  })
  expect(Array.from(data['tieu_de']!).length).toBeLessThanOrEqual(60)
  expect(Array.from(data['xa']!).length).toBeLessThanOrEqual(30)
  expect(templateData(testOutgoing(), link, settingsFor(1, names))['thoi_gian']).toBe('Xem trong tin')
})

test('free for two days, to be paid for till the seventh, closed after it', () => {
  const at = new Date('2026-11-20T00:00:00Z')
  const hoursAgo = (n: number) => windowAt(new Date(at.getTime() - n * 3_600_000), at)
  expect([0, 47.9, 48, 167.9, 168, 999].map(hoursAgo)).toEqual(['free', 'free', 'paid', 'paid', 'closed', 'closed'])
  expect(windowAt(undefined, at)).toBe('closed')
})

test('what has to wait for the night, the minute or the day comes when it is over', () => {
  expect([0, 359, 360, 1319, 1320].map(isNight)).toEqual([true, true, false, false, true])
  const at = new Date('2026-11-20T16:30:20Z') // 23:30 in Vietnam
  expect(againAt('night', at, 1410)!.toISOString()).toBe('2026-11-20T23:00:00.000Z')
  expect(againAt('slow_down', at, 1410)!.toISOString()).toBe('2026-11-20T16:31:00.000Z')
  expect(againAt('unasked_used', at, 1410)!.toISOString()).toBe('2026-11-20T17:01:00.000Z')
  expect(againAt('address_refuses', at, 1410)).toBeUndefined()
})
