import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2, 1])
const [first, second] = c.villages as [(typeof c.villages)[0], (typeof c.villages)[0]]
const officer = await c.staff('commune_officer')

const ask = <const P extends string>(path: P, body: object = {}) => t.ask('POST', path, { token: officer, body })
const send = async (unit: string) => {
  const { id } = (await ask('notices', { title: 'Họp thôn', body: 'Tối nay.', audience: { units: [unit] } })).body
  await ask(`notices/${id}/publish`)
  await t.settle()
  return id
}
const where = async (id: string) =>
  (await t.ask('GET', 'posting-tasks?limit=100', { token: officer })).body.items
    .filter(one => one.noticeId === id)
    .map(one => one.chat.name)

test('what was sent to a village before a merger still waits for its group, and for no other; so it does when the merger is undone', async () => {
  for (const [unit, name] of [
    [first.id, 'Nhóm một'],
    [second.id, 'Nhóm hai'],
  ] as const)
    await ask('chats', { unit, platform: 'zalo', name, link: 'https://zalo.me/g/nhomthu' })
  const toFirst = await send(first.id)
  const toAll = await send(c.unit)
  expect(await where(toFirst)).toEqual(['Nhóm một'])
  const merged = await ask(`units/${c.unit}/merge`, { from: [first.id, second.id], name: 'Mới', kind: 'thôn' })
  expect(await where(toFirst)).toEqual(['Nhóm một'])
  expect((await where(toAll)).toSorted()).toEqual(['Nhóm hai', 'Nhóm một'])
  const { id: merge } = merged.body as { id: string }
  await ask(`units/${merge}/undo`, { source: 'nhập nhầm' })
  expect(await where(toFirst)).toEqual(['Nhóm một'])
})
