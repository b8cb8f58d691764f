import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dayOf, endOfDay, iso, minuteOfDay, startOfDay } from '#core/clock'
import { readConfig } from '#core/config'
import { fold, givenName, tidy } from '#core/fold'
import { keysFrom } from '#core/secrets'

test('the day is Vietnam’s, whatever the machine’s zone', () => {
  const late = new Date('2026-11-20T17:30:00Z')
  expect(dayOf(late)).toBe('2026-11-21')
  expect(iso(late)).toBe('2026-11-21T00:30:00+07:00')
  expect(minuteOfDay(late)).toBe(30)
})

test('a date as an end means 24:00 of that day', () => {
  expect(endOfDay('2026-11-25').getTime()).toBe(startOfDay('2026-11-26').getTime())
})

test('folding is stable, loses every mark and never the letters', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      expect(fold(fold(text))).toBe(fold(text))
      expect(fold(tidy(text))).toBe(fold(text.normalize('NFD')))
    }),
  )
  expect(fold('Đặng Thị Ngọc Ánh')).toBe('dang thi ngoc anh')
  expect(givenName(' Đặng  Thị Ánh ')).toBe('Ánh')
})

test('the demo answers on loopback only', () => {
  expect(() => readConfig({ HOST: '0.0.0.0' }, '/tmp')).toThrow('loopback')
  expect(readConfig({}, '/tmp')).toMatchObject({ isDemo: true, dataDir: '/tmp/.data/demo' })
  expect(readConfig({ DATA_DIR: '/tmp/x' }, '/tmp').isDemo).toBe(false)
  expect(() => readConfig({ PORT: 'ba nghìn' }, '/tmp')).toThrow('PORT')
  expect(() => readConfig({ ROLES: 'king' }, '/tmp')).toThrow('ROLES')
})

test('a sealed secret opens only with its own key and purpose', () => {
  const keys = keysFrom(Buffer.from('a'))
  const sealed = keys.seal('phone', '0900 000 123')
  expect(sealed).not.toContain('0900')
  expect(keys.unseal('phone', sealed)).toBe('0900 000 123')
  expect(() => keys.unseal('other', sealed)).toThrow()
  expect(() => keysFrom(Buffer.from('b')).unseal('phone', sealed)).toThrow()
})
