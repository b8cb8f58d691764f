import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { firstIdAt, newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { outsideDoor } from './door-id.ts'
import { noticeForTests } from './notice-for-tests.ts'
import { outcomes, stateOf, type Entry } from './outcomes.ts'
import type { Published } from './publish-for-tests.ts'
import { recount } from './recount.ts'

const { app, ask } = await testApp()
const { sql } = app

const doorId = (of: Published, householdId: string) =>
  outsideDoor({ tenant: of.tenant, publishedId: of.publishedId, householdId })
const visit = (token: string, of: Published, home: string, outcome: Entry, more: object = {}) =>
  ask('POST', `doors/${doorId(of, home)}/outcome`, { token, body: { id: newId(), outcome, at: iso(now()), ...more } })
const figures = async (c: TestCommune, of: { id: string }) =>
  (await ask('GET', `notices/${of.id}/reach`, { token: await c.staff('commune_officer') })).body
const headOf = (c: TestCommune, n = 0) => c.staff('village_head', c.villages[n]!.id)
const differences = async (c: TestCommune) => (await recount(sql, c.tenant)).differences

describe('what a visit does', () => {
  test('told reaches a home; a neighbour, a move and a refusal only account for it; nobody at home closes nothing', async () => {
    const c = await testCommune(sql, [6])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const homes = c.villages[0]!.homes
    for (const [n, outcome] of outcomes.entries())
      expect((await visit(token, notice, homes[n]!, outcome)).status).toBe(200)
    expect(await figures(c, notice)).toMatchObject({
      households: 6,
      reached: 1,
      told: 1,
      accountedFor: 4,
      closed: { told_by_neighbour: 1, moved: 1, refused: 1 },
      levels: { none: 5, acknowledged: 1 },
    })
    expect(await differences(c)).toEqual([])
  })

  test('the same visit sent again by a phone without a network changes nothing', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const body = { id: newId(), outcome: 'told', at: iso(now()), toWhom: 'con dâu' }
    const door = doorId(notice, c.villages[0]!.homes[0]!)
    const both = await Promise.all([1, 2].map(() => ask('POST', `doors/${door}/outcome`, { token, body })))
    expect(both.map(x => x.status)).toEqual([200, 200])
    expect(both[0]!.body.visits.length).toBe(1)
    expect((await figures(c, notice)).told).toBe(1)
  })

  test('a wrong one is corrected by another, and the level goes down again', async () => {
    const c = await testCommune(sql, [2])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const [home, other] = c.villages[0]!.homes
    const id = newId()
    await visit(token, notice, home!, 'told', { id })
    const corrected = await visit(token, notice, home!, 'nobody_home', { corrects: id })
    expect(corrected.body).toMatchObject({ outcome: 'nobody_home', level: 'none', isAccountedFor: false })
    expect(await figures(c, notice)).toMatchObject({
      reached: 0,
      told: 0,
      accountedFor: 0,
      levels: { none: 2 },
      channels: [],
    })
    const unknown = await visit(token, notice, other!, 'told', { corrects: id })
    expect([unknown.status, unknown.problem.code]).toEqual([422, 'visit_unknown'])
    expect(await differences(c)).toEqual([])
  })

  test('a wrong tap is taken back: what is left stands, and nothing is invented in its place', async () => {
    const c = await testCommune(sql, [2])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const [home, other] = c.villages[0]!.homes
    const [told, moved] = [newId(), newId()]
    await visit(token, notice, home!, 'told', { id: told })
    await visit(token, notice, home!, 'moved', { id: moved, corrects: told })
    const back = await visit(token, notice, home!, 'taken_back', { corrects: moved })
    expect(back.body).toMatchObject({ outcome: 'told', visitId: told, isTold: true, isAccountedFor: true })
    expect(await figures(c, notice)).toMatchObject({ reached: 1, told: 1, accountedFor: 1 })
    const none = await visit(token, notice, home!, 'taken_back', { corrects: told })
    expect(none.body).toMatchObject({ outcome: null, visitId: null, level: 'none', isAccountedFor: false })
    expect(await figures(c, notice)).toMatchObject({ reached: 0, told: 0, accountedFor: 0, levels: { none: 2 } })
    const left = await ask('GET', `notices/${notice.id}/unreached`, { token })
    expect(left.body.items.map(one => one.lastOutcome)).toEqual([null, null])
    expect((await visit(token, notice, other!, 'taken_back')).problem.code).toBe('visit_unknown')
    expect(await differences(c)).toEqual([])
  })

  test('what the home itself said stays when a visit is corrected', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const [home] = c.villages[0]!.homes
    const id = newId()
    await visit(token, notice, home!, 'told', { id })
    await ask('POST', `notices/${notice.id}/acknowledge`, { token: await c.resident(home!), body: {} })
    await visit(token, notice, home!, 'moved', { corrects: id })
    expect(await figures(c, notice)).toMatchObject({
      reached: 1,
      told: 0,
      accountedFor: 1,
      levels: { acknowledged: 1 },
    })
    expect(await differences(c)).toEqual([])
  })

  test('told by one and moved by another is shown to the head as a conflict', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const [home] = c.villages[0]!.homes
    await visit(token, notice, home!, 'moved')
    const { body } = await visit(token, notice, home!, 'told')
    expect(body).toMatchObject({ outcome: 'told', isConflict: true, isAccountedFor: true, level: 'acknowledged' })
    const list = await ask('GET', `doors?noticeId=${notice.id}`, { token })
    expect(list.body.items[0]).toMatchObject({ isConflict: true, outcome: 'told' })
    expect(await figures(c, notice)).toMatchObject({ reached: 1, accountedFor: 1, closed: { moved: 0 } })
    expect(await differences(c)).toEqual([])
  })

  test('results typed in from paper name who told and who typed', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    await c.staff('front_head', c.villages[0]!.id)
    const walkers = (await ask('GET', 'doors/walkers', { token })).body.items
    const walker = walkers.find(one => one.name.includes('front_head'))!
    const { body } = await visit(token, notice, c.villages[0]!.homes[0]!, 'told', { toldBy: walker.account })
    expect(body.visits[0]).toMatchObject({ by: walker.name, typedBy: 'Người giữ village_head' })
    const nobody = await visit(token, notice, c.villages[0]!.homes[0]!, 'told', { toldBy: newId() })
    expect(nobody.problem.code).toBe('walker_unknown')
  })

  test('a home’s state follows from all its visits, in whatever order they arrive', () => {
    const one = fc.record({ outcome: fc.constantFrom(...outcomes), minute: fc.nat(500) })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 8 }), fc.nat(), (made, turn) => {
        const visits = made.map(({ outcome, minute }, n) => ({
          id: `v${n}`,
          outcome,
          at: new Date(minute * 60_000),
          corrects: null,
        }))
        const turned = visits.map((_, n) => visits[(n + turn) % visits.length]!)
        expect(stateOf(turned)).toEqual(stateOf(visits))
        expect(stateOf(visits).outcome === 'told').toBe(made.some(x => x.outcome === 'told'))
      }),
    )
  })
})

