import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { tokenFor } from '#access'
import { findUnit } from '#units'
import { loadDemo } from './load.ts'

const { app, ask } = await testApp()
await loadDemo(app, { seed: 1 })

test('the demo holds both communes with every home in a village, and a second load changes nothing', async () => {
  const rows = await app.sql`select commune_id, count(*)::int as homes from loa.household group by 1 order by 2 desc`
  expect(rows.map(row => row['homes'])).toEqual([6327, 285])
  expect(await loadDemo(app, { seed: 1 })).toBe(false)
})

test('no contact of the demo can be reached by a real channel', async () => {
  const rows = await app.sql`select 1 from loa.contact where not is_demo limit 1`
  expect(rows).toHaveLength(0)
})

test('every village has a head whom a token acts for', async () => {
  const commune = await findUnit(app.sql, '07615')
  const [village] = await app.sql`
    select unit_id, name from loa.unit_version where parent_id = ${commune!.id} and name = 'Phú Hưng'`
  const token = await tokenFor(app, { role: 'village_head', unit: village!['unit_id'] as string })
  const me = await ask('GET', 'me', { token })
  expect(me.body.role).toBe('village_head')
  expect(me.body.title).toBe('Trưởng thôn Phú Hưng')
  const [count] = await app.sql`
    select count(*)::int as heads from loa.post where role = 'village_head' and commune_id = ${commune!.tenant}`
  expect(count!['heads']).toBe(33)
})

test('most villages have a chat group, a few none: the overlap is there to be seen', async () => {
  const commune = await findUnit(app.sql, '07615')
  const token = await tokenFor(app, { role: 'commune_officer', unit: commune!.id })
  const { items, shared } = (await ask('GET', 'chats/overlap', { token })).body
  expect(shared).toBe(1)
  expect(items).toHaveLength(33)
  for (const chats of [0, 1, 2]) expect(items.some(one => one.chats === chats)).toBe(true)
})
