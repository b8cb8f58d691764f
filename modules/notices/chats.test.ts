import { expect, test } from 'vitest'
import { now } from '#core/clock'
import { fold } from '#core/fold'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [4, 3, 2])
const [first, second] = c.villages as [(typeof c.villages)[0], (typeof c.villages)[0]]
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', first.id)
const otherHead = await c.staff('village_head', second.id)

const groupOf = async (kind: string, isConfidential = false) => {
  const id = newId()
  await t.app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, is_confidential, opened_at)
    values (${c.tenant}, ${id}, ${kind}, ${kind}, ${fold(kind)}, ${first.id}, ${isConfidential}, ${now()})`
  return id
}
const women = await groupOf('women')
const women_officer = await c.staff('association_officer', c.unit, women)

const make = (token: string, body: object) =>
  t.ask('POST', 'chats', { token, body: { unit: first.id, platform: 'zalo', name: 'Thôn Thử 1', ...body } })
const list = async (token: string, query = '') => (await t.ask('GET', `chats?${query}`, { token })).body.items
const overlap = async (token: string) => (await t.ask('GET', 'chats/overlap', { token })).body

test('a head notes the Zalo group of his village: how many are in it, how one gets in, which office keeps it', async () => {
  const { items } = (await t.ask('GET', `posts?unit=${first.id}`, { token: head })).body
  const postId = items[0]!.id
  const made = await make(head, { members: 140, link: 'zalo.me/g/thonthu1', postId })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({
    platform: 'zalo',
    members: 140,
    link: 'https://zalo.me/g/thonthu1',
    level: 'village',
    unit: { title: 'Thôn Thử 1' },
    post: { id: postId, title: 'village_head' },
  })
  expect(await list(head)).toHaveLength(1)
  const trail = await t.app.sql`select 1 from loa.trail where commune_id = ${c.tenant} and what = 'chat.made'`
  expect(trail).toHaveLength(1)
})

test('the same group is not noted twice, a wrong link is told, a post of elsewhere keeps nothing', async () => {
  expect((await make(head, {})).problem.code).toBe('chat_name_taken')
  expect((await make(head, { platform: 'facebook' })).status).toBe(201)
  expect((await make(head, { name: 'B', link: 'https://evil.vn/g/abcd' })).problem).toMatchObject({
    code: 'chat_link_wrong',
  })
  expect((await make(head, { name: 'B', postId: c.out(newId()) })).problem.code).toBe('chat_post_unknown')
  expect((await make(head, { name: 'B', members: 0 })).status).toBe(400)
})

test('a head sees his village’s groups, the commune all of them; another village is closed to him', async () => {
  expect((await make(head, { unit: second.id })).status).toBe(403)
  expect((await make(otherHead, { unit: second.id, name: 'Thôn Thử 2', members: 60 })).status).toBe(201)
  expect((await make(officer, { unit: c.unit, name: 'Cả xã', members: 400 })).body.level).toBe('commune')
  expect((await list(head)).map(one => one.unit.title)).toEqual(['Thôn Thử 1', 'Thôn Thử 1'])
  expect(await list(officer)).toHaveLength(4)
  const page = (await t.ask('GET', 'chats?limit=3', { token: officer })).body
  expect((await t.ask('GET', `chats?cursor=${page.next}`, { token: officer })).body.items).toHaveLength(1)
  expect((await t.ask('GET', 'chats?cursor=khong', { token: officer })).problem.code).toBe('bad_cursor')
  const theirs = (await list(otherHead))[0]!
  expect((await t.ask('POST', `chats/${theirs.id}/close`, { token: head })).status).toBe(403)
})

test('the commune sees which village has several groups and which has none', async () => {
  const { shared, items } = await overlap(officer)
  expect(shared).toBe(1)
  expect(items.map(one => [one.title, one.homes, one.chats, one.members])).toEqual([
    ['Thôn Thử 1', 4, 2, 140],
    ['Thôn Thử 2', 3, 1, 60],
    ['Thôn Thử 3', 2, 0, 0],
  ])
  expect((await overlap(head)).items.map(one => one.title)).toEqual(['Thôn Thử 1'])
})

test('an association’s officer keeps its own group; a Party cell and a credit group have none here', async () => {
  const ofGroup = (group: string, token: string, name = 'Chị em') =>
    t.ask('POST', `groups/${c.out(group)}/chats`, { token, body: { platform: 'zalo', name } })
  const made = await ofGroup(women, women_officer)
  expect(made.body).toMatchObject({ level: 'association', group: { name: 'women' } })
  expect((await list(women_officer)).map(one => one.name)).toEqual(['Chị em'])
  expect((await make(women_officer, {})).status).toBe(403)
  expect((await ofGroup(await groupOf('credit_group'), officer)).problem.code).toBe('chat_group_secret')
  const cell = await groupOf('party_cell', true)
  expect((await ofGroup(cell, officer)).status).toBe(403)
  const secretary = await c.staff('party_secretary', first.id, cell)
  expect((await ofGroup(cell, secretary)).status).toBe(403)
})

test('what is noted is put right; a closed group opens again unless its name was given away', async () => {
  const chat = (await list(otherHead))[0]!
  const change = (body: object) =>
    t.ask('PATCH', `chats/${chat.id}`, { token: otherHead, body: { platform: 'zalo', name: 'Thôn Thử 2', ...body } })
  expect((await change({ members: 75 })).body).toMatchObject({ members: 75, link: null })
  const close = () => t.ask('POST', `chats/${chat.id}/close`, { token: otherHead })
  expect((await close()).body.closedAt).not.toBeNull()
  expect((await close()).status).toBe(200)
  expect((await change({})).problem.code).toBe('chat_closed')
  expect(await list(otherHead)).toEqual([])
  expect(await list(otherHead, 'closed=true')).toHaveLength(1)
  const again = (await make(otherHead, { unit: second.id, name: 'Thôn Thử 2' })).body
  const reopen = () => t.ask('POST', `chats/${chat.id}/reopen`, { token: otherHead })
  expect((await reopen()).problem.code).toBe('chat_name_taken')
  await t.ask('POST', `chats/${again.id}/close`, { token: otherHead })
  expect((await reopen()).body.closedAt).toBeNull()
})

test('groups follow their village into a merger and come back when it is undone', async () => {
  const titles = async () => (await list(officer)).map(one => one.unit.title)
  const before = await titles()
  const body = { from: [first.id, second.id], name: 'Thử Mới', kind: 'thôn' }
  const merged = (await t.ask('POST', `units/${c.unit}/merge`, { token: officer, body })).body
  expect(new Set(await titles())).toEqual(new Set(['Thôn Thử Mới', expect.stringMatching(/^Xã Thử/)]))
  await t.ask('POST', `units/${merged.id}/undo`, { token: officer, body: { source: 'nhập nhầm' } })
  expect(await titles()).toEqual(before)
})
