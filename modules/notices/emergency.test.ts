import { expect, test } from 'vitest'
import { verifyTrail } from '#core/trail'
import { inside } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
const c = await testCommune(t.app.sql, [3, 2])
const officer = await c.staff('commune_officer')
const chair = await c.staff('commune_chair')
const head = await c.staff('village_head', c.villages[0]!.id)
const home = await c.resident(c.villages[0]!.homes[0]!)

const emergency = {
  title: 'Dịch tả lợn châu Phi',
  body: 'Đã có trong xã.',
  class: 'emergency',
  steps: [{ act: 'Không bán, không mổ lợn ốm' }],
}
const post = <const P extends string>(path: P, token: string, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token, body })
const write = async (token = officer, audience: object = { units: [c.unit] }): Promise<string> =>
  (await post('', token, { ...emergency, audience })).body.id
const read = async (id: string, token = officer) => (await t.ask('GET', `notices/${id}`, { token })).body
const minutesPass = (id: string) => t.app.sql`
  update loa.approval set asked_at = asked_at - interval '6 minutes' where commune_id = ${c.tenant} and notice_id = ${inside(id).id}`

test('an emergency for several villages waits for a second person, and leaves when he says yes', async () => {
  const id = await write()
  const asked = await post(`/${id}/publish`, officer)
  expect(asked.status).toBe(202)
  expect(asked.body.state).toBe('waiting_approval')
  expect((await post(`/${id}/publish`, officer)).status).toBe(202)
  expect((await t.ask('GET', `notices/${id}`, { token: home })).status).toBe(404)
  const list = (await t.ask('GET', 'approvals', { token: chair })).body.items
  expect(list).toMatchObject([{ noticeId: id, isMine: false, isCorrection: false, households: 5 }])
  const waiting = await read(id)
  expect(waiting.waiting).toMatchObject({ approvers: ['commune_chair'] })
  expect((await post(`/${id}/approve`, chair)).body).toMatchObject({ state: 'published', households: 5 })
  expect((await post(`/${id}/approve`, chair)).problem.code).toBe('nothing_to_approve')
  expect((await read(id, home)).trace.map(mark => mark.what)).toEqual(['approved', 'published'])
})

test('the second person is another person: a chair does not approve his own words', async () => {
  const id = await write(chair)
  await post(`/${id}/publish`, chair)
  expect((await post(`/${id}/approve`, chair)).problem.code).toBe('approver_same')
  expect((await post(`/${id}/approve`, head)).status).toBe(403)
  expect((await post(`/${id}/approve`, await c.staff('commune_chair'))).body.state).toBe('published')
})

test('two who approve at the same moment send it once', async () => {
  const id = await write()
  await post(`/${id}/publish`, officer)
  const second = await c.staff('commune_chair')
  const said = await Promise.all([post(`/${id}/approve`, chair), post(`/${id}/approve`, second)])
  expect(said.map(one => one.status).toSorted((a, b) => a - b)).toEqual([200, 409])
  const rows = await t.app.sql`
    select 1 from loa.publication where commune_id = ${c.tenant} and subject_id = ${inside(id).id}`
  expect(rows.length).toBe(1)
})

test('after five minutes the author may send alone, with a reason that stands in the trail', async () => {
  const id = await write()
  const aloneBecause = 'Nước lên nhanh, gọi lãnh đạo không ai bắt máy'
  expect((await post(`/${id}/publish`, officer, { aloneBecause })).problem.code).toBe('alone_too_early')
  await post(`/${id}/publish`, officer)
  expect((await post(`/${id}/publish`, officer, { aloneBecause })).problem.code).toBe('alone_too_early')
  await minutesPass(id)
  expect((await post(`/${id}/publish`, officer, { aloneBecause })).body.state).toBe('published')
  expect((await read(id, chair)).trace[0]).toMatchObject({ what: 'sent_alone', words: aloneBecause })
  const entries = await t.app.sql`
    select data::text from loa.trail where commune_id = ${c.tenant} and what = 'notice.sent_alone'`
  expect(entries.length).toBe(1)
  expect(entries[0]!['data']).not.toContain('Nước')
  await t.settle()
  expect(await verifyTrail(t.app.sql, c.tenant)).toMatchObject({ isWhole: true })
})

