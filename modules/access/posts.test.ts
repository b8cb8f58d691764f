import { expect, test } from 'vitest'
import { after, now } from '#core/clock'
import { newId } from '#core/ids'
import { testApp, type Said } from '#testing/app'
import { testCommune } from '#testing/commune'
import { forgetSessions, holdersOf, tokenFor } from '#access'

const loa = await testApp()
const { app, ask } = loa
const commune = await testCommune(app.sql)
const other = await testCommune(app.sql)
const [village, nextVillage] = commune.villages
const chair = await commune.staff('commune_chair')
const officer = await commune.staff('commune_officer')
const head = await commune.staff('village_head', village!.id)

const cookieOf = (said: Said) => said.headers.get('set-cookie')?.split(';')[0] ?? ''
const pathOf = (url: string) => new URL(url).pathname
const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})
const makePost = (token: string, role: string, unit: string) => ask('POST', 'posts', { token, body: { unit, role } })
const appoint = (token: string, post: string, body: object) => ask('POST', `posts/${post}/people`, { token, body })

/** A post with a holder who has come in by her invitation. */
async function comeIn(role: string, unit: string, name: string) {
  const post = (await makePost(chair, role, unit)).body.id
  const made = await appoint(chair, post, { name })
  const cookie = cookieOf(await ask('POST', pathOf(made.body.invitation!.address), form({})))
  return { post, account: made.body.account, cookie }
}

test('an officer makes a village head, who comes in by the invitation and chooses login and password', async () => {
  const made = await makePost(officer, 'village_head', nextVillage!.id)
  expect(made.body).toMatchObject({ title: 'Trưởng thôn Thử 2', people: [], isMine: true })
  const appointed = await appoint(officer, made.body.id, { name: 'Vi Văn Thử' })
  expect(appointed.status).toBe(201)
  const { address, qr } = appointed.body.invitation!
  expect(qr.size).toBeGreaterThan(20)
  const short = await ask('POST', pathOf(address), form({ login: 'thu.thon2', password: 'ngắn' }))
  expect([short.status, short.headers.get('set-cookie')]).toEqual([422, null])
  const come = await ask('POST', pathOf(address), form({ login: 'Thu.Thon2', password: 'con trâu đi trước' }))
  expect(come.status).toBe(303)
  expect((await ask('GET', 'me', { token: cookieOf(come) })).body).toMatchObject({
    role: 'village_head',
    hasPassword: true,
  })
  const again = await ask('POST', 'sign-in', { body: { login: 'thu.thon2', password: 'con trâu đi trước' } })
  expect(again.status).toBe(200)
})

test('an officer invites heads but makes no chair; a village head makes nobody; the province makes chairs', async () => {
  expect((await makePost(officer, 'commune_chair', commune.unit)).problem.code).toBe('role_above')
  expect((await makePost(officer, 'police', commune.unit)).problem.code).toBe('role_above')
  expect((await makePost(head, 'front_head', village!.id)).status).toBe(403)
  const province = await commune.staff('province_officer', commune.province)
  expect((await makePost(province, 'commune_chair', commune.unit)).status).toBe(201)
  expect((await makePost(province, 'village_head', village!.id)).problem.code).toBe('role_above')
})

test('nobody makes posts in another commune', async () => {
  expect((await makePost(chair, 'village_head', other.villages[0]!.id)).status).toBe(403)
  const theirs = await makePost(await other.staff('commune_chair'), 'village_head', other.villages[0]!.id)
  expect((await appoint(chair, theirs.body.id, { name: 'Người Lạ' })).problem.code).toBe('not_found')
})

test('lost phone: the superior gives a new invitation, and the old phone, invitation and password are dead at once', async () => {
  const { post, account, cookie } = await comeIn('village_head', village!.id, 'Lý Thị Mất')
  const first = await ask('POST', `posts/${post}/people/${account}/invitation`, { token: officer })
  expect((await ask('GET', 'me', { token: cookie })).status).toBe(401)
  const second = await ask('POST', `posts/${post}/people/${account}/invitation`, { token: officer })
  expect((await ask('POST', pathOf(first.body.address), form({}))).status).toBe(410)
  expect((await ask('POST', pathOf(second.body.address), form({}))).status).toBe(303)
})

test('an officer cannot take over the chair by inviting him to a village post that he also holds', async () => {
  const { account } = await comeIn('commune_chair', commune.unit, 'Nông Văn Chủ')
  const post = (await makePost(officer, 'front_head', village!.id)).body.id
  expect((await appoint(officer, post, { account })).status).toBe(201)
  const refused = await ask('POST', `posts/${post}/people/${account}/invitation`, { token: officer })
  expect(refused.problem.code).toBe('account_above')
})

test('a stand-in has dates, and is asked only between them', async () => {
  const post = (await makePost(officer, 'village_head', village!.id)).body.id
  const day = 86_400_000
  const from = new Date(now().getTime() + day).toISOString()
  const to = new Date(now().getTime() + 3 * day).toISOString()
  expect((await appoint(officer, post, { name: 'Hà Văn Thay', part: 'stand_in' })).problem.code).toBe(
    'stand_in_needs_end',
  )
  expect(
    (await appoint(officer, post, { name: 'Hà Văn Thay', part: 'stand_in', from: to, to: from })).problem.code,
  ).toBe('term_backwards')
  expect((await appoint(officer, post, { name: 'Hà Văn Thay', part: 'stand_in', from, to })).status).toBe(201)
  const names = async (at: Date) =>
    (await holdersOf(app.sql, { tenant: commune.tenant, roles: ['village_head'], unitIds: [village!.id] }, at))
      .filter(holder => holder.part === 'stand_in')
      .map(holder => holder.name)
  expect(await names(now())).toEqual([])
  expect(await names(new Date(now().getTime() + 2 * day))).toEqual(['Hà Văn Thay'])
  expect(await names(new Date(now().getTime() + 4 * day))).toEqual([])
})

