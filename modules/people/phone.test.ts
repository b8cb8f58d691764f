import fc from 'fast-check'
import { expect, test } from 'vitest'
import { masked, readPhone, spoken } from './phone.ts'

test('a number is read however a list writes it', () => {
  for (const text of [
    '0912345678',
    '912345678',
    '0912 345 678',
    '0912.345.678',
    '+84 912-345-678',
    '84912345678',
    '(0912) 345678',
  ])
    expect(readPhone(text), text).toBe('+84912345678')
})

test('eleven digits of before 2018 become ten', () => {
  expect(readPhone('0168 912 3456')).toBe('+84389123456')
  expect(readPhone('1689123456')).toBe('+84389123456')
  expect(readPhone('01201234567')).toBe('+84701234567')
})

test('what is no number is not made into one', () => {
  for (const text of ['', 'không có', '12', '0912345', '09123456789', '0312', 'abc0912345678', '0001234567', '113'])
    expect(readPhone(text), text).toBeUndefined()
})

test('any text at all is read or refused, and what is read is read again as the same', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      const phone = readPhone(text)
      if (phone) expect(readPhone(spoken(phone))).toBe(phone)
    }),
  )
  fc.assert(
    fc.property(fc.integer({ min: 900_000_000, max: 989_999_999 }), number => {
      const phone = readPhone(String(number))
      if (phone) expect(phone).toBe(`+84${number}`)
    }),
  )
})

test('a masked number keeps three digits in the dark', () => {
  expect(masked('phone', '+84912345678')).toBe('0912 … 678')
  expect(spoken('+84912345678')).toBe('0912 345 678')
})
