import { describe, expect, test } from 'vitest'
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId, outside } from '#core/ids'
import { record } from '#core/trail'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { fewest, hideFew, figuresOf } from './figures.ts'
import type { LevelName } from './levels.ts'
import { noticeForTests } from './notice-for-tests.ts'
import type { Published } from './publish-for-tests.ts'
import { giveSoon } from './receipt.ts'
import { homeLeft } from './home-left.ts'
import { recount } from './recount.ts'
import { getView } from './view.ts'

const { app, ask, process } = await testApp()
const { sql } = app

const noticeOf = (c: TestCommune, more: Parameters<typeof noticeForTests>[2] = {}) => noticeForTests(app, c, more)

const prove = (of: Published, homes: string[], level: LevelName, channel = 'app', minutesAgo = 1) =>
  giveSoon(
    app,
    homes.map(householdId => ({
      tenant: of.tenant,
      publishedId: of.publishedId,
      id: newId(),
      householdId,
      level,
      channel,
      version: 1,
      at: new Date(now().getTime() - minutesAgo * 60_000),
    })),
  )

describe('how far a notice got', () => {
  test('figures add up over villages, channels and minutes', async () => {
    const c = await testCommune(sql, [10, 6])
    const [a, b] = c.villages
    const notice = await noticeOf(c)
    await prove(notice, a!.homes.slice(0, 6), 'acknowledged', 'app', 8)
    await prove(notice, b!.homes.slice(0, 3), 'acknowledged', 'door', 2)
    await prove(notice, b!.homes.slice(3, 5), 'seen')
    const token = await c.staff('commune_officer')
    const { status, body } = await ask('GET', `notices/${notice.id}/reach`, { token })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      households: 16,
      reached: 9,
      accountedFor: 9,
      told: 3,
      levels: { none: 5, sent: 0, exposed: 0, delivered: 0, seen: 2, acknowledged: 9, acted: 0 },
      closed: { told_by_neighbour: 0, moved: 0, refused: 0 },
      channels: [
        { channel: 'app', reached: 6 },
        { channel: 'door', reached: 3 },
      ],
    })
    expect(body.villages.map(v => [v.unitId, v.reached])).toEqual([
      [a!.id, 6],
      [b!.id, 3],
    ])
    expect(body.curve.map(p => p.reached)).toEqual([6, 9])
    expect(body.times.half).toBeGreaterThan(400)
    expect(body.times.all).toBeNull()
    expect(body.hidden).toBeUndefined()
  })

  test('a head sees it for his village’s sake; a stranger, a front head and another commune do not', async () => {
    const c = await testCommune(sql, [6, 6])
    const other = await testCommune(sql, [2])
    const notice = await noticeOf(c)
    const get = async (token: string) => (await ask('GET', `notices/${notice.id}/reach`, { token })).status
    expect(await get(await c.staff('village_head', c.villages[0]!.id))).toBe(200)
    expect(await get(await c.staff('commune_chair'))).toBe(200)
    expect(await get(await c.staff('front_head', c.villages[0]!.id))).toBe(403)
    expect(await get(await c.staff('police'))).toBe(403)
    expect(await get(await c.resident(c.villages[0]!.homes[0]!))).toBe(403)
    expect(await get(await other.staff('commune_officer'))).toBe(404)
    expect((await ask('GET', `notices/${notice.id}/reach`)).status).toBe(401)
  })

  test('the province sees counts, and never a handful', async () => {
    const c = await testCommune(sql, [20])
    const notice = await noticeOf(c)
    await prove(notice, c.villages[0]!.homes.slice(0, 3), 'acknowledged')
    const token = await c.staff('province_officer', c.province)
    const { status, body } = await ask('GET', `notices/${notice.id}/reach`, { token })
    expect(status).toBe(200)
    expect(body).toMatchObject({ households: 20, reached: null, hidden: true })
    expect(body.levels.acknowledged).toBeNull()
    expect(body.curve).toEqual([])
    expect((await ask('GET', `notices/${notice.id}/unreached`, { token })).status).toBe(403)
  })

  test('a hidden count cannot be had by subtraction', () => {
    const zero = { sent: 0, exposed: 0, delivered: 0, acted: 0, told: 0, told_by_neighbour: 0, moved: 0, refused: 0 }
    const hidden = hideFew(figuresOf({ ...zero, households: 40, none: 30, seen: 8, acknowledged: 2, reached: 2 }))
    const shown = Object.values(hidden.levels).filter(n => n === null)
    expect(shown.length).toBe(2)
    expect(fewest).toBe(5)
  })

  test('a notice from above adds up its communes for the province', async () => {
    const c = await testCommune(sql, [6])
    const subjectId = newId()
    const originId = outside(70_001, subjectId)
    const copy = await noticeOf(c, { subjectId, originId })
    expect(copy.publishedId).toBeTruthy()
    const path = `${c.path.split('/')[0]}/`
    const caller = {
      kind: 'staff',
      role: 'province_officer',
      tenant: 70_001,
      path,
      key: 'x',
      language: 'vi',
      address: '',
    } as const
    const view = await getView({ app, db: sql, caller } as never, originId)
    expect(view.isOrigin).toBe(true)
    expect(view.units.length).toBe(1)
    expect(view.named.size).toBe(0)
  })
})

