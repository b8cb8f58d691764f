import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysFrom } from '#core/secrets'
import { addressMark, messageToken, readMessageToken } from './message-link.ts'

const keys = keysFrom(Buffer.alloc(32, 7))
const addressMarkOf = (bytes: Uint8Array) => addressMark(Buffer.from(bytes))
const small = fc.integer({ min: 0, max: 2_000_000 })
const link = fc.record({ tenant: small, homeNo: small, publicationNo: small })

test('a link has at most 24 characters and reads back', () => {
  fc.assert(
    fc.property(link, of => {
      const token = messageToken(keys, of)
      expect(token.length).toBeLessThanOrEqual(24)
      expect(readMessageToken(keys, token)).toEqual(of)
    }),
  )
})

test('a link to a shared number says which number it was, and is no longer', () => {
  const of = { tenant: fc.integer({ min: 1, max: 16_383 }), homeNo: small, publicationNo: small }
  const shared = fc.record({ ...of, addressMark: fc.uint8Array({ minLength: 32, maxLength: 32 }).map(addressMarkOf) })
  fc.assert(
    fc.property(shared, one => {
      const token = messageToken(keys, one)
      expect(token.length).toBeLessThanOrEqual(24)
      expect(readMessageToken(keys, token)).toEqual(one)
    }),
  )
})

test('a link with one character changed, or of another installation, opens nothing', () => {
  const other = keysFrom(Buffer.alloc(32, 8))
  fc.assert(
    fc.property(link, fc.nat(), fc.constantFrom('a', 'Z', '0', '9', '-', '_'), (of, at, letter) => {
      const token = messageToken(keys, of)
      const n = at % token.length
      const changed = token.slice(0, n) + letter + token.slice(n + 1)
      if (changed !== token) expect(readMessageToken(keys, changed)).toBeUndefined()
      expect(readMessageToken(other, token)).toBeUndefined()
    }),
  )
})

test('whatever is typed after /t/ is read without a fault', () => {
  fc.assert(fc.property(fc.string(), text => readMessageToken(keys, text) === undefined))
})
