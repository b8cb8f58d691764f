import fc from 'fast-check'
import { expect, test } from 'vitest'
import { homesWithout, moneyOf, needsOf, type Rung } from './estimate.ts'

const push: Rung = { step: 1, channel: 'push', address: 'device', each: 0, reachedBefore: undefined }
const email: Rung = { step: 2, channel: 'email', address: 'email', each: 0, reachedBefore: undefined }
const sms: Rung = { step: 3, channel: 'sms', address: 'phone', each: 600, reachedBefore: undefined }
const sets = [
  { kinds: ['device', 'phone'], homes: 60 },
  { kinds: ['phone'], homes: 30 },
  { kinds: ['device'], homes: 8 },
  { kinds: [], homes: 2 },
]
const addresses = new Map([['phone', 81]])

test('without a last message to go by, all who have a number may need one: most and likely are the same', () => {
  const [, need] = needsOf([push, sms], sets, addresses)
  expect(need).toMatchObject({ homes: 90, addresses: 81, needs: { most: 90, likely: 90 } })
  expect(need!.dong).toEqual({ each: 600, most: 81 * 600, likely: 81 * 600 })
})

test('homes with no app need the number for sure, of the others as many as were late the last times', () => {
  const [, need] = needsOf([push, { ...sms, reachedBefore: 0.75 }], sets, addresses)
  expect(need!.needs).toEqual({ most: 90, likely: 30 + 15 })
  expect(need!.dong).toEqual({ each: 600, most: 81 * 600, likely: Math.ceil((45 * 81) / 90) * 600 })
})

test('a way that is tried twice is paid twice at most and is still one way', () => {
  const [need, ...others] = needsOf([sms, { ...sms, step: 4, reachedBefore: 0.9 }], sets, addresses)
  expect(others).toEqual([])
  expect(need).toMatchObject({ tries: 2, needs: { most: 90, likely: 90 } })
  expect(need!.dong.most).toBe(2 * 81 * 600)
  expect(need!.dong.likely).toBe(81 * 600 + Math.ceil((9 * 81) / 90) * 600)
})

test('of two ways in one step the dearer is for homes that the cheaper does not find', () => {
  const zalo: Rung = { step: 3, channel: 'zalo', address: 'zalo', each: 200, reachedBefore: undefined }
  const homes = [
    { kinds: ['zalo', 'phone'], homes: 50 },
    { kinds: ['phone'], homes: 40 },
  ]
  const [first, second] = needsOf([zalo, sms], homes, new Map())
  expect(first!.needs).toEqual({ most: 50, likely: 50 })
  expect(second!.needs).toEqual({ most: 90, likely: 40 })
})

test('whom no way finds is at the door', () => {
  expect(homesWithout(sets, ['device', 'phone'])).toBe(2)
  expect(homesWithout(sets, ['device'])).toBe(32)
})

test('money says what is left, whether it is enough, and what is saved against telling all by short message', () => {
  const needs = needsOf([push, { ...sms, reachedBefore: 0.75 }], sets, addresses)
  expect(moneyOf(needs, null, 81 * 600)).toMatchObject({ isEnough: true, left: null, saved: 81 * 600 - 41 * 600 })
  expect(moneyOf(needs, 10_000, 81 * 600)).toMatchObject({
    isEnough: false,
    left: 10_000,
    most: 48_600,
    likely: 24_600,
  })
  expect(moneyOf(needs, 48_600, null)).toMatchObject({ isEnough: true, saved: null })
})

const anyRung = fc.record({
  channel: fc.constantFrom('push', 'email', 'sms', 'zalo'),
  each: fc.nat(1000),
  reachedBefore: fc.option(fc.float({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
})
const kindOf: Record<string, string> = { push: 'device', email: 'email', sms: 'phone', zalo: 'zalo' }
const anySets = fc.array(fc.record({ kinds: fc.subarray(['device', 'email', 'phone', 'zalo']), homes: fc.nat(5000) }), {
  maxLength: 16,
})

test('whatever the ladder and the homes: likely is never more than most, and a better past never makes it dearer', () => {
  fc.assert(
    fc.property(fc.array(anyRung, { maxLength: 8 }), anySets, (rungs, homes) => {
      const made = rungs.map((rung, n) => ({ ...rung, step: n + 1, address: kindOf[rung.channel]! }))
      const needs = needsOf(made, homes, new Map())
      const blind = needsOf(
        made.map(rung => ({ ...rung, reachedBefore: undefined })),
        homes,
        new Map(),
      )
      for (const [n, need] of needs.entries()) {
        expect(need.needs.likely).toBeLessThanOrEqual(need.needs.most)
        expect(need.dong.likely).toBeLessThanOrEqual(need.dong.most)
        expect(need.dong.likely).toBeLessThanOrEqual(blind[n]!.dong.likely)
        expect(blind[n]!.dong.likely).toBe(need.dong.most)
      }
    }),
  )
})

test('an earlier free way never makes what is likely dearer', () => {
  fc.assert(
    fc.property(anySets, fc.float({ min: 0, max: 1, noNaN: true }), (homes, share) => {
      const alone = needsOf([sms], homes, new Map()).at(-1)!
      const after = needsOf([push, email, { ...sms, reachedBefore: share }], homes, new Map()).at(-1)!
      expect(after.dong.likely).toBeLessThanOrEqual(alone.dong.likely)
    }),
  )
})
