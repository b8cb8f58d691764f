import { expect, test } from 'vitest'
import { record, sealTrail, verifyTrail, trailHead } from '#core/trail'
import { firstIdAt, inside, newId, outside, timeOfId } from '#core/ids'
import { fold } from '#core/fold'
import { testDb } from '#testing/db'

const sql = await testDb()

test('an outside id begins with its tenant and reads back', () => {
  const before = Date.now()
  const id = newId()
  expect(inside(outside(1507, id))).toEqual({ tenant: 1507, id })
  expect(timeOfId(id).getTime()).toBeGreaterThanOrEqual(before)
  const at = new Date('2026-11-29T01:02:03.004Z')
  expect(timeOfId(firstIdAt(at))).toEqual(at)
})

test('words fold without their marks, đ included', () => {
  expect(fold(' Đường  Hòa ')).toBe('duong hoa')
})

test('a changed entry breaks the trail where it was changed', async () => {
  for (let n = 0; n < 5; n++) await record(sql, { tenant: 7, what: 'test.done', data: { n, z: 1, a: 2 } })
  await sealTrail(sql, 7)
  const head = await trailHead(sql, 7)
  expect(await verifyTrail(sql, 7, head)).toMatchObject({ entries: 5, unsealed: 0, isWhole: true })
  await sql`update loa.trail set data = '{"n": 9}' where commune_id = 7 and no = 3`
  expect(await verifyTrail(sql, 7)).toMatchObject({ isWhole: false, brokenAt: 3 })
})
