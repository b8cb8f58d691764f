import { expect, test } from 'vitest'
import { inside } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'

const t = await testApp()
// Three villages: one with a head, one without, one where nobody lives.
const c = await testCommune(t.app.sql, [3, 2, 0])
const officer = await c.staff('commune_officer')
const head = await c.staff('village_head', c.villages[0]!.id)
const [first, second, empty] = c.villages as [(typeof c.villages)[0], (typeof c.villages)[0], (typeof c.villages)[0]]
const home = await c.resident(first.homes[0]!)

const post = <const P extends string>(path: P, token: string, body: object = {}) =>
  t.ask('POST', `notices${path}`, { token, body })
const send = async (changes: object = {}): Promise<string> => {
  const body = { title: 'Họp thôn', body: 'Chủ nhật.', relay: 'village', audience: { units: [c.unit] }, ...changes }
  const { id } = (await post('', officer, body)).body
  const said = await post(`/${id}/publish`, officer)
  expect(said.body).toMatchObject({ state: 'published' })
  return id
}
const state = async (id: string) => (await t.ask('GET', `notices/${id}/relays`, { token: officer })).body.items
const visible = async (id: string) =>
  (
    await t.app.sql<{ unit_id: string; visible_at: Date | null }[]>`
      select r.unit_id, r.visible_at from loa.reach_unit r
      join loa.publication p on p.commune_id = r.commune_id and p.published_id = r.published_id
      where r.commune_id = ${c.tenant} and p.subject_id = ${inside(id).id} and p.replaced_by is null`
  )
    .filter(row => row.visible_at)
    .map(row => row.unit_id)
const inbox = async (token: string, query = '') => (await t.ask('GET', `relays?${query}`, { token })).body.items

test('a village head finds the paper with its clock; where there is no head it passes at once; where nobody lives it asks nobody', async () => {
  const id = await send()
  expect(await inbox(head)).toMatchObject([{ noticeId: id, title: 'Họp thôn', households: 3, unitId: first.id }])
  const [a, b, e] = await state(id)
  expect(a).toMatchObject({ households: 3, passedAt: null, how: null })
  expect(b).toMatchObject({ households: 2, how: 'nobody' })
  expect(e).toMatchObject({ unitId: empty.id, households: 0, how: 'none' })
  expect(await visible(id)).toEqual([second.id])
  const minutes = (Date.parse(a!.dueAt) - Date.now()) / 60_000
  expect(Math.round(minutes)).toBe(240)
})

test('one tap passes it on with a word; a second tap changes nothing', async () => {
  const id = await send({ class: 'priority' })
  const tap = () => post(`/${id}/relay`, head, { words: 'Nhớ mang ghế.' })
  const taps = await Promise.all([tap(), tap()])
  expect(taps.map(one => one.body)).toMatchObject([{ how: 'head' }, { how: 'head' }])
  expect(await visible(id)).toContain(first.id)
  expect((await t.ask('GET', `notices/${id}`, { token: home })).body.localWords).toMatchObject({
    words: 'Nhớ mang ghế.',
    by: 'village_head',
  })
  expect((await inbox(head)).some(one => one.noticeId === id)).toBe(false)
  expect((await inbox(head, 'done=true'))[0]).toMatchObject({ noticeId: id, words: 'Nhớ mang ghế.' })
  const rows = await t.app.sql`
    select 1 from loa.trail where commune_id = ${c.tenant} and what = 'notice.relayed' and about_id = ${inside(id).id}`
  expect(rows.length).toBe(1)
})

test('past its time the notice goes on by itself and the delay is shown', async () => {
  const id = await send()
  const published = inside(id).id
  await t.app.sql`
    update loa.relay set due_at = due_at - interval '5 hours' where commune_id = ${c.tenant} and notice_id = ${published}`
  expect((await state(id))[0]!.lateMinutes).toBeGreaterThanOrEqual(59)
  await t.settle()
  expect((await state(id))[0]).toMatchObject({ how: 'time', by: null })
  expect(await visible(id)).toContain(first.id)
  expect((await post(`/${id}/relay`, head, { words: 'Muộn rồi' })).body).toMatchObject({
    how: 'time',
    words: 'Muộn rồi',
  })
})

test('a row that fails does not hold up the others', async () => {
  const broken = await send()
  const sound = await send()
  await t.app
    .sql`update loa.relay set due_at = now() - interval '1 minute' where commune_id = ${c.tenant} and passed_at is null`
  // What delivery knows of the first is gone: passing it on must fail, and only it.
  await t.app.sql`
    update loa.relay set published_id = ${inside(broken).id}
    where commune_id = ${c.tenant} and notice_id = ${inside(broken).id} and passed_at is null`
  await t.settle()
  expect((await state(sound))[0]!.how).toBe('time')
})

test('nobody relays for another village, or what was not asked of him', async () => {
  const id = await send({ audience: { units: [second.id] } })
  expect((await post(`/${id}/relay`, head)).status).toBe(404)
  expect((await post(`/${id}/relay`, officer)).status).toBe(403)
  expect((await post(`/${id}/relay`, home)).status).toBe(403)
})

test('a correction told again waits for no relay, keeps the local words and asks the head to check them', async () => {
  const id = await send()
  await post(`/${id}/relay`, head, { words: 'Nhớ mang ghế.' })
  await post(`/${id}/correct`, officer, { body: 'Thứ Bảy.', tellAgain: true })
  expect((await t.ask('GET', `notices/${id}`, { token: home })).body).toMatchObject({
    body: 'Thứ Bảy.',
    localWords: { words: 'Nhớ mang ghế.' },
  })
  const mine = (await inbox(head, 'done=true')).find(one => one.noticeId === id)
  expect(mine).toMatchObject({ checkWords: true })
  await post(`/${id}/relay`, head, { words: 'Mang ghế, thứ Bảy.' })
  const after = (await inbox(head, 'done=true')).find(one => one.noticeId === id)
  expect(after).toMatchObject({ checkWords: false, words: 'Mang ghế, thứ Bảy.' })
  const feed = (await t.ask('GET', 'feed', { token: home })).body
  const card = [...feed.asked, ...feed.items].find(one => one.id === id)
  expect(card!.localWords).toMatchObject({ words: 'Mang ghế, thứ Bảy.' })
})

test('what still waits for a head ends with the withdrawal', async () => {
  const id = await send()
  await post(`/${id}/withdraw`, officer, { reason: 'Hoãn' })
  expect((await inbox(head)).some(one => one.noticeId === id)).toBe(false)
  expect((await post(`/${id}/relay`, head)).problem.code).toBe('notice_withdrawn')
})

test('an emergency never waits for a relay', async () => {
  const said = await post('', officer, {
    title: 'Lũ',
    body: 'Lũ về.',
    class: 'emergency',
    steps: [{ act: 'Lên nhà văn hóa' }],
    relay: 'village',
    audience: { units: [first.id] },
  })
  await post(`/${said.body.id}/publish`, officer)
  expect(await state(said.body.id)).toEqual([])
  expect(await visible(said.body.id)).toEqual([first.id])
})
