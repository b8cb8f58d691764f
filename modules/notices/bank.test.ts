import { expect, test } from 'vitest'
import { now } from '#core/clock'
import { fold } from '#core/fold'
import { inside, newId, outside } from '#core/ids'
import { tokenFor } from '#access'
import { testApp } from '#testing/app'
import { addHome, testCommune, type TestCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [6, 6])
const other = await testCommune(t.app.sql, [2])
const province = await c.staff('province_officer', c.province)
await t.settle()

async function creditGroup(of: TestCommune, homes: readonly string[], kind = 'credit_group') {
  const id = newId()
  const name = `Tổ vay vốn ${id.slice(-4)}`
  await t.app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, opened_at)
    values (${of.tenant}, ${id}, ${kind}, ${name}, ${fold(name)}, ${of.villages[0]!.id}, ${now()})`
  await t.app.sql`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from)
    select ${of.tenant}::int, ${id}::uuid, p.id, ${new Date(now().getTime() - 86_400_000)}::timestamptz from loa.person p
    where p.commune_id = ${of.tenant} and p.household_id = any(${[...homes]}::uuid[])`
  return of.out(id)
}

const get = <const P extends string>(path: P, token: string) => t.ask('GET', path, { token })
const post = <const P extends string>(path: P, token: string, body: object = {}) => t.ask('POST', path, { token, body })

const made = await post('owners', province, { name: 'Ngân hàng Thử', communes: [c.unit] })
const owner = made.body.id
const bank = await tokenFor(t.app, { role: 'bank_officer', unit: owner })
const members = [...c.villages[0]!.homes, ...c.villages[1]!.homes.slice(0, 4)]
const group = await creditGroup(c, members)
const foreign = await creditGroup(other, other.villages[0]!.homes)
const text = { title: 'Đến hạn trả lãi', body: 'Thứ Bảy, 8 giờ.', ask: 'seen' }

async function written(body: object): Promise<string> {
  const { id } = (await post('notices', bank, { ...text, ...body })).body as { id: string }
  expect((await post(`notices/${id}/publish`, bank)).status).toBe(200)
  await t.settle()
  return id
}

test('a province makes a bank’s branch with a number of its own, for its communes alone', async () => {
  expect(made.status).toBe(201)
  expect(Number(owner)).toBeGreaterThanOrEqual(100_000)
  expect(made.body.communes).toMatchObject([{ id: c.unit }])
  expect((await post('owners', province, { name: 'X', communes: [other.unit] })).status).toBe(403)
  expect((await post('owners', province, { name: 'X', communes: ['99999'] })).problem.code).toBe('unit_unknown')
  expect((await post('owners', province, { name: 'X', communes: [c.villages[0]!.id] })).problem.code).toBe(
    'owner_communes',
  )
  expect((await post('owners', await c.staff('commune_chair'), { name: 'X', communes: [c.unit] })).status).toBe(403)
  expect((await get('owners', province)).body.items.map(one => one.id)).toEqual([owner])
})

test('an owner whose communes have left it stays with the province that had them, and shows to no other', async () => {
  const { body } = await post('owners', province, { name: 'Ngân hàng Cũ', communes: [c.unit] })
  await t.app.sql`update loa.owner_commune set valid_to = ${'2026-01-01'} where commune_id = ${Number(body.id)}`
  const mine = (await get('owners', province)).body.items.find(one => one.id === body.id)
  expect(mine?.communes).toEqual([])
  const elsewhere = await other.staff('province_officer', other.province)
  expect((await get('owners', elsewhere)).body.items.map(one => one.id)).not.toContain(body.id)
  await t.app.sql`update loa.commune set closed_on = ${'2026-01-01'} where commune_id = ${Number(body.id)}`
})

test('its posts are made and filled by the province: no chair is over a bank', async () => {
  const chair = await c.staff('commune_chair')
  expect((await post('posts', chair, { unit: owner, role: 'bank_officer' })).status).toBe(403)
  const { body } = await post('posts', province, { unit: owner, role: 'bank_officer', title: 'Tín dụng viên' })
  expect(body).toMatchObject({ role: 'bank_officer', unit: null, isMine: true })
  expect((await post('posts', province, { unit: owner, role: 'commune_chair' })).problem.code).toBe('role_above')
  const named = await post(`posts/${body.id}/people`, province, { name: 'Người giữ sổ' })
  expect(named.body.invitation).toBeTruthy()
  const again = await post(`posts/${body.id}/people/${named.body.account}/invitation`, province)
  expect(again.status).toBe(201)
  const listed = await get(`posts?unit=${owner}`, province)
  expect(listed.body.items.map(one => one.title)).toContain('Tín dụng viên')
})

test('its officer knows whom he serves, and sees their credit groups as counts', async () => {
  expect((await get('me', bank)).body).toMatchObject({
    role: 'bank_officer',
    commune: { no: Number(owner), name: 'Ngân hàng Thử' },
    serves: [{ id: c.unit }],
  })
  const women = await creditGroup(c, members, 'women')
  const { items } = (await get('groups', bank)).body
  expect(items.map(one => one.id)).toEqual([group])
  expect(items[0]!.members).toBe(10)
  expect((await get(`groups/${group}`, bank)).body.homes).toBe(10)
  expect((await get(`groups/${group}/members`, bank)).status).toBe(403)
  expect((await get(`groups/${women}`, bank)).status).toBe(403)
  expect((await get(`groups/${foreign}`, bank)).status).toBe(403)
})

test('it writes to posts and credit groups of its communes, and to nobody else', async () => {
  const of = (audience: object, internal = false) => post('notices', bank, { ...text, audience, internal })
  expect((await of({ groups: [group] })).status).toBe(201)
  expect((await of({ units: [c.unit] }, true)).status).toBe(201)
  expect((await of({ units: [c.unit] })).status).toBe(403)
  expect((await of({ groups: [foreign] })).status).toBe(403)
  expect((await of({ units: [other.unit] }, true)).status).toBe(403)
})

test('a paper among posts reaches the holders in the commune', async () => {
  const head = await c.staff('village_head', c.villages[0]!.id)
  const id = await written({ audience: { units: [c.unit] }, internal: true })
  expect((await get(`notices/${id}`, head)).body).toMatchObject({ title: text.title, internal: true })
})

test('what it writes to a credit group is private: members read it, the bank sees counts and never a name', async () => {
  const id = await written({ audience: { groups: [group] } })
  const copy = outside(c.tenant, inside(id).id)
  const member = await c.resident(members[0]!)
  expect((await get(`notices/${id}`, member)).body).toMatchObject({ title: text.title, isPrivate: true })
  expect((await get(`notices/${id}`, await c.resident(c.villages[1]!.homes[5]!))).status).toBe(404)
  expect((await t.ask('GET', `/n/${copy}`)).status).toBe(404)
  for (const home of members.slice(0, 5)) await post(`notices/${copy}/acknowledge`, await c.resident(home))
  const reach = await get(`notices/${id}/reach`, bank)
  expect(reach.body).toMatchObject({ households: 10, reached: 5, levels: { acknowledged: 5 } })
  expect((await get(`notices/${id}/unreached`, bank)).status).toBe(403)
  expect((await get(`notices/${copy}/unreached`, bank)).status).toBe(403)
  expect((await post(`notices/${id}/withdraw`, bank, { reason: 'Hoãn' })).status).toBe(200)
  await t.settle()
  expect((await get(`notices/${id}`, member)).body.state).toBe('withdrawn')
})

test('another branch’s notice is nothing to it', async () => {
  const theirs = await post('owners', await other.staff('province_officer', other.province), {
    name: 'Ngân hàng Khác',
    communes: [other.unit],
  })
  const rival = await tokenFor(t.app, { role: 'bank_officer', unit: theirs.body.id })
  const id = await written({ audience: { groups: [group] } })
  for (const path of [`notices/${id}`, `notices/${id}/reach`]) expect((await get(path, rival)).status).toBe(404)
  expect((await get('notices', rival)).body.items).toEqual([])
  expect((await post(`notices/${id}/withdraw`, rival, { reason: 'x' })).status).toBe(404)
})

test('a member’s question comes to the bank without a name, and to nobody of the village', async () => {
  const id = await written({ audience: { groups: [group] } })
  const asked = await post(`notices/${id}/questions`, await c.resident(members[0]!), { words: 'Nộp ở đâu?' })
  const [question] = (await get(`questions?noticeId=${id}`, bank)).body.items
  expect(question).toMatchObject({ words: 'Nộp ở đâu?', home: null })
  const head = await c.staff('village_head', c.villages[0]!.id)
  expect((await get('questions', head)).body.items).toEqual([])
  expect((await post(`questions/${asked.body.id}/answer`, head, { answer: 'x' })).status).toBe(404)
  expect((await post(`questions/${asked.body.id}/answer`, bank, { answer: 'Ở xã' })).status).toBe(200)
})

test('a commune that it serves no longer is written to no more', async () => {
  const { body } = await post('owners', province, { name: 'Ngân hàng Tạm', communes: [c.unit] })
  const officer = await tokenFor(t.app, { role: 'bank_officer', unit: body.id })
  await t.app.sql`update loa.owner_commune set valid_to = ${'2026-01-01'} where commune_id = ${Number(body.id)}`
  expect((await post('notices', officer, { ...text, audience: { groups: [group] } })).status).toBe(403)
})

test('a home that came later and is no member reads nothing of it', async () => {
  const id = await written({ audience: { groups: [group] } })
  const late = await addHome(t.app.sql, c.tenant, c.villages[0]!.id, 90)
  expect((await get(`notices/${id}`, await c.resident(late))).status).toBe(404)
})