describe('who is not reached', () => {
  test('each home comes with its reason, the look is noted, and a head sees only his village', async () => {
    const c = await testCommune(sql, [3, 2])
    const [a] = c.villages
    const notice = await noticeOf(c)
    await prove(notice, [a!.homes[0]!], 'seen')
    await prove(notice, [a!.homes[1]!], 'acknowledged')
    const token = await c.staff('village_head', a!.id)
    const { body } = await ask('GET', `notices/${notice.id}/unreached`, { token })
    expect(body.items.map(x => x.reason)).toEqual(['seen_only', 'not_fetched'])
    expect(body.items[0]!.headName).toContain('Lý Văn')
    const looks = await sql`select 1 from loa.look where commune_id = ${c.tenant} and what = 'reach'`
    expect(looks.length).toBe(2)
    const wrong = await ask('GET', `notices/${notice.id}/unreached?unit=${c.villages[1]!.id}`, { token })
    expect(wrong.status).toBe(403)
    const officer = await c.staff('commune_officer')
    const one = await ask('GET', `notices/${notice.id}/unreached?limit=3`, { token: officer })
    const two = await ask('GET', `notices/${notice.id}/unreached?limit=3&cursor=${one.body.next}`, { token: officer })
    expect([one.body.items.length, two.body.items.length, two.body.next]).toEqual([3, 1, null])
  })

  test('a unit may be named by its id, whatever its level', async () => {
    const c = await testCommune(sql, [3, 2])
    const notice = await noticeOf(c)
    const token = await c.staff('commune_chair')
    for (const list of [`notices/${notice.id}/unreached?`, `doors?noticeId=${notice.id}&`] as const) {
      const { body } = await ask('GET', `${list}unit=${c.unit}`, { token })
      expect(body.items.length).toBe(5)
      const village = await ask('GET', `${list}unit=${c.villages[1]!.id}`, { token })
      expect(village.body.items.length).toBe(2)
    }
  })

  test('behind a relay the reason is the relay, unless the home has opened the link', async () => {
    const c = await testCommune(sql, [2])
    const notice = await noticeOf(c, { relay: 'village', ask: 'acknowledged' })
    await prove(notice, [c.villages[0]!.homes[0]!], 'seen', 'app')
    const { body } = await ask('GET', `notices/${notice.id}/unreached`, { token: await c.staff('commune_officer') })
    expect(body.items.map(home => home.reason)).toEqual(['seen_only', 'waiting_for_relay'])
  })

  test('the picture shows every home of a village without a name', async () => {
    const c = await testCommune(sql, [3])
    const notice = await noticeOf(c)
    await prove(notice, [c.villages[0]!.homes[1]!], 'acknowledged', 'door')
    const token = await c.staff('village_head', c.villages[0]!.id)
    const { body } = await ask('GET', `notices/${notice.id}/homes?unit=${c.villages[0]!.id}`, { token })
    expect(body.homes.length).toBe(3)
    expect(body.homes.filter(x => x.isTold).length).toBe(1)
    expect(JSON.stringify(body)).not.toContain('Lý')
  })

  test('a home that leaves the commune is closed as moved, once', async () => {
    const c = await testCommune(sql, [2])
    const [home] = c.villages[0]!.homes
    const notice = await noticeOf(c)
    await sql`update loa.household set closed_at = ${now()}, closed_reason = 'moved' where commune_id = ${c.tenant} and id = ${home!}`
    for (let n = 0; n < 2; n++)
      await inTransaction(sql, tx => homeLeft(app, tx, { tenant: c.tenant, household: home! }))
    const { body } = await ask('GET', `notices/${notice.id}/reach`, { token: await c.staff('commune_officer') })
    expect(body).toMatchObject({
      households: 2,
      reached: 0,
      accountedFor: 1,
      closed: { moved: 1 },
      levels: { none: 2 },
    })
    expect((await recount(sql, c.tenant)).differences).toEqual([])
  })
})

