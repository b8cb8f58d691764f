import { expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { tokenFor } from '#access'
import { findUnit } from '#units'
import { loadDemo } from './load.ts'

/** Where a database has no table of communes, the demo's two are put there. */
async function ensureCommunes(sql: Awaited<ReturnType<typeof testApp>>['app']['sql']) {
  for (const [code, name, tenant] of [
    ['07615', 'Sơn Động', 7615],
    ['18901', 'Minh Hóa', 18_901],
  ] as const) {
    if (await findUnit(sql, code)) continue
    const [province, commune] = [newId(), newId()]
    await sql`insert into loa.unit (id, level, commune_id, no) values (${province}, 'province', ${80_000 + tenant}, 0), (${commune}, 'commune', ${tenant}, 0)`
    await sql`
      insert into loa.unit_version (unit_id, valid_from, code, name, folded, kind, parent_id, path) values
        (${province}, '2025-07-01', null, ${`T${name}`}, 'tinh', 'tỉnh', null, ${`p${tenant}/`}),
        (${commune}, '2025-07-01', ${code}, ${name}, 'xa', 'xã', ${province}, ${`p${tenant}/${tenant}/`})`
    await sql`insert into loa.commune (commune_id, kind, unit_id, name, opened_on) values (${tenant}, 'commune', ${commune}, ${name}, '2025-07-01')`
  }
}

const { app, ask } = await testApp()
await ensureCommunes(app.sql)
const begun = performance.now()
await loadDemo(app, { seed: 1 })
const took = performance.now() - begun

test('the demo holds both communes with every home in a village, and a second load changes nothing', async () => {
  const rows = await app.sql`select commune_id, count(*)::int as homes from loa.household group by 1 order by 2 desc`
  expect(rows.map(row => row['homes'])).toEqual([6327, 285])
  expect(await loadDemo(app, { seed: 1 })).toBe(false)
  expect(took).toBeLessThan(15_000)
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