test('when a term ends its session opens nothing, its tokens neither, and another post of the person goes on', async () => {
  const one = await comeIn('village_head', village!.id, 'Đàm Văn Thôi')
  const token = await ask('POST', 'tokens', { token: one.cookie, body: { name: 'máy ở nhà', days: 30 } })
  expect(token.status).toBe(201)
  expect((await ask('GET', 'me', { token: token.body.token })).body.role).toBe('village_head')
  const second = (await makePost(officer, 'digital_team_member', village!.id)).body.id
  await appoint(officer, second, { account: one.account })
  await ask('POST', `posts/${one.post}/people/${one.account}/end`, { token: officer })
  expect((await ask('GET', 'me', { token: token.body.token })).status).toBe(401)
  expect((await ask('GET', 'me', { token: one.cookie })).body.role).toBe('digital_team_member')
  await ask('POST', `posts/${second}/close`, { token: officer })
  expect((await ask('GET', 'me', { token: one.cookie })).status).toBe(401)
})

test('a token is shown once, makes no other token, and dies by itself', async () => {
  const { cookie } = await comeIn('police', commune.unit, 'Công Văn An')
  const made = await ask('POST', 'tokens', { token: cookie, body: { name: 'thử', days: 1 } })
  expect((await ask('GET', 'tokens', { token: cookie })).text).not.toContain(made.body.token)
  expect((await ask('POST', 'tokens', { token: made.body.token, body: { name: 'x', days: 1 } })).problem.code).toBe(
    'token_makes_none',
  )
  await app.sql`update loa.session set ends_at = ${now()} where kind = 'token' and name = 'thử'`
  forgetSessions(app)
  expect((await ask('GET', 'me', { token: made.body.token })).status).toBe(401)
})

test('a session that was ended in another process is dead here within five seconds', async () => {
  const { cookie } = await comeIn('border_guard', commune.unit, 'Biên Văn Phòng')
  expect((await ask('GET', 'me', { token: cookie })).status).toBe(200)
  await app.sql`update loa.session set ended_at = ${now()} where commune_id = ${commune.tenant} and kind = 'staff'`
  await new Promise<void>(done => void after(3200, done))
  expect((await ask('GET', 'me', { token: cookie })).status).toBe(401)
})

test('I see where I am signed in and end the others; of somebody else’s session I learn nothing', async () => {
  const { cookie, post, account } = await comeIn('front_head', village!.id, 'Mặt Văn Trận')
  await ask('POST', 'me/password', { token: cookie, body: { login: 'mat.tran', password: 'bốn mùa xuân hạ' } })
  const second = cookieOf(await ask('POST', 'sign-in', { body: { login: 'mat.tran', password: 'bốn mùa xuân hạ' } }))
  const list = await ask('GET', 'sessions', { token: second })
  expect(list.body.items.map(session => session.isThis)).toEqual([true, false])
  expect((await ask('DELETE', `sessions/${commune.out(newId())}`, { token: second })).status).toBe(404)
  expect((await ask('POST', 'sessions/end-others', { token: second })).body.ended).toBe(1)
  expect((await ask('GET', 'me', { token: cookie })).status).toBe(401)
  expect([post, account].every(Boolean)).toBe(true)
})

test('posts of the commune are listed by village, page after page, each once', async () => {
  const seen: string[] = []
  let cursor = ''
  do {
    const { body } = await ask('GET', `posts?unit=${commune.unit}&limit=3${cursor}`, { token: chair })
    seen.push(...body.items.map(post => post.id))
    cursor = body.next ? `&cursor=${body.next}` : ''
  } while (cursor)
  expect(new Set(seen).size).toBe(seen.length)
  expect(seen.length).toBeGreaterThan(10)
  expect((await ask('GET', `posts?unit=${commune.unit}&cursor=xyz`, { token: chair })).problem.code).toBe('bad_cursor')
})

test('when villages merge their heads’ posts end with them, and the sessions open nothing', async () => {
  const [one, two] = (await testCommune(app.sql, [1, 1])).villages
  const { commune_id: tenant } = (
    await app.sql<{ commune_id: number }[]>`select commune_id from loa.unit where id = ${one!.id}`
  )[0]!
  const { id: unit } = (
    await app.sql<{ id: string }[]>`select unit_id as id from loa.commune where commune_id = ${tenant}`
  )[0]!
  const token = await tokenFor(app, { role: 'village_head', unit: one!.id })
  expect((await ask('GET', 'me', { token })).body.role).toBe('village_head')
  const by = await tokenFor(app, { role: 'commune_officer', unit })
  const body = { from: [one!.id, two!.id], name: 'Đại Đồng', kind: 'thôn', source: 'Nghị quyết thử' }
  expect((await ask('POST', `units/${unit}/merge`, { token: by, body })).status).toBeLessThan(300)
  expect((await ask('GET', 'me', { token })).status).toBe(401)
})

test('a token for a village’s secretary is one of the secretary who is there, whatever cell he keeps', async () => {
  const group = newId()
  await app.sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, is_confidential, opened_at)
    values (${commune.tenant}, ${group}, 'party_cell', 'Chi bộ Thử 1', 'chi bo thu 1', ${village!.id}, true, ${now()})`
  await commune.staff('party_secretary', village!.id, group)
  const token = await tokenFor(app, { role: 'party_secretary', unit: village!.id })
  expect((await ask('GET', 'me', { token })).body.group!.name).toBe('Chi bộ Thử 1')
})
