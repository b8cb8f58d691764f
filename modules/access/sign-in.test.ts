import { expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp, type TestApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { appoint, linkFor, makePost, tokenFor } from '#access'
import { hashPassword } from './password.ts'
import { setLogin } from './store/accounts.ts'

const loa = await testApp()
const { app, ask } = loa
const commune = await testCommune(app.sql)
const village = commune.villages[0]!

const cookieOf = (said: Awaited<ReturnType<TestApp['ask']>>) => said.headers.get('set-cookie')?.split(';')[0] ?? ''
const pathOf = (url: string) => new URL(url).pathname

test('the holder of a post made on the server is asked who she is: her post, its unit, her title', async () => {
  const token = await tokenFor(app, { role: 'village_head', unit: village.id })
  const { body } = await ask('GET', 'me', { token })
  expect(body).toMatchObject({
    kind: 'staff',
    role: 'village_head',
    title: 'Trưởng thôn Thử 1',
    unit: { id: village.id },
  })
})

test('a post keeps its holder, and another post has another person', async () => {
  const once = await ask('GET', 'me', { token: await tokenFor(app, { role: 'village_head', unit: village.id }) })
  const again = await ask('GET', 'me', { token: await tokenFor(app, { role: 'village_head', unit: village.id }) })
  const other = await ask('GET', 'me', {
    token: await tokenFor(app, { role: 'commune_chair', unit: `T${commune.tenant}` }),
  })
  expect(again.body.id).toBe(once.body.id)
  expect(other.body.id).not.toBe(once.body.id)
})

test('a home has a token too', async () => {
  const household = commune.out(village.homes[0]!)
  const { body } = await ask('GET', 'me', { token: await tokenFor(app, { role: 'resident', household }) })
  expect(body).toMatchObject({ kind: 'resident', household: { id: household }, unit: { id: village.id } })
})

test('a sign-in link is not used up by a robot that looks at it, and is by one press', async () => {
  const url = pathOf(await linkFor(app, { role: 'commune_officer', unit: commune.unit }))
  for (const robot of ['facebookexternalhit/1.1', 'ZaloPC-linkpreview'])
    expect((await ask('GET', url, { headers: { 'user-agent': robot } })).status).toBe(200)
  const pressed = await ask('POST', url)
  expect(pressed.status).toBe(303)
  expect(pressed.headers.get('set-cookie')).toMatch(/HttpOnly; SameSite=Lax/)
  expect((await ask('GET', 'me', { token: cookieOf(pressed) })).body.role).toBe('commune_officer')
  const second = await ask('POST', url)
  expect([second.status, second.headers.get('set-cookie')]).toEqual([410, null])
})

const person = async (login: string, roles: ('village_head' | 'party_secretary')[]) => {
  let account: string | undefined
  for (const role of roles) {
    const post = await makePost(app.sql, { role, unit: village.id })
    account = (await appoint(app.sql, { post: post.id, account, name: 'Hoàng Văn Thử' })).account
  }
  await setLogin(app.sql, account!, login, await hashPassword('lúa nếp nương'))
  return account!
}

test('staff sign in with a password, and the old cookie dies with the new one', async () => {
  await person('thu.phuhung', ['village_head'])
  const wrong = await ask('POST', 'sign-in', { body: { login: 'thu.phuhung', password: 'lúa nếp' } })
  expect([wrong.status, wrong.problem.code]).toEqual([422, 'wrong_login'])
  const first = await ask('POST', 'sign-in', { body: { login: 'Thu.PhuHung', password: 'lúa nếp nương' } })
  expect(first.status).toBe(200)
  const second = await ask('POST', 'sign-in', {
    body: { login: 'thu.phuhung', password: 'lúa nếp nương'.normalize('NFD') },
    token: cookieOf(first),
  })
  expect((await ask('GET', 'me', { token: cookieOf(second) })).status).toBe(200)
  expect((await ask('GET', 'me', { token: cookieOf(first) })).status).toBe(401)
})

test('one person with two posts acts as one of them, and a token of one post cannot take the other', async () => {
  await person('hai.viec', ['village_head', 'party_secretary'])
  const signedIn = await ask('POST', 'sign-in', { body: { login: 'hai.viec', password: 'lúa nếp nương' } })
  const me = await ask('GET', 'me', { token: cookieOf(signedIn) })
  expect(me.body).toMatchObject({ role: 'village_head', posts: [{ isActive: true }, { isActive: false }] })
  const other = me.body.posts[1]!.id
  const switched = await ask('POST', 'me/act-as', { token: cookieOf(signedIn), body: { post: other } })
  expect((await ask('GET', 'me', { token: cookieOf(switched) })).body.role).toBe('party_secretary')
  const stranger = commune.out(newId())
  expect((await ask('POST', 'me/act-as', { token: cookieOf(switched), body: { post: stranger } })).status).toBe(404)
  const token = await commune.staff('village_head', village.id)
  const refused = await ask('POST', 'me/act-as', { token, body: { post: other } })
  expect(refused.problem.code).toBe('token_has_one_post')
})

test('two hundred phones behind one address sign in within ten minutes; one account is guessed at ten times', async () => {
  const said: number[] = []
  for (let n = 0; n < 200; n++)
    said.push((await ask('POST', '/link/2p-abcdefghijklmnopqrst' + String(n).padStart(3, '0'))).status)
  expect(new Set(said)).toEqual(new Set([410]))
  const guesses: number[] = []
  for (let n = 0; n < 12; n++)
    guesses.push((await ask('POST', 'sign-in', { body: { login: 'nobody', password: `guess ${n}` } })).status)
  expect(guesses.slice(0, 10)).toEqual(Array(10).fill(422))
  expect(guesses.slice(10)).toEqual([429, 429])
})

test('signing out ends the session on the server', async () => {
  const url = pathOf(await linkFor(app, { role: 'police', unit: commune.unit }))
  const cookie = cookieOf(await ask('POST', url))
  expect((await ask('POST', 'sign-out', { token: cookie })).status).toBe(200)
  expect((await ask('GET', 'me', { token: cookie })).status).toBe(401)
})

test('a form that no page of ours sent is refused in words', async () => {
  const said = await ask('POST', '/sign-in', {
    body: 'login=a%00b&password=c',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(said.status).toBe(400)
})
