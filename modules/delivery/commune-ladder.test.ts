import { expect, test } from 'vitest'
import { dayOf, endOfDay, now, today } from '#core/clock'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask } = await testApp()
const tomorrow = dayOf(endOfDay(today()))
const own = (first: string | string[]) => {
  const rungs = [
    { channel: first, after: 0 },
    { channel: 'door', after: 60 },
  ]
  return { emergency: rungs, priority: rungs, normal: rungs }
}
const said = (changes: object = {}) => ({
  from: tomorrow,
  basis: 'Quyết định của xã',
  source: 'QĐ 12/QĐ-UBND ngày 20-11-2026',
  body: own(['push', 'sms']),
  ...changes,
})

test('a commune starts with everybody’s ladder, sets its own from a day on, and it stands in the trail by whom', async () => {
  const c = await testCommune(app.sql, [1])
  const token = await c.staff('commune_chair')
  const first = (await ask('GET', 'ladder', { token })).body
  expect(first.holds).toMatchObject({ isOwn: false, body: first.usual })
  expect(first.channels.find(one => one.name === 'push')).toEqual({ name: 'push', isReady: true, isPaid: false })
  expect(first.channels.find(one => one.name === 'sms')).toMatchObject({ isReady: false, isPaid: true })
  const set = (await ask('PUT', 'ladder', { token, body: said() })).body
  expect(set.coming).toMatchObject([{ from: tomorrow, isOwn: true, body: own(['push', 'sms']) }])
  expect(set.holds.isOwn).toBe(false)
  const now2 = (await ask('PUT', 'ladder', { token, body: said({ from: today(), body: own('push') }) })).body
  expect(now2.holds).toMatchObject({ isOwn: true, from: today(), body: own('push') })
  const trail = await app.sql`
    select account_id is not null as known from loa.trail where commune_id = ${c.tenant} and what = 'pack.set'`
  expect(trail.map(row => row['known'])).toEqual([true, true])
})

test('what would leave a home out, names no channel, or is for a day that has passed is refused with the reason', async () => {
  const c = await testCommune(app.sql, [1])
  const token = await c.staff('commune_officer')
  const refusal = async (changes: object) => (await ask('PUT', 'ladder', { token, body: said(changes) })).problem.code
  const noDoor = [{ channel: 'push', after: 0 }]
  expect(await refusal({ body: { emergency: noDoor, priority: noDoor, normal: noDoor } })).toBe('pack_wrong')
  expect(await refusal({ body: own('pigeon') })).toBe('pack_wrong')
  expect(await refusal({ body: own(['push', 'push']) })).toBe('pack_wrong')
  expect(await refusal({ from: dayOf(new Date(now().getTime() - 86_400_000)) })).toBe('pack_past')
  expect((await ask('PUT', 'ladder', { token, body: said({ body: {} }) })).status).toBe(400)
})

test('a head neither sees nor sets it, and another commune’s is its own', async () => {
  const [mine, theirs] = [await testCommune(app.sql, [1]), await testCommune(app.sql, [1])]
  const head = await mine.staff('village_head', mine.villages[0]!.id)
  expect((await ask('GET', 'ladder', { token: head })).status).toBe(403)
  expect((await ask('PUT', 'ladder', { token: head, body: said() })).status).toBe(403)
  await ask('PUT', 'ladder', { token: await mine.staff('commune_chair'), body: said() })
  const other = (await ask('GET', 'ladder', { token: await theirs.staff('commune_chair') })).body
  expect(other.coming).toEqual([])
})
