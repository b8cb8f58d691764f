import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const { app, ask } = await testApp()

test('a commune sets what its messages may cost in a month, and whoever comes late is told', async () => {
  const c = await testCommune(app.sql, [1])
  const token = await c.staff('commune_officer')
  const first = await ask('GET', 'channel-budget', { token })
  expect(first.body).toMatchObject({ dong: null, version: 0, spent: { messages: 0, dong: 0 } })
  const set = (dong: number | null, version: number) => ask('PUT', 'channel-budget', { token, body: { dong, version } })
  expect((await set(2_000_000, 0)).body).toMatchObject({ dong: 2_000_000, version: 1 })
  const late = await set(5, 0)
  expect([late.status, late.problem.code]).toEqual([409, 'version_conflict'])
  expect((await set(null, 1)).body).toMatchObject({ dong: null, version: 2 })
  expect((await set(-1, 2)).status).toBe(400)
  const trail = await app.sql`select what from loa.trail where commune_id = ${c.tenant}`
  expect(trail.map(row => row['what'])).toEqual(['channel.budget_set', 'channel.budget_set'])
})

test('a head has no say in it, and another commune’s budget is its own', async () => {
  const [mine, theirs] = [await testCommune(app.sql, [1]), await testCommune(app.sql, [1])]
  const head = await mine.staff('village_head', mine.villages[0]!.id)
  expect((await ask('GET', 'channel-budget', { token: head })).status).toBe(403)
  const token = await mine.staff('commune_chair')
  await ask('PUT', 'channel-budget', { token, body: { dong: 7, version: 0 } })
  const other = await ask('GET', 'channel-budget', { token: await theirs.staff('commune_chair') })
  expect(other.body).toMatchObject({ dong: null })
})
