import { afterAll, expect, test } from 'vitest'
import { iso } from '#core/clock'
import { inside } from '#core/ids'
import { workingDayAfter } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { newPhoneKeys, startPushService } from '#channels/simulator'

const t = await testApp({ isDemo: true })
const c = await testCommune(t.app.sql, [3, 2])
const service = await startPushService()
afterAll(() => service.stop())
await t.settle()
const { publicKey } = (await t.ask('GET', 'push-key')).body
const officer = await c.staff('commune_officer')

/** A phone of somebody who works here; what it shows is all that it knows. */
async function phoneOf(token: string) {
  const { keys, decrypt } = newPhoneKeys()
  const endpoint = service.subscribe(publicKey)
  expect((await t.ask('POST', 'devices', { token, body: { endpoint, keys } })).status).toBe(201)
  const shown: { title: string; body: string; url: string }[] = []
  service.listen(endpoint, ({ body }) => {
    shown.push(JSON.parse(decrypt(body)) as (typeof shown)[number])
  })
  return shown
}
const post = <const P extends string>(path: P, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token: officer, body })

test('a head hears of a paper to pass on, a chair of an emergency that waits; nobody else', async () => {
  const head = await phoneOf(await c.staff('village_head', c.villages[0]!.id))
  const chair = await phoneOf(await c.staff('commune_chair'))
  const police = await phoneOf(await c.staff('police'))

  const relayed = (
    await post('', { title: 'Họp thôn', body: 'Chủ nhật', relay: 'village', audience: { units: [c.unit] } })
  ).body.id
  await post(`/${relayed}/publish`)
  const emergency = {
    title: 'Lũ về',
    body: 'Lũ về.',
    class: 'emergency',
    steps: [{ act: 'Lên nhà văn hóa' }],
    audience: { units: [c.unit] },
  }
  const { id } = (await post('', emergency)).body
  await post(`/${id}/publish`)
  await t.settle()
  expect(head).toMatchObject([{ title: 'Có tin cần chuyển tới thôn', body: 'Họp thôn', url: '/' }])
  expect(chair).toMatchObject([{ title: 'Tin khẩn chờ duyệt', body: 'Lũ về', url: '/' }])
  expect(police).toEqual([])
})

test('a home’s question rings with the head of its village and with the author, and names neither home nor words', async () => {
  const head = await phoneOf(await c.staff('village_head', c.villages[0]!.id))
  const otherHead = await phoneOf(await c.staff('village_head', c.villages[1]!.id))
  const author = await phoneOf(officer)
  const { id } = (await post('', { title: 'Tiêm phòng', body: 'Mai tiêm.', audience: { units: [c.unit] } })).body
  await post(`/${id}/publish`)
  const home = await c.resident(c.villages[0]!.homes[0]!)
  await t.ask('POST', `notices/${id}/questions`, { token: home, body: { words: 'Nhà tôi có hai cháu thì sao?' } })
  await t.settle()
  const alert = { title: 'Bà con hỏi, chờ trả lời', body: 'Tiêm phòng', url: '/questions' }
  expect(head).toMatchObject([alert])
  expect(author).toMatchObject([alert])
  expect(otherHead).toEqual([])
  expect(JSON.stringify([head, author])).not.toMatch(/hai cháu|Lý Văn/)
})

test('a question that nobody answers in time rings once more, with whoever owes the answer; an answered one never', async () => {
  const head = await phoneOf(await c.staff('village_head', c.villages[0]!.id))
  const { id } = (await post('', { title: 'Tiêm phòng', body: 'Mai tiêm.', audience: { units: [c.unit] } })).body
  await post(`/${id}/publish`)
  const home = await c.resident(c.villages[0]!.homes[0]!)
  const ask = async (words: string) =>
    (await t.ask('POST', `notices/${id}/questions`, { token: home, body: { words } })).body
  const [first, second] = [await ask('Mấy giờ?'), await ask('Ở đâu?')]
  expect(first.dueAt).toBe(iso(await workingDayAfter(t.app.sql, c.tenant, new Date(first.at), 2)))
  await t.ask('POST', `questions/${second.id}/answer`, { token: officer, body: { answer: 'Ở nhà văn hóa.' } })
  await t.settle()
  const before = head.length
  await t.app
    .sql`update loa.question set due_at = ${new Date(Date.now() - 1000)} where commune_id = ${c.tenant} and notice_id = ${inside(id).id}`
  await t.settle()
  await t.settle()
  expect(head.slice(before)).toMatchObject([{ title: 'Quá hạn trả lời bà con', body: 'Tiêm phòng', url: '/questions' }])
  const open = (await t.ask('GET', 'questions?open=true', { token: officer })).body.items.map(one => one.id)
  expect(open).toContain(first.id)
  expect(open).not.toContain(second.id)
  const late = await t.app
    .sql`select data from loa.trail where commune_id = ${c.tenant} and what = 'question.late' and about_id = ${inside(id).id}`
  expect(late.map(one => one['data'])).toEqual([{ question: inside(first.id).id }])
})

test('questions that wait are listed oldest first, page by page', async () => {
  const { id } = (await post('', { title: 'Họp', body: 'Mai họp.', audience: { units: [c.unit] } })).body
  await post(`/${id}/publish`)
  const home = await c.resident(c.villages[0]!.homes[1]!)
  for (const words of ['Một', 'Hai', 'Ba'])
    await t.ask('POST', `notices/${id}/questions`, { token: home, body: { words } })
  const page = async (more: string) =>
    (await t.ask('GET', `questions?noticeId=${id}&open=true&limit=2${more}`, { token: officer })).body
  const one = await page('')
  const two = await page(`&cursor=${one.next}`)
  expect([...one.items, ...two.items].map(question => question.words)).toEqual(['Một', 'Hai', 'Ba'])
  expect(two.next).toBeNull()
})

test('a private emergency that waits has no subject on the chair’s phone', async () => {
  const chair = await phoneOf(await c.staff('commune_chair'))
  await t.app.sql`update loa.household set needs = '{elder_alone}' where commune_id = ${c.tenant}`
  const { id } = (
    await post('', {
      title: 'Đón người già đi tránh lũ',
      body: 'Lũ.',
      class: 'emergency',
      steps: [{ act: 'Chờ ở nhà' }],
      audience: { units: [c.unit], attributes: { needs: ['elder_alone'] } },
    })
  ).body
  expect((await post(`/${id}/publish`)).status).toBe(202)
  await t.settle()
  expect(chair).toMatchObject([{ title: 'Tin khẩn chờ duyệt', body: '' }])
})