test('the chair is shown what went without him and why; residents read that it went alone, not the reason', async () => {
  const id = await write()
  await post(`/${id}/publish`, officer)
  await minutesPass(id)
  const aloneBecause = 'Đê sắp vỡ'
  await post(`/${id}/publish`, officer, { aloneBecause })
  const [newest] = (await t.ask('GET', 'approvals/alone', { token: chair })).body.items
  expect(newest).toMatchObject({ noticeId: id, by: 'commune_officer', reason: aloneBecause, isCorrection: false })
  expect((await t.ask('GET', 'approvals/alone', { token: officer })).status).toBe(403)
  const [first] = (await read(id, home)).trace
  expect([first!.what, first!.words]).toEqual(['sent_alone', undefined])
  await t.app.sql`
    update loa.approval set answered_at = answered_at - interval '8 days' where commune_id = ${c.tenant} and notice_id = ${inside(id).id}`
  const later = (await t.ask('GET', 'approvals/alone', { token: chair })).body.items
  expect(later.map(one => one.noticeId)).not.toContain(id)
})

test('who says yes reads all the words first: of the draft, and of a correction what it changes', async () => {
  const id = await write()
  await post(`/${id}/publish`, officer)
  const mine = async () => {
    const { items } = (await t.ask('GET', 'approvals', { token: chair })).body
    return items.find(one => one.noticeId === id)!
  }
  expect(await mine()).toMatchObject({ html: '<p>Đã có trong xã.</p>\n', steps: emergency.steps, changed: [] })
  expect((await read(id, chair)).waiting!.words).toBeNull()
  await post(`/${id}/approve`, chair)
  await post(`/${id}/correct`, officer, { body: 'Đã có ở **thôn 2**.', tellAgain: true })
  const html = '<p>Đã có ở <strong>thôn 2</strong>.</p>\n'
  expect(await mine()).toMatchObject({ html, changed: ['body'], isCorrection: true })
  expect((await read(id, chair)).waiting!.words).toMatchObject({ html, changed: ['body'] })
  expect((await read(id, home)).body).toBe('Đã có trong xã.')
  await post(`/${id}/reject`, chair, { reason: 'Chưa rõ' })
})

test('a rejected emergency goes back to its author, who may change it', async () => {
  const id = await write()
  await post(`/${id}/publish`, officer)
  expect((await post(`/${id}/reject`, chair, { reason: 'Chưa có giấy của huyện' })).body.state).toBe('rejected')
  const changed = await t.ask('PATCH', `notices/${id}`, { token: officer, body: { version: 1, title: 'Dịch tả lợn' } })
  expect(changed.body).toMatchObject({ state: 'draft', version: 2 })
})

test('an emergency for one village leaves at once; withdrawing needs nobody; correcting a wide one does', async () => {
  const small = await write(head, { units: [c.villages[0]!.id] })
  expect((await post(`/${small}/publish`, head)).body.state).toBe('published')
  expect((await post(`/${small}/withdraw`, head, { reason: 'Nhầm' })).body.state).toBe('withdrawn')

  const wide = await write()
  await post(`/${wide}/publish`, officer)
  await post(`/${wide}/approve`, chair)
  const correction = await post(`/${wide}/correct`, officer, { body: 'Đã có ở thôn 2.', tellAgain: true })
  expect(correction.status).toBe(202)
  expect((await read(wide, home)).body).toBe('Đã có trong xã.')
  expect((await post(`/${wide}/correct`, officer, { body: 'Nữa.', tellAgain: true })).problem.code).toBe(
    'correction_waits',
  )
  expect((await post(`/${wide}/approve`, chair)).body).toMatchObject({ state: 'published', version: 2 })
  expect(await read(wide, home)).toMatchObject({ body: 'Đã có ở thôn 2.', round: 2 })
})
