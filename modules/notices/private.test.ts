// What is for a credit group says of each home that it has a loan: who sees what of it, role by role.
import { expect, test } from 'vitest'
import { now } from '#core/clock'
import { fold } from '#core/fold'
import { inside, newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [7, 3])
const [village] = c.villages
await t.settle()

const get = <const P extends string>(path: P, token: string) => t.ask('GET', path, { token })
const post = <const P extends string>(path: P, token: string, body: object = {}) => t.ask('POST', path, { token, body })

const group = newId()
await t.app.sql`
  insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, opened_at)
  values (${c.tenant}, ${group}, 'credit_group', 'Tổ vay vốn 1', ${fold('Tổ vay vốn 1')}, ${village!.id}, ${now()})`
await t.app.sql`
  insert into loa.group_member (commune_id, group_id, person_id, valid_from)
  select ${c.tenant}::int, ${group}::uuid, p.id, ${new Date(now().getTime() - 86_400_000)}::timestamptz
  from loa.person p join loa.household h on h.commune_id = p.commune_id and h.id = p.household_id
  where p.commune_id = ${c.tenant} and h.unit_id = ${village!.id}`

const staff = {
  author: await c.staff('credit_group_head', village!.id, group),
  chair: await c.staff('commune_chair'),
  officer: await c.staff('commune_officer'),
  head: await c.staff('village_head', village!.id),
  secretary: await c.staff('party_secretary', village!.id),
  front: await c.staff('front_head', village!.id),
  police: await c.staff('police'),
  province: await c.staff('province_officer', c.province),
}
type Who = keyof typeof staff
await t.app.sql`
  update loa.session set commune_id = 80000 where post_id in (select id from loa.post where role = 'province_officer')`
staff.province = staff.province.replace(/^[0-9a-z]+-/, `${(80_000).toString(36)}-`)

const secret = 'Đến hạn trả nợ gốc'
const made = await post('notices', staff.author, {
  title: secret,
  body: 'Kỳ này trả gốc.',
  ask: 'acknowledged',
  audience: { groups: [c.out(group)] },
})
const id = made.body.id
await post(`notices/${id}/publish`, staff.author)
await t.settle()

const statuses = async (path: string) => {
  const found: Partial<Record<Who, number>> = {}
  for (const [who, token] of Object.entries(staff)) found[who as Who] = (await get(path, token)).status
  return found
}

test('its text is read by its author and by who keeps the group’s book, by nobody else who works here', async () => {
  expect(await statuses(`notices/${id}`)).toEqual({
    author: 200,
    chair: 200,
    officer: 200,
    head: 404,
    secretary: 404,
    front: 404,
    police: 404,
    province: 404,
  })
  for (const who of ['head', 'secretary'] as const)
    expect((await get('notices', staff[who])).text).not.toContain(secret)
  expect((await get('notices', staff.officer)).text).toContain(secret)
})

test('homes are named to the same, and to nobody else', async () => {
  for (const list of ['unreached', `homes?unit=${village!.id}`]) {
    const found = await statuses(`notices/${id}/${list}`)
    expect(found).toMatchObject({ author: 200, chair: 200, officer: 200 })
    for (const who of ['head', 'secretary', 'front', 'police', 'province'] as const)
      expect([404, 403]).toContain(found[who])
  }
  expect((await get(`notices/${id}/unreached`, staff.author)).body.items).toHaveLength(7)
})

test('the others get figures without a subject, and never a handful', async () => {
  await post(`notices/${id}/acknowledge`, await c.resident(village!.homes[0]!))
  for (const who of ['head', 'province'] as const) {
    const { status, body, text } = await get(`notices/${id}/reach`, staff[who])
    expect(status).toBe(200)
    expect(body).toMatchObject({ households: 7, reached: null, hidden: true, title: 'Tin riêng gửi từng hộ' })
    expect(text).not.toContain(secret)
  }
  expect((await get(`notices/${id}/reach`, staff.author)).body).toMatchObject({ title: secret, reached: 1 })
})

test('its doors are the chair’s to give out; a walker learns the home and no subject', async () => {
  for (const who of ['head', 'secretary', 'front'] as const) {
    const listed = await get(`doors?noticeId=${id}`, staff[who])
    expect(listed.body.items).toEqual([])
    expect((await get('doors/notices', staff[who])).body.items).toEqual([])
  }
  const { items } = (await get(`doors?noticeId=${id}`, staff.chair)).body
  expect(items).toHaveLength(6)
  expect(JSON.stringify(items)).not.toContain(secret)
  const { doorId } = items[0] as { doorId: string }
  expect((await get(`doors/${doorId}`, staff.head)).status).toBe(403)
  const told = { id: newId(), outcome: 'told', at: now().toISOString(), now: now().toISOString() }
  expect((await post(`doors/${doorId}/outcome`, staff.head, told)).status).toBe(403)

  const { id: account } = (await get('me', staff.front)).body as { id: string }
  await post('doors/assign', staff.chair, { noticeId: id, doorIds: [doorId], account: inside(account).id })
  const given = (await get('doors?mine=true', staff.front)).body
  expect(given.items).toMatchObject([{ doorId, title: 'Tin riêng gửi từng hộ' }])
  expect((await get('doors/notices', staff.front)).text).not.toContain(secret)
  expect((await post(`doors/${doorId}/outcome`, staff.front, told)).body).toMatchObject({ outcome: 'told' })
})

test('who asks about it is a member: its questions come to the author and to the commune', async () => {
  const asked = await post(`notices/${id}/questions`, await c.resident(village!.homes[1]!), { words: 'Nộp ở đâu?' })
  expect(asked.status).toBe(201)
  const count = async (who: Who) => ((await get('questions', staff[who])).body.items as unknown[]).length
  expect([await count('author'), await count('officer'), await count('head'), await count('secretary')]).toEqual([
    1, 1, 0, 0,
  ])
  expect((await post(`questions/${asked.body.id}/answer`, staff.head, { answer: 'x' })).status).toBe(404)
})

test('a home’s need names no member of a group: the head goes on seeing his own homes', async () => {
  await t.app.sql`
    update loa.household set needs = '{elder_alone}' where commune_id = ${c.tenant} and id = ${village!.homes[2]!}`
  const audience = { units: [c.unit], attributes: { needs: ['elder_alone'] } }
  const { body } = await post('notices', staff.officer, {
    title: 'Quà Tết',
    body: 'Quà',
    ask: 'acknowledged',
    audience,
  })
  await post(`notices/${body.id}/publish`, staff.officer)
  await t.settle()
  expect((await get(`notices/${body.id}/unreached`, staff.province)).status).not.toBe(200)
  const doors = (await get(`doors?noticeId=${body.id}`, staff.head)).body.items
  expect(doors).toMatchObject([{ title: 'Tin riêng gửi từng hộ' }])
})