test('a village is named with its kind, in reach, at its doors and among those not reached', async () => {
  const c = await testCommune(sql, [1])
  await sql`
    update loa.unit_version set kind = 'tổ dân phố', name = 'số 5' where unit_id = ${c.villages[0]!.id}`
  const notice = await noticeOf(c)
  const token = await c.staff('commune_chair')
  const named = 'Tổ dân phố số 5'
  const { villages } = (await ask('GET', `notices/${notice.id}/reach`, { token })).body
  expect(villages).toMatchObject([{ kind: 'tổ dân phố', name: 'số 5', title: named }])
  const unreached = await ask('GET', `notices/${notice.id}/unreached`, { token })
  expect(unreached.body.items.map(one => one.unit)).toEqual([named])
  const doors = await ask('GET', `doors?noticeId=${notice.id}`, { token })
  expect(doors.body.items.map(one => one.unit)).toEqual([named])
  const head = await c.staff('village_head', c.villages[0]!.id)
  expect((await ask('GET', 'me', { token: head })).body.unit!.title).toBe(named)
})

describe('what was done with it', () => {
  test('residents see the official steps by post, heads more, and the head of the trail can be kept', async () => {
    const c = await testCommune(sql, [1, 1])
    const notice = await noticeOf(c)
    const about = { kind: 'notice', id: notice.noticeId }
    const tenant = c.tenant
    await record(sql, { tenant, what: 'notice.published', about })
    await record(sql, { tenant, what: 'notice.relayed', about, data: { unit: c.villages[0]!.id } })
    await record(sql, { tenant, what: 'notice.relayed', about, data: { unit: c.villages[1]!.id } })
    await record(sql, { tenant, what: 'door.visited', about })
    const get = async (token: string) =>
      (await ask('GET', `notices/${notice.id}/trail`, { token })).body.items.map(x => x.what)
    expect(await get(await c.resident(c.villages[0]!.homes[0]!))).toEqual(['notice.published', 'notice.relayed'])
    expect((await get(await c.staff('commune_officer'))).length).toBe(4)
    const head = await ask('GET', 'trail/head', { token: await c.staff('commune_chair') })
    expect(head.body.head).toMatch(/^\d+-[\da-f]{64}$/)
    expect((await ask('GET', 'trail/head', { token: await c.staff('village_head', c.villages[0]!.id) })).status).toBe(
      403,
    )
  })
})

describe('figures that move by themselves', () => {
  test('a stream tells the numbers at once and again when a home answers', async () => {
    await process.start({ web: true, worker: false })
    const c = await testCommune(sql, [3])
    const notice = await noticeOf(c)
    const token = await c.staff('commune_officer')
    const answer = await process.hono.request(`/api/v1/notices/${notice.id}/live`, {
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const reader = answer.body!.getReader()
    const next = async () => JSON.parse(/data: (.*)/.exec(new TextDecoder().decode((await reader.read()).value))![1]!)
    expect(await next()).toMatchObject({ households: 3, reached: 0 })
    await prove(notice, [c.villages[0]!.homes[0]!], 'acknowledged')
    expect(await next()).toMatchObject({ households: 3, reached: 1 })
    await reader.cancel()
  })

  test('an open feed hears of a new notice, and what a process remembers is thrown away', async () => {
    const c = await testCommune(sql, [1])
    const token = await c.resident(c.villages[0]!.homes[0]!)
    const headers = { authorization: `Bearer ${token}` }
    const reader = (await process.hono.request('/api/v1/feed/live', { headers })).body!.getReader()
    await reader.read()
    expect((await ask('GET', 'feed', { token })).body.items).toEqual([])
    const notice = await noticeOf(c)
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('event: feed')
    const feed = await ask('GET', 'feed', { token })
    expect(feed.body.items.length).toBe(1)
    await ask('POST', `notices/${notice.id}/acknowledge`, { token, body: {} })
    const again = await ask('GET', 'feed', { token, headers: { 'if-none-match': feed.headers.get('etag')! } })
    expect(again.status).toBe(200)
    expect(again.body.items[0]!.level).toBe('acknowledged')
    await reader.cancel()
  })
})
