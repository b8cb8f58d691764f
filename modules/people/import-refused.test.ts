import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { readCsv } from './import/csv.ts'

const { ask, app, settle } = await testApp()
await settle()

const send = async (token: string, text: string) => {
  const form = new FormData()
  form.set('file', new File([text], 'danh sách.csv'))
  const sent = await ask('POST', 'imports', { token, body: form })
  await settle()
  return sent.body.id
}
const officer = async () => (await testCommune(app.sql, [1, 1])).staff('commune_officer')
const refusedOf = async (token: string, id: string) =>
  readCsv((await ask('GET', `imports/${id}/refused.csv`, { token })).text.replace(/^\uFEFF/, ''))

test('refused rows come back whole, are put right and sent again, and none becomes a formula', async () => {
  const token = await officer()
  const id = await send(
    token,
    [
      'STT;Thôn;Số hộ;Họ tên;Quan hệ;Năm sinh;SĐT;SĐT khác;Mốc;Dân tộc;CCCD',
      '1;Thôn Thử 1;1;Lý Văn An;Chủ hộ;1960;0912345678;+84987654321;=cổng xanh;Tày;024060001234',
      '2;Thôn Thử 1;1;Lý Thị Bé;con;31/02/1990;;;;Tày;',
      '3;Thôn Thử 1;2;Vi Văn Cường;Chủ hộ;1971;;;;Kinh;',
    ].join('\n'),
  )
  const [head, ...rows] = await refusedOf(token, id)
  expect(head).toEqual(
    ['Thôn', 'Số hộ', 'Họ tên', 'Quan hệ', 'Năm sinh', 'SĐT', 'SĐT khác', 'Mốc'].concat(
      'Trang',
      'Dòng',
      'Cột',
      'Cần sửa',
    ),
  )
  const [an, be] = rows
  expect(rows).toHaveLength(2)
  expect(an!.slice(1, 8)).toEqual(['1', 'Lý Văn An', 'Chủ hộ', '1960', '0912345678', "'+84987654321", "'=cổng xanh"])
  expect([be![2], be![9], be![10]]).toEqual(['Lý Thị Bé', '3', 'Năm sinh'])
  expect(be![11]).toContain('31/02/1990')

  await ask('POST', `imports/${id}/run`, { token, body: { skipRefused: true } })
  await settle()
  expect((await refusedOf(token, id))[1]).toEqual(an)
  const put = [head!, an!, be!.with(4, '1990')].map(row => row.join(';')).join('\n')
  const again = await send(token, put)
  expect((await ask('GET', `imports/${again}`, { token })).body).toMatchObject({ refusedCount: 0, changed: 1, new: 0 })
})

test('the village of a heading above goes with the row, and a refused village with all people of the home', async () => {
  const token = await officer()
  const id = await send(
    token,
    ['Thôn Lạ', 'STT;Họ tên;Quan hệ;Năm sinh', '1;Ma Văn Ba;Chủ hộ;1950', '2;Ma Thị Tư;con;1980'].join('\n'),
  )
  const [head, ...rows] = await refusedOf(token, id)
  expect(head).toContain('Thôn')
  expect(rows.map(row => [row[0], row[head!.indexOf('Thôn')]])).toEqual([
    ['Ma Văn Ba', 'Thôn Lạ'],
    ['Ma Thị Tư', 'Thôn Lạ'],
  ])
})

test('a finished import says which villages it made, with their kind, until it is taken back', async () => {
  const token = await officer()
  const id = await send(token, 'Thôn;Họ tên chủ hộ\nTổ dân phố số 5;Ma Văn Ba\nThôn Thử 1;Vi Văn Tư')
  expect((await ask('GET', `imports/${id}`, { token })).body.made).toEqual([])
  await ask('POST', `imports/${id}/run`, { token, body: { createVillages: true } })
  await settle()
  const done = (await ask('GET', `imports/${id}`, { token })).body
  expect(done.made.map(one => one.title)).toEqual(['Tổ dân phố 5'])
  await ask('POST', `imports/${id}/undo`, { token, body: {} })
  expect((await ask('GET', `imports/${id}`, { token })).body.made).toEqual([])
})
