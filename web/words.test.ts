import { describe, expect, test } from 'vitest'
import { bind } from './bind.ts'
import { leafOf } from './leaf.ts'
import { lunarDay } from './lunar.ts'
import { fraction, money, number, percent, phone, size } from './numbers.ts'
import { clock, date, dateWords, hour, hourWords, iso, near, stretch } from './time.ts'

const at = (moment: string) => new Date(`${moment}+07:00`)

describe('lines break where a reader would pause', () => {
  const seen = (text: string) => bind(text).replaceAll('\u00A0', '_')
  test.each([
    ['Còn 14 hộ chưa rõ', 'Còn 14_hộ chưa rõ'],
    ['7 giờ 30 ở thôn Phú Hưng', '7_giờ 30 ở thôn_Phú Hưng'],
    ['Gọi ông Sáng, 0900 000 123', 'Gọi ông_Sáng, 0900_000_123'],
    ['Nhà mình Đã rõ', 'Nhà_mình Đã_rõ'],
    ['87/TB-UBND', '87/TB-UBND'],
    ['họp ở nhà văn hóa thôn', 'họp ở nhà_văn_hóa thôn'],
    ['ngày 5 giờ làm', 'ngày 5_giờ làm'],
  ])('%s', (text, bound) => expect(seen(text)).toBe(bound))
})

describe('figures', () => {
  test('a fraction shows both numbers, and nothing of nothing is a dash', () => {
    expect(fraction(4823, 6327)).toBe('4.823/6.327')
    expect(fraction(0, 0)).toBe('–')
    expect(percent(187, 203)).toBe('92,1%')
    expect(percent(1, 2)).toBe('50%')
  })
  test('thousands, money, phones and sizes are written as people here write them', () => {
    expect(number(1_234_567)).toBe('1.234.567')
    expect(money(444_400)).toBe('444.400 đ')
    expect(phone('0900000123')).toBe('0900 000 123')
    expect(size(180_400)).toBe('180 KB')
    expect(size(2_440_000)).toBe('2,4 MB')
  })
})

describe('the lunar day on the leaf', () => {
  test.each([
    ['2026-11-22', 14, 10, false],
    ['2026-11-25', 17, 10, false],
    ['2026-11-26', 18, 10, false],
    ['2026-02-17', 1, 1, false],
    ['2027-02-06', 1, 1, false],
    ['2025-07-25', 1, 6, true],
    ['2025-01-29', 1, 1, false],
    ['2023-03-22', 1, 2, true],
    ['2024-02-10', 1, 1, false],
  ])('%s is %i/%i', (day, lunar, month, isLeap) => expect(lunarDay(day)).toEqual({ day: lunar, month, isLeap }))
})

describe('times in words', () => {
  test('the clock is Vietnam’s, whatever the phone’s zone', () => {
    expect(hour(at('2026-11-20T06:05:00'))).toBe('6:05')
    expect(hourWords(at('2026-11-20T19:30:00'))).toBe('19 giờ 30')
    expect(hourWords(at('2026-11-20T07:00:00'))).toBe('7 giờ')
    expect(iso(at('2026-11-20T06:40:00'))).toBe('2026-11-20T06:40:00+07:00')
  })
  test('near times are said in words, far ones by date', () => {
    clock.value = at('2026-11-20T08:00:00').getTime()
    expect(near(at('2026-11-20T06:40:00'))).toBe('6:40 sáng nay')
    expect(near(at('2026-11-19T21:00:00'))).toBe('21:00 hôm qua')
    expect(near(at('2026-11-21T07:00:00'))).toBe('7:00 ngày mai')
    expect(near(at('2026-11-17T07:00:00'))).toBe('7:00 thứ Ba')
    expect(near(at('2026-10-25T07:00:00'))).toBe('7:00 25/10')
    expect(date(at('2025-12-31T07:00:00'))).toBe('31/12/2025')
    expect(dateWords('2026-11-25')).toBe('thứ Tư 25/11')
  })
  test('time left has two units at most', () => {
    expect(stretch(2 * 86_400_000 + 5 * 3_600_000 + 60_000)).toBe('2 ngày 5 giờ')
    expect(stretch(90 * 60_000)).toBe('1 giờ 30 phút')
    expect(stretch(20_000)).toBe('chưa đầy 1 phút')
    expect(stretch(3 * 86_400_000)).toBe('3 ngày')
  })
  test('a leaf of the calendar carries weekday, day, month and the lunar day', () => {
    expect(leafOf('2026-11-25')).toEqual({ weekday: 'Thứ Tư', day: 25, month: 'tháng 11', lunar: '17/10 âm' })
  })
})
