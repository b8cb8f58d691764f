import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { pathsAbove } from './store.ts'

const at = await testApp()
let c: TestCommune
let officer: string
beforeEach(async () => {
  c = await testCommune(at.app.sql, [3, 2, 1])
  officer = await c.staff('commune_officer')
})

const post = <const P extends string>(path: P, body: object, token = officer) => at.ask('POST', path, { token, body })
const titles = async (parent = c.unit) =>
  (await at.ask('GET', `units?parent=${parent}`)).body.items.map(unit => unit.title)
const unitOf = async (home: string) => {
  const [row] = await at.app.sql`select unit_id from loa.household where commune_id = ${c.tenant} and id = ${home}`
  return row!['unit_id'] as string
}
const staysOf = (home: string) => at.app.sql<{ unit_id: string; valid_to: Date | null }[]>`
  select unit_id, valid_to from loa.household_stay where commune_id = ${c.tenant} and household_id = ${home} order by valid_from`

describe('a village gets another name', () => {
  test('and is still found by the old one', async () => {
    const [village] = c.villages
    const renamed = await post(`units/${village!.id}/rename`, { name: 'Tân Phú', kind: 'bản', source: 'NQ 5' })
    expect(renamed.body).toMatchObject({ id: village!.id, title: 'Bản Tân Phú' })
    const found = await at.ask('GET', `units?parent=${c.unit}&name=thon thu 1`)
    expect(found.body.items[0]).toMatchObject({ title: 'Bản Tân Phú', formerly: { title: 'Thôn Thử 1' } })
    const seen = await at.ask('GET', `units/${village!.id}`)
    expect(seen.body.versions.map(v => v.title)).toEqual(['Thôn Thử 1', 'Bản Tân Phú'])
    expect(seen.body.changes[0]).toMatchObject({
      kind: 'rename',
      from: { title: 'Thôn Thử 1' },
      to: { title: 'Bản Tân Phú' },
    })
  })
  test('twice on one day leaves one state of that day', async () => {
    const { id } = c.villages[0]!
    await post(`units/${id}/rename`, { name: 'Sai', kind: 'thôn' })
    await post(`units/${id}/rename`, { name: 'Đúng', kind: 'thôn' })
    expect((await at.ask('GET', `units/${id}`)).body.versions).toHaveLength(2)
    expect(await titles()).toContain('Thôn Đúng')
  })
  test('but not that of its neighbour, and a commune is not renamed here', async () => {
    const taken = await post(`units/${c.villages[0]!.id}/rename`, { name: 'thôn thử 2', kind: 'thôn' })
    expect(taken.problem.code).toBe('unit_name_taken')
    expect((await post(`units/${c.unit}/rename`, { name: 'Mới', kind: 'xã' })).problem.code).toBe('unit_official')
  })
})

describe('two villages become one', () => {
  const body = () => ({ from: c.villages.slice(0, 2).map(v => v.id), name: 'Hợp Nhất', kind: 'thôn', source: 'NQ 7' })
  test('with all their homes; the old ones close and point to the new one', async () => {
    const merged = await post(`units/${c.unit}/merge`, body())
    expect(merged.status).toBe(201)
    expect(await titles()).toEqual(['Thôn Thử 3', 'Thôn Hợp Nhất'])
    const homes = c.villages.slice(0, 2).flatMap(v => v.homes)
    for (const home of homes) expect(await unitOf(home)).toBe(merged.body.id)
    expect((await staysOf(homes[0]!)).map(stay => [stay.unit_id, stay.valid_to === null])).toEqual([
      [c.villages[0]!.id, false],
      [merged.body.id, true],
    ])
    const counts = (await at.ask('GET', `households/counts?unit=${c.unit}`, { token: officer })).body
    expect(counts).toMatchObject({ households: 6, people: 6 })
    expect(counts.units.find(unit => unit.unitId === merged.body.id)!.households).toBe(5)
    const old = await at.ask('GET', `units/${c.villages[0]!.id}`)
    expect(old.body).toMatchObject({
      title: 'Thôn Thử 1',
      closedOn: expect.any(String),
      changes: [{ kind: 'merge_whole', source: 'NQ 7' }],
    })
    const found = await at.ask('GET', `units?parent=${c.unit}&name=Thôn Thử 2`)
    expect(found.body.items[0]).toMatchObject({ title: 'Thôn Hợp Nhất', formerly: { title: 'Thôn Thử 2' } })
  })
  test('the level below goes along', async () => {
    const hamlet = await post(`units/${c.villages[0]!.id}/villages`, { name: '1', kind: 'xóm' })
    const merged = await post(`units/${c.unit}/merge`, body())
    expect(await titles(merged.body.id)).toEqual(['Xóm 1'])
    const above = (await at.ask('GET', `units/${hamlet.body.id}`)).body.above.map(u => u.title)
    expect(above[0]).toBe('Thôn Hợp Nhất')
  })
  test('the new one may bear the name of an old one', async () => {
    expect((await post(`units/${c.unit}/merge`, { ...body(), name: 'Thôn Thử 1' })).status).toBe(201)
  })
  test('one village, or a village of elsewhere, is no merger and changes nothing', async () => {
    const [one] = c.villages
    const other = await testCommune(at.app.sql)
    expect((await post(`units/${c.unit}/merge`, { ...body(), from: [one!.id, one!.id] })).problem.code).toBe(
      'unit_merge_needs_two',
    )
    const foreign = await post(`units/${c.unit}/merge`, { ...body(), from: [one!.id, other.villages[0]!.id] })
    expect(foreign.problem.code).toBe('not_found')
    expect(await titles()).toHaveLength(3)
  })
})

