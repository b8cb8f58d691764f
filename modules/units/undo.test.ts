import { beforeEach, describe, expect, test } from 'vitest'
import { inside } from '#core/ids'
import { testApp } from '#testing/app'
import { addHome, testCommune, type TestCommune } from '#testing/commune'

const at = await testApp()
let c: TestCommune
let officer: string
beforeEach(async () => {
  c = await testCommune(at.app.sql, [3, 2, 1])
  officer = await c.staff('commune_officer')
})

const post = <const P extends string>(path: P, body: object = {}, token = officer) =>
  at.ask('POST', path, { token, body })
const titles = async (parent = c.unit) =>
  (await at.ask('GET', `units?parent=${parent}`)).body.items.map(unit => unit.title)
const makeGroup = async (unit: string, name: string): Promise<string> =>
  (await post('groups', { unit, kind: 'women', name })).body.id
const merge = async (name = 'Hợp Nhất') =>
  (await post(`units/${c.unit}/merge`, { from: c.villages.slice(0, 2).map(v => v.id), name, kind: 'thôn' })).body.id
const split = async (unit: string, ...homes: string[]) =>
  (
    await post(`units/${unit}/split`, {
      parts: [
        { name: 'Trên', kind: 'thôn', households: homes.map(home => c.out(home)) },
        { name: 'Dưới', kind: 'thôn' },
      ],
    })
  ).body.units.map(one => one.id)
const unitOf = async (home: string) => {
  const [row] = await at.app.sql`select unit_id from loa.household where commune_id = ${c.tenant} and id = ${home}`
  return row!['unit_id'] as string
}
const staysOf = async (home: string) =>
  (
    await at.app.sql<{ unit_id: string }[]>`
      select unit_id from loa.household_stay where commune_id = ${c.tenant} and household_id = ${home} order by valid_from`
  ).map(stay => stay.unit_id)

describe('the wrong two villages were merged', () => {
  test('and stand again, each with its own homes; what happened stays in the history', async () => {
    const merged = await merge()
    expect((await at.ask('GET', `units/${merged}`)).body.undoable).toMatchObject({ kind: 'merge' })
    const undone = await post(`units/${merged}/undo`, { source: 'nhập nhầm' })
    expect(undone.body.units.map(one => one.title).toSorted()).toEqual(['Thôn Thử 1', 'Thôn Thử 2'])
    expect(await titles()).toEqual(['Thôn Thử 1', 'Thôn Thử 2', 'Thôn Thử 3'])
    for (const village of c.villages.slice(0, 2))
      for (const home of village.homes) {
        expect(await unitOf(home)).toBe(village.id)
        expect(await staysOf(home)).toEqual([village.id, merged, village.id])
      }
    const { changes } = (await at.ask('GET', `units/${c.villages[0]!.id}`)).body
    expect(changes.map(one => [one.kind, one.undoneOn !== null])).toEqual([
      ['merge_whole', true],
      ['undo_merge', false],
    ])
    expect((await at.ask('GET', `units/${merged}`)).problem.code).toBe('unit_unknown')
  })
  test('their head opens the book with the same phone as before; whoever was to head the new village does not', async () => {
    const head = await c.staff('village_head', c.villages[0]!.id)
    await at.app.sql`update loa.session set kind = 'staff' where commune_id = ${c.tenant} and kind = 'token'`
    const homes = (token: string, unit: string) => at.ask('GET', `households?unit=${unit}`, { token })
    expect((await homes(head, c.villages[0]!.id)).body.items).toHaveLength(3)
    const merged = await merge()
    expect((await homes(head, c.villages[0]!.id)).status).toBe(401)
    const other = await c.staff('village_head', merged)
    expect((await homes(other, merged)).body.items).toHaveLength(5)
    await post(`units/${merged}/undo`)
    expect((await homes(head, c.villages[0]!.id)).body.items).toHaveLength(3)
    expect((await homes(other, c.villages[1]!.id)).status).toBe(401)
    const terms = await at.app.sql`
      select t.valid_to from loa.post p join loa.post_term t on t.post_id = p.id
      where p.commune_id = ${c.tenant} and p.unit_id = ${c.villages[0]!.id} order by t.valid_from`
    expect(terms.map(term => term['valid_to'] === null)).toEqual([false, true])
  })
  test('the level below and the groups return, too', async () => {
    const hamlet = await post(`units/${c.villages[1]!.id}/villages`, { name: '1', kind: 'xóm' })
    const group = await makeGroup(c.villages[1]!.id, 'Chi hội Phụ nữ')
    const merged = await merge()
    expect(await titles(merged)).toEqual(['Xóm 1'])
    await post(`units/${merged}/undo`)
    expect(await titles(c.villages[1]!.id)).toEqual(['Xóm 1'])
    const above = (await at.ask('GET', `units/${hamlet.body.id}`)).body.above
    expect(above[0]!.title).toBe('Thôn Thử 2')
    const [row] = await at.app
      .sql`select unit_id from loa.group_of_people where commune_id = ${c.tenant} and id = ${inside(group).id}`
    expect(row!['unit_id']).toBe(c.villages[1]!.id)
  })
  test('a name of the merger leads to both afterwards, an old name only to its own village', async () => {
    const merged = await merge()
    await post(`units/${merged}/undo`)
    await split(c.villages[0]!.id, c.villages[0]!.homes[0]!)
    const find = async (name: string) =>
      (await at.ask('GET', `units?parent=${c.unit}&name=${name}`)).body.items.map(one => one.title)
    expect(await find('Thôn Thử 1')).toEqual(['Thôn Trên', 'Thôn Dưới'])
    expect((await find('Hợp Nhất')).toSorted()).toEqual(['Thôn Dưới', 'Thôn Thử 2', 'Thôn Trên'])
  })
  test('once it was taken back it may be merged again, and that taken back, too', async () => {
    await post(`units/${await merge()}/undo`)
    const again = await merge('Hợp Nhất Lại')
    expect((await post(`units/${again}/undo`)).status).toBe(200)
    expect(await titles()).toHaveLength(3)
  })
})