describe('who may visit', () => {
  test('a head in his village, a helper only at doors given to him, nobody else', async () => {
    const c = await testCommune(sql, [2, 1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const helper = await c.staff('front_head', c.villages[0]!.id)
    const [home, second] = c.villages[0]!.homes
    expect((await visit(helper, notice, home!, 'told')).status).toBe(403)
    expect((await visit(await headOf(c, 1), notice, home!, 'told')).status).toBe(403)
    expect((await visit(await c.resident(home!), notice, home!, 'told')).status).toBe(403)
    expect((await ask('GET', `doors?noticeId=${notice.id}`, { token: helper })).body.items).toEqual([])
    const walkers = (await ask('GET', 'doors/walkers', { token })).body.items
    const { account } = walkers.find(x => x.name.includes('front_head'))!
    const doorIds = [doorId(notice, home!)]
    const assigned = await ask('POST', 'doors/assign', { token, body: { noticeId: notice.id, doorIds, account } })
    expect(assigned.body).toEqual({ assigned: 1 })
    const mine = await ask('GET', 'doors', { token: helper })
    expect(mine.body.items.map(x => x.assigned?.isMine)).toEqual([true])
    expect((await visit(helper, notice, home!, 'told')).status).toBe(200)
    expect((await visit(helper, notice, second!, 'told')).status).toBe(403)
    const elsewhere = await ask('POST', 'doors/assign', {
      token,
      body: { noticeId: notice.id, doorIds: [doorId(notice, c.villages[1]!.homes[0]!)], account },
    })
    expect(elsewhere.problem.code).toBe('door_elsewhere')
  })

  test('a chair gives no door to the head of another village: he is offered his own, and his visit would be refused', async () => {
    const c = await testCommune(sql, [1, 1])
    const notice = await noticeForTests(app, c)
    const [first, second] = c.villages
    await headOf(c)
    const other = await headOf(c, 1)
    await c.staff('digital_team_member', second!.id)
    const chair = await c.staff('commune_chair')
    const { items } = (await ask('GET', 'doors/walkers', { token: chair })).body
    const head = items.find(one => one.units?.includes(second!.id))!
    expect(head.units).toEqual([second!.id])
    const anyDoor = items.filter(one => one.units === null)
    expect(anyDoor).toHaveLength(1)
    const give = (home: string, account: string) => {
      const body = { noticeId: notice.id, doorIds: [doorId(notice, home)], account }
      return ask('POST', 'doors/assign', { token: chair, body })
    }
    expect((await give(first!.homes[0]!, head.account)).problem.code).toBe('walker_elsewhere')
    expect((await visit(other, notice, first!.homes[0]!, 'told')).status).toBe(403)
    expect((await give(second!.homes[0]!, head.account)).body).toEqual({ assigned: 1 })
    expect((await give(first!.homes[0]!, anyDoor[0]!.account)).body).toEqual({ assigned: 1 })
  })

  test('a visit by the helper who had the door before is taken when it comes late', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const first = await c.staff('front_head', c.villages[0]!.id)
    await c.staff('digital_team_member', c.villages[0]!.id)
    const { items } = (await ask('GET', 'doors/walkers', { token })).body
    const doorIds = [doorId(notice, c.villages[0]!.homes[0]!)]
    for (const role of ['front_head', 'digital_team_member']) {
      const { account } = items.find(one => one.name.includes(role))!
      await ask('POST', 'doors/assign', { token, body: { noticeId: notice.id, doorIds, account } })
    }
    expect((await visit(first, notice, c.villages[0]!.homes[0]!, 'told')).status).toBe(200)
  })

  test('a visit made while the post was held is taken after it ended; a later one is not', async () => {
    const c = await testCommune(sql, [2])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const ended = new Date(now().getTime() - 120_000)
    await sql`
      update loa.post_term set valid_to = ${ended} where post_id in (
        select post_id from loa.session where commune_id = ${c.tenant} and kind = 'token' and post_id is not null)`
    const [home, second] = c.villages[0]!.homes
    const before = await visit(token, notice, home!, 'told', { at: iso(new Date(ended.getTime() - 60_000)) })
    expect(before.status).toBe(200)
    const after = await visit(token, notice, second!, 'told')
    expect([after.status, after.problem.code]).toEqual([403, 'not_allowed'])
  })

  test('after two villages merged the new head walks to the doors of the old one', async () => {
    const c = await testCommune(sql, [1, 1])
    const notice = await noticeForTests(app, c)
    const [from, to] = c.villages
    await sql`update loa.household set unit_id = ${to!.id} where commune_id = ${c.tenant} and unit_id = ${from!.id}`
    const token = await headOf(c, 1)
    const { body } = await ask('GET', `doors?noticeId=${notice.id}`, { token })
    expect(body.items.length).toBe(2)
    await visit(token, notice, from!.homes[0]!, 'told')
    const reach = await figures(c, notice)
    expect(reach.villages.find(v => v.unitId === from!.id)!.reached).toBe(1)
    expect(await differences(c)).toEqual([])
  })
})

describe('the list of doors', () => {
  test('homes in need stand first, then alley by alley; a phone gets no number, no illness, no poverty', async () => {
    const c = await testCommune(sql, [4])
    const homes = c.villages[0]!.homes
    const notice = await noticeForTests(app, c)
    await sql`update loa.household set alley = 'Xóm Giữa' where commune_id = ${c.tenant} and id = ${homes[0]!}`
    await sql`update loa.household set alley = 'Khe Chuối', languages = '{vi,yue-VN-x-sanchi}' where commune_id = ${c.tenant} and id = ${homes[1]!}`
    await sql`update loa.household set alley = 'Xóm Giữa', needs = '{bedridden}' where commune_id = ${c.tenant} and id = ${homes[2]!}`
    await ask('POST', `notices/${notice.id}/acknowledge`, { token: await c.resident(homes[3]!), body: {} })
    const token = await headOf(c)
    const { body } = await ask('GET', `doors?noticeId=${notice.id}&limit=2`, { token })
    const rest = await ask('GET', `doors?noticeId=${notice.id}&limit=2&cursor=${body.next}`, { token })
    const items = [...body.items, ...rest.body.items]
    expect(items.map(x => [x.alley, x.hasNeed])).toEqual([
      ['Xóm Giữa', true],
      ['Khe Chuối', false],
      ['Xóm Giữa', false],
    ])
    expect(items[1]!.listens).toEqual(['Sán Chí'])
    expect(JSON.stringify(items)).not.toMatch(/phone|bedridden|poverty/)
    const looks = () => sql`select 1 from loa.look where commune_id = ${c.tenant} and what = 'doors'`
    expect((await looks()).length).toBe(3)
    // The list asks again while it stands open: that is no second look; after half an hour it is.
    await ask('GET', `doors?noticeId=${notice.id}`, { token })
    expect((await looks()).length).toBe(3)
    const before = firstIdAt(new Date(now().getTime() - 31 * 60_000))
    await sql`
      update loa.look set id = ${before} where commune_id = ${c.tenant}
        and id = (select id from loa.look where commune_id = ${c.tenant} and what = 'doors' limit 1)`
    await ask('GET', `doors?noticeId=${notice.id}`, { token })
    expect((await looks()).length).toBe(4)
  })

  test('without a notice asked for, doors open when their time has come', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c, { class: 'emergency', publishedAt: new Date(now().getTime() - 60_000) })
    const token = await headOf(c)
    expect((await ask('GET', 'doors', { token })).body.items).toEqual([])
    await sql`update loa.ladder_step set due_at = ${now()} where commune_id = ${c.tenant} and channel = 'door'`
    expect((await ask('GET', 'doors', { token })).body.items.length).toBe(1)
    expect((await ask('GET', 'doors/notices', { token })).body.items).toMatchObject([{ noticeId: notice.id, left: 1 }])
  })

  test('bad ids and bad times get a sentence, never a failure', async () => {
    const c = await testCommune(sql, [1])
    const notice = await noticeForTests(app, c)
    const token = await headOf(c)
    const home = c.villages[0]!.homes[0]!
    const body = { id: newId(), outcome: 'told', at: iso(now()) }
    expect((await ask('POST', 'doors/xyz/outcome', { token, body })).status).toBe(404)
    expect((await visit(token, notice, home, 'sang nhà khác' as Entry)).problem.code).toBe('invalid_input')
    expect((await visit(token, notice, home, 'told', { at: 'hôm qua' })).problem.code).toBe('invalid_input')
    expect((await visit(token, { ...notice, publishedId: newId() }, home, 'told')).status).toBe(404)
    expect((await ask('GET', 'doors?noticeId=xyz', { token })).status).toBe(404)
    expect((await ask('GET', 'doors?cursor=xyz', { token })).problem.code).toBe('bad_cursor')
  })
})
