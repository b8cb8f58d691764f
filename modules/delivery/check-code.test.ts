import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysFrom } from '#core/secrets'
import { checkCode, readCheckCode } from './check-code.ts'

const keys = keysFrom(randomBytes(32))
const some = fc.record({
  tenant: fc.integer({ min: 1, max: 262_143 }),
  publicationNo: fc.integer({ min: 1, max: 10_000_000 }),
})

test('a code names its publication however it is typed', () => {
  fc.assert(
    fc.property(some, one => {
      const code = checkCode(keys, one)
      expect(readCheckCode(keys, code)).toEqual(one)
      const typed = code
        .toLowerCase()
        .replaceAll('0', 'o')
        .replaceAll('1', 'l')
        .replace(/^(.{4})/, '$1 ')
      expect(readCheckCode(keys, typed)).toEqual(one)
    }),
  )
})

test('a code of another installation, and a code with one letter changed, are nobody’s', () => {
  const others = keysFrom(randomBytes(32))
  let taken = 0
  fc.assert(
    fc.property(some, one => {
      taken += Number(readCheckCode(others, checkCode(keys, one)) !== undefined)
      const code = checkCode(keys, one)
      const changed = code.slice(0, -1) + (code.endsWith('7') ? '8' : '7')
      expect(readCheckCode(keys, changed)).toBeUndefined()
    }),
    { numRuns: 500 },
  )
  // One guess in a million is right.
  expect(taken).toBeLessThan(2)
  for (const bad of ['', '   ', 'U', 'ABC', 'Ậ1234567', '0'.repeat(40)])
    expect(readCheckCode(keys, bad)).toBeUndefined()
})

test('a commune’s codes stay short enough to be read aloud', () => {
  expect(checkCode(keys, { tenant: 1907, publicationNo: 1 }).length).toBeLessThanOrEqual(9)
  expect(checkCode(keys, { tenant: 1907, publicationNo: 20_000 }).length).toBeLessThanOrEqual(11)
})
