import { expect, test } from 'vitest'
import { record, sealTrail, verifyTrail, trailHead } from '#core/trail'
import { inside, newId, outside, timeOfId } from '#core/ids'
import { fold } from '#core/fold'
import { testDb } from '#testing/db'

const sql = await testDb()

test('an outside id begins with its tenant and reads back', () => {
  const id = newId()
  expect(inside(outside(1507, id))).toEqual({ tenant: 1507, id })
  expect(Math.abs(timeOfId(id).getTime() - Date.now())).toBeLessThan(1000)
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