describe('a split was wrong', () => {
  test('and the one village stands again with everybody, those who came since included', async () => {
    const [village] = c.villages
    const [upper, lower] = await split(village!.id, village!.homes[0]!)
    const newcomer = await addHome(at.app.sql, c.tenant, lower!, 90)
    expect((await post(`units/${upper}/undo`)).status).toBe(200)
    expect(await titles()).toEqual(['Thôn Thử 1', 'Thôn Thử 2', 'Thôn Thử 3'])
    for (const home of [...village!.homes, newcomer]) expect(await unitOf(home)).toBe(village!.id)
  })
})

describe('taking back is refused', () => {
  test('where a later change hangs on it', async () => {
    const merged = await merge()
    await post(`units/${merged}/rename`, { name: 'Tên Mới', kind: 'thôn' })
    expect((await post(`units/${merged}/undo`)).problem.code).toBe('unit_undo_changed')
    expect(await titles()).toEqual(['Thôn Thử 3', 'Thôn Tên Mới'])
  })
  test('but a later change that was itself taken back does not stand in the way', async () => {
    const merged = await merge()
    const [part] = await split(merged, c.villages[0]!.homes[0]!)
    expect((await post(`units/${merged}/undo`)).status).toBe(404)
    await post(`units/${part}/undo`)
    expect((await post(`units/${merged}/undo`)).status).toBe(200)
    expect(await unitOf(c.villages[0]!.homes[0]!)).toBe(c.villages[0]!.id)
  })
  test('while a home, a hamlet or a group came into the merged village, since nobody knows to which of the old ones it belongs', async () => {
    const merged = await merge()
    const home = await addHome(at.app.sql, c.tenant, merged, 91)
    expect((await post(`units/${merged}/undo`)).problem).toMatchObject({ code: 'unit_undo_homes' })
    await post(`households/${c.out(home)}/move`, { unit: c.villages[2]!.id })
    const hamlet = await post(`units/${merged}/villages`, { name: '2', kind: 'xóm' })
    const refused = (await post(`units/${merged}/undo`)).problem
    expect([refused.code, refused.message.includes('Xóm 2')]).toEqual(['unit_undo_below', true])
    await post(`units/${hamlet.body.id}/close`)
    await makeGroup(merged, 'Chi hội mới')
    expect((await post(`units/${merged}/undo`)).problem.code).toBe('unit_undo_groups')
  })
  test('when an old name is borne by another village by now, when it is a month ago, and when nothing made the village', async () => {
    const merged = await merge()
    await post(`units/${c.unit}/villages`, { name: 'Thử 1', kind: 'thôn' })
    await post(`units/${c.unit}/villages`, { name: 'Thôn Thử 1', kind: 'thôn' })
    expect((await post(`units/${merged}/undo`)).problem.code).toBe('unit_name_taken')
    await at.app.sql`update loa.unit_act set at = at - interval '31 days' where commune_id = ${c.tenant}`
    expect((await at.ask('GET', `units/${merged}`)).body.undoable).toBeNull()
    expect((await post(`units/${merged}/undo`)).problem.code).toBe('unit_undo_late')
    expect((await post(`units/${c.villages[2]!.id}/undo`)).problem.code).toBe('unit_undo_none')
  })
})
