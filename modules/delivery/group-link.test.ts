import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keysFrom } from '#core/secrets'
import { groupToken, readGroupToken } from './group-link.ts'
import { messageToken, readMessageToken } from './message-link.ts'

const keys = keysFrom(Buffer.alloc(32, 7))
const small = fc.integer({ min: 0, max: 2_000_000 })
const link = fc.record({ tenant: small, chatNo: small, publicationNo: small })

test('a group’s link has at most 24 characters and reads back', () => {
  fc.assert(
    fc.property(link, of => {
      const token = groupToken(keys, of)
      expect(token.length).toBeLessThanOrEqual(24)
      expect(readGroupToken(keys, token)).toEqual(of)
    }),
  )
})

test('a group’s link never passes for a home’s, nor a home’s for a group’s', () => {
  fc.assert(
    fc.property(link, ({ tenant, chatNo: n, publicationNo }) => {
      expect(readMessageToken(keys, groupToken(keys, { tenant, chatNo: n, publicationNo }))).toBeUndefined()
      expect(readGroupToken(keys, messageToken(keys, { tenant, homeNo: n, publicationNo }))).toBeUndefined()
    }),
  )
})

test('whatever is typed after /g/ is read without a fault', () => {
  fc.assert(fc.property(fc.string(), text => readGroupToken(keys, text) === undefined))
})