describe('a village becomes two', () => {
  test('homes named go to their part, the rest to the other', async () => {
    const [village] = c.villages
    const [first, second, third] = village!.homes
    const split = await post(`units/${village!.id}/split`, {
      parts: [
        { name: 'Trên', kind: 'thôn', households: [c.out(first!)] },
        { name: 'Dưới', kind: 'thôn' },
      ],
    })
    expect(split.status).toBe(201)
    const [upper, lower] = split.body.units
    expect([await unitOf(first!), await unitOf(second!), await unitOf(third!)]).toEqual([
      upper!.id,
      lower!.id,
      lower!.id,
    ])
    const may = await at.ask('GET', `units?parent=${c.unit}&name=thôn thử 1`)
    expect(may.body.items.map(u => u.title)).toEqual(['Thôn Trên', 'Thôn Dưới'])
    expect(may.body.items[0]!.question).toContain('Thôn Thử 1')
  })
  test('a unit below goes to its part with its homes', async () => {
    const [village] = c.villages
    const hamlet = await post(`units/${village!.id}/villages`, { name: '9', kind: 'xóm' })
    const parts = [
      { name: 'Trên', kind: 'thôn', households: [], hamlets: [hamlet.body.id] },
      { name: 'Dưới', kind: 'thôn' },
    ]
    const split = await post(`units/${village!.id}/split`, { parts })
    expect(await titles(split.body.units[0]!.id)).toEqual(['Xóm 9'])
    expect(await titles(split.body.units[1]!.id)).toEqual([])
  })
  test('without exactly one part for the rest, with a home twice or of elsewhere, nothing is split', async () => {
    const [village, other] = c.villages
    const part = (name: string, households?: string[]) => ({ name, kind: 'thôn', households })
    const home = c.out(village!.homes[0]!)
    const split = async (...parts: object[]) => (await post(`units/${village!.id}/split`, { parts })).problem.code
    expect(await split(part('A'))).toBe('unit_split_parts')
    expect(await split(part('A'), part('B'))).toBe('unit_split_parts')
    expect(await split(part('A', [home]), part('B', [home]), part('C'))).toBe('unit_split_twice')
    expect(await split(part('A', [c.out(other!.homes[0]!)]), part('B'))).toBe('not_found')
    expect(await split(part('A', ['zz-rubbish']), part('B'))).toBe('not_found')
    expect(await titles()).toHaveLength(3)
  })
})

describe('a village is closed', () => {
  test('only when nobody lives there', async () => {
    const made = await post(`units/${c.unit}/villages`, { name: 'Nhầm', kind: 'thôn' })
    expect((await post(`units/${c.villages[0]!.id}/close`, {})).problem.code).toBe('unit_has_homes')
    expect((await post(`units/${made.body.id}/close`, {})).status).toBe(200)
    expect(await titles()).not.toContain('Thôn Nhầm')
    expect((await at.ask('GET', `units/${made.body.id}`)).problem.code).toBe('unit_unknown')
  })
})

test('only the commune’s own officer and chair change its villages', async () => {
  const other = await testCommune(at.app.sql)
  const stranger = await other.staff('commune_officer')
  const head = await c.staff('village_head', c.villages[0]!.id)
  const body = { name: 'Lạ', kind: 'thôn' }
  for (const token of [stranger, head])
    expect((await post(`units/${c.villages[0]!.id}/rename`, body, token)).status).toBe(403)
})

test('whatever is merged, split and renamed, a path is its parent’s path and one number more', async () => {
  const step = fc.record({ what: fc.constantFrom('merge', 'split', 'rename', 'below'), pick: fc.nat(20) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async steps => {
      c = await testCommune(at.app.sql, [2, 2, 1])
      officer = await c.staff('commune_officer')
      for (const [n, { what, pick }] of steps.entries()) {
        const { items } = (await at.ask('GET', `units?parent=${c.unit}`)).body
        const [a, b] = [items[pick % items.length]!.id, items[(pick + 1) % items.length]!.id]
        const name = { name: `Bước ${n}`, kind: 'thôn' }
        if (what === 'merge' && a !== b) await post(`units/${c.unit}/merge`, { from: [a, b], ...name })
        if (what === 'split')
          await post(`units/${a}/split`, {
            parts: [
              { ...name, households: [] },
              { ...name, name: `Nửa ${n}` },
            ],
          })
        if (what === 'rename') await post(`units/${a}/rename`, name)
        if (what === 'below') await post(`units/${a}/villages`, name)
      }
      const rows = await at.app.sql<{ path: string; parent: string; level: string }[]>`
        select v.path, p.path as parent, u.level from loa.unit_version v join loa.unit u on u.id = v.unit_id
        join loa.unit_version p on p.unit_id = v.parent_id and p.valid_to is null
        where u.commune_id = ${c.tenant} and v.valid_to is null and u.level in ('village', 'hamlet')`
      for (const row of rows) expect(pathsAbove(row.path)[1]).toBe(row.parent)
      const homes = await at.app.sql<{ n: number }[]>`
        select count(*)::int as n from loa.household h join loa.unit_version v on v.unit_id = h.unit_id and v.valid_to is null
        where h.commune_id = ${c.tenant}`
      expect(homes[0]!.n).toBe(5)
    }),
    { numRuns: 12 },
  )
})
