import { expect, test } from 'vitest'
import { inside, outside } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
// The province is a tenant of its own.
const [province] = await t.app.sql<{ commune_id: number }[]>`select commune_id from loa.unit where id = ${c.province}`
const provinceTenant = province!.commune_id

async function provinceOfficer(): Promise<string> {
  const token = await c.staff('province_officer', c.province)
  // testCommune's posts stand in the commune; this one stands in the province.
  await t.app.sql`
    update loa.post set commune_id = ${provinceTenant} where commune_id = ${c.tenant} and role = 'province_officer'`
  await t.app.sql`
    update loa.session s set commune_id = ${provinceTenant} from loa.post p
    where s.commune_id = ${c.tenant} and p.id = s.post_id and p.role = 'province_officer'`
  return token.replace(/^[0-9a-z]+-/, `${provinceTenant.toString(36)}-`)
}

await t.settle()
const officer = await provinceOfficer()
const communeOfficer = await c.staff('commune_officer')
const home = await c.resident(c.villages[0]!.homes[0]!)
const post = <const P extends string>(path: P, token: string, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token, body })
const read = (id: string, token: string) => t.ask('GET', `notices/${id}`, { token })

test('a notice of the province becomes one copy a commune, corrected and withdrawn the same way', async () => {
  const body = { title: 'Bão số 9', body: 'Bão vào đêm nay.', class: 'priority', audience: { units: [c.province] } }
  const made = await post('', officer, body)
  expect(made.body).toMatchObject({ households: null, unreachable: null })
  const id = made.body.id
  expect((await post(`/${id}/publish`, officer)).body).toMatchObject({ state: 'published', households: null })
  await t.settle()

  const copy = outside(c.tenant, inside(id).id)
  expect((await read(copy, communeOfficer)).body).toMatchObject({ originId: id, households: 5, may: { change: false } })
  expect((await read(id, home)).body).toMatchObject({ id: copy, title: 'Bão số 9' })
  expect((await post(`/${copy}/correct`, communeOfficer, { title: 'X', tellAgain: false })).problem.code).toBe(
    'notice_from_above',
  )

  await post(`/${id}/correct`, officer, { title: 'Bão số 10', tellAgain: true })
  await t.settle()
  expect((await read(copy, home)).body).toMatchObject({ title: 'Bão số 10', round: 2, version: 2 })

  await post(`/${id}/withdraw`, officer, { reason: 'Bão tan' })
  await t.settle()
  expect((await read(copy, home)).body).toMatchObject({ state: 'withdrawn', withdrawnReason: 'Bão tan' })
})

test('a job that runs twice makes no second copy', async () => {
  const body = { title: 'Tiêm phòng', body: 'Tuần sau.', audience: { units: [c.unit] } }
  const { id } = (await post('', officer, body)).body
  await post(`/${id}/publish`, officer)
  await t.app.jobs.send(t.app.sql, 'notices.copies', { tenant: provinceTenant, noticeId: inside(id).id })
  await t.settle()
  const rows = await t.app.sql`
    select 1 from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(id).id}`
  expect(rows.length).toBe(1)
})

const storm = { title: 'Siêu bão', body: 'Bão.', class: 'emergency', steps: [{ act: 'Vào nhà kiên cố' }] }
const wide = async () => {
  const { id } = (await post('', officer, { ...storm, audience: { units: [c.province] } })).body
  expect((await post(`/${id}/publish`, officer)).status).toBe(202)
  return id
}

test('where a province has one officer nobody else can say yes: he waits, and goes alone with a reason', async () => {
  const id = await wide()
  expect((await read(id, officer)).body.waiting!.approvers).toEqual([])
  expect((await post(`/${id}/approve`, officer)).problem.code).toBe('approver_same')
  expect((await post(`/${id}/publish`, officer, { aloneBecause: 'Bão vào' })).problem.code).toBe('alone_too_early')
  await t.app.sql`
    update loa.approval set asked_at = asked_at - interval '6 minutes' where commune_id = ${provinceTenant}`
  const alone = await post(`/${id}/publish`, officer, { aloneBecause: 'Bão vào, chưa có người thứ hai' })
  expect(alone.body.state).toBe('published')
  expect((await read(id, officer)).body.trace).toMatchObject([{ what: 'sent_alone' }, { what: 'published' }])
})

test('a province’s wide emergency gets the yes of another officer of the province, not of a chair', async () => {
  const id = await wide()
  const chair = await c.staff('commune_chair')
  const second = await provinceOfficer()
  expect((await read(id, officer)).body.waiting!.approvers).toEqual(['province_officer'])
  expect((await post(`/${id}/approve`, chair)).status).toBe(404)
  expect((await t.ask('GET', 'approvals', { token: chair })).body.items).toEqual([])
  const list = (await t.ask('GET', 'approvals', { token: second })).body.items
  expect(list).toMatchObject([{ noticeId: id, isMine: false, households: null }])
  expect((await post(`/${id}/approve`, second)).body.state).toBe('published')
  await t.settle()
  expect((await read(id, home)).body).toMatchObject({ title: 'Siêu bão', class: 'emergency' })
})
