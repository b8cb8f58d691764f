// A number of a list means a home only together with the village whose list it is.
import { beforeEach, expect, test } from 'vitest'
import { importHouseholds } from '#people'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'

const { app, ask } = await testApp()
const head = 'Thôn;Số hộ;Họ tên chủ hộ;Năm sinh'
const file = (...rows: string[]) => Buffer.from([head, ...rows].join('\n'))
const old = [
  'Thôn Thử 1;5;Lý Văn An;1960',
  'Thôn Thử 1;6;Lý Văn Bảo;1961',
  'Thôn Thử 2;5;Vi Văn Cường;1962',
  'Thôn Thử 2;7;Vi Văn Dũng;1963',
]
let c: TestCommune
let token: string
let merged: string
const read = (bytes: Buffer, how: object = {}) =>
  importHouseholds(app, { tenant: c.tenant, bytes, fileName: 'danh-sach.csv', ...how })
const post = <const P extends string>(path: P, body: object = {}) => ask('POST', path, { token, body })
const numbersOf = async (name: string) => {
  const [row] = await app.sql`
    select sheet_no, sheet_unit from loa.household where commune_id = ${c.tenant} and head_name = ${name} and closed_at is null`
  return [row!['sheet_no'], row!['sheet_unit']]
}

beforeEach(async () => {
  c = await testCommune(app.sql, [0, 0])
  token = await c.staff('commune_officer')
  await read(file(...old))
  const from = c.villages.map(village => village.id)
  merged = (await post(`units/${c.unit}/merge`, { from, name: 'Hợp Nhất', kind: 'thôn' })).body.id
})

test('after a merger two homes have one number, and each is still found by its head', async () => {
  expect(await numbersOf('Lý Văn An')).toEqual(['5', c.villages[0]!.id])
  const again = await read(file('Hợp Nhất;5;Vi Văn Cường;1962', 'Hợp Nhất;5;Lý Văn An;1960', 'Hợp Nhất;6;Lý Văn Bảo;'))
  expect(again).toMatchObject({ new: 0, changed: 0, unchanged: 3, refused: [] })
})

test('the register after a merger, taken out and read again, is unchanged', async () => {
  const { text } = await ask('GET', 'exports/households?format=csv&phones=true', { token })
  expect(await read(Buffer.from(text))).toMatchObject({ new: 0, changed: 0, unchanged: 4, refused: [] })
})

test('a number of before never hands a home to somebody else: it is asked about', async () => {
  const said = await read(file('Hợp Nhất;5;Ma Văn Lạ;1990', 'Hợp Nhất;7;Ma Văn Khác;1991'), { skipRefused: true })
  expect(said.refused.map(one => [one.row, one.column, one.code])).toEqual([
    [2, 'Số hộ', 'number_from_before'],
    [3, 'Số hộ', 'number_from_before'],
  ])
  expect(said.refused[0]!.message).toContain('Ma Văn Lạ')
  expect(await read(file('Hợp Nhất;;Ma Văn Lạ;1990'))).toMatchObject({ new: 1, refused: [] })
})

test('a new list of the merged village numbers its homes anew, by their heads, and then its numbers hold', async () => {
  const anew = file(
    'Hợp Nhất;1;Lý Văn An;1960',
    'Hợp Nhất;2;Lý Văn Bảo;1961',
    'Hợp Nhất;3;Vi Văn Cường;1962',
    'Hợp Nhất;4;Vi Văn Dũng;1963',
  )
  expect(await read(anew)).toMatchObject({ new: 0, changed: 4, refused: [] })
  expect(await read(anew)).toMatchObject({ new: 0, changed: 0, unchanged: 4 })
  expect(await numbersOf('Vi Văn Cường')).toEqual(['3', null])
  expect(await read(file('Hợp Nhất;3;Vi Thị Mới;1985'))).toMatchObject({ new: 0, changed: 1 })
})

test('a list with the villages of before finds each home by its old number', async () => {
  await app.sql`update loa.unit_version set valid_to = '2026-01-01' where unit_id = any(${c.villages.map(v => v.id)}::uuid[])`
  const said = await read(file('Thôn Thử 2;5;Vi Thị Vợ;1970', ...old.slice(0, 2)), { vintage: '2025-12-31' })
  expect(said).toMatchObject({ new: 0, changed: 1, unchanged: 2, refused: [] })
  expect(await numbersOf('Vi Thị Vợ')).toEqual(['5', c.villages[1]!.id])
})

test('the merger taken back, the numbers are their villages’ own again', async () => {
  await post(`units/${merged}/undo`)
  expect(await numbersOf('Lý Văn An')).toEqual(['5', null])
  expect(await read(file(...old))).toMatchObject({ new: 0, changed: 0, unchanged: 4 })
})

test('a home of the merged village may get a number that only an older list has, and an edit keeps its own', async () => {
  const added = await post('households', { unit: merged, sheetNo: '6', head: { name: 'Hà Văn Mới' } })
  expect(added.status).toBe(201)
  const list = (await ask('GET', `households?q=${encodeURIComponent('Lý Văn An')}`, { token })).body.items
  const body = { version: 1, sheetNo: '5', say: 'gọi to' }
  expect((await ask('PATCH', `households/${list[0]!.id}`, { token, body })).status).toBe(200)
  expect(await numbersOf('Lý Văn An')).toEqual(['5', c.villages[0]!.id])
})
