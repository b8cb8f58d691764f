import { afterAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp, type Said } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune } from '#testing/commune'
import { newPhoneKeys, startPushService } from '../modules/channels/webpush/simulator.ts'
import { noticeForTests } from '../modules/delivery/notice-for-tests.ts'

const t = await testApp({ isDemo: true })
const { app, ask, settle } = t
const { sql } = app
const c = await testCommune(sql, [3, 2])
const head = await c.staff('village_head', c.villages[0]!.id)
const push = await startPushService()
afterAll(() => push.stop())
const [first, second, third] = c.villages[0]!.homes as [string, string, string]
const far = c.villages[1]!.homes[0]!

const cookie = (said: Said) => said.headers.getSetCookie()[0]!.split(';')[0]!
const cardOf = async (home: string) => {
  const { body } = await ask('POST', `units/${c.unit}/cards`, { token: await c.staff('commune_chair'), body: {} })
  const card = body.items.find(one => one.household === c.out(home))
  return new URL(card!.address).pathname
}
const press = async (path: string, fields: Record<string, string>, phone?: string) =>
  cookie(
    await ask('POST', path, {
      body: new URLSearchParams(fields).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(phone ? { cookie: phone } : {}) },
    }),
  )
/** A phone that opens these homes, the last one in use. */
async function phoneOf(...homes: string[]): Promise<string> {
  let phone: string | undefined
  for (const home of homes) phone = await press(await cardOf(home), phone ? { keep: 'yes' } : {}, phone)
  return phone!
}
const askMe = (token: string) => ask('GET', 'me', { token })
const me = async (token: string) => (await askMe(token)).body
const levelsOf = async (publishedId: string) => {
  const rows = await sql<{ household_id: string; level: number }[]>`
    select household_id, level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId}`
  return new Map(rows.map(row => [row.household_id, row.level]))
}

test('a second card asks whether the phone keeps the first home; kept, it opens both, one at a time', async () => {
  const one = await phoneOf(first)
  const page = await ask('GET', await cardOf(second), { headers: { cookie: one } })
  expect(page.text).toContain('name="keep" value="yes"')
  const both = await press(await cardOf(second), { keep: 'yes' }, one)
  expect((await askMe(one)).problem.code).toBe('sign_in_needed')
  expect(await me(both)).toMatchObject({ household: { id: c.out(second) }, choosesHome: true })
  expect((await me(both)).homes!.map(home => home.id)).toEqual([c.out(second), c.out(first)])
  await ask('POST', 'me/home', { token: both, body: { home: c.out(first) } })
  expect(await me(both)).toMatchObject({ household: { id: c.out(first) } })
  expect((await ask('POST', 'me/home', { token: both, body: { home: c.out(third) } })).problem.code).toBe(
    'home_not_here',
  )
  const only = await press(await cardOf(third), { keep: 'no' }, both)
  expect(await me(only)).toMatchObject({ household: { id: c.out(third) } })
  expect((await me(only)).homes).toBeUndefined()
})

test('a lost card takes its home from the phone and leaves it the others', async () => {
  const phone = await phoneOf(first, second)
  const there = (await ask('GET', `households/${c.out(first)}/phones`, { token: head })).body.phones.length
  expect(there).toBeGreaterThan(0)
  await ask('POST', `households/${c.out(second)}/card`, { token: head })
  expect(await me(phone)).toMatchObject({ household: { id: c.out(first) } })
  expect((await me(phone)).choosesHome).toBeUndefined()
  await ask('DELETE', `me/homes/${encodeURIComponent(c.out(first))}`, { token: phone })
  expect((await askMe(phone)).problem.code).toBe('sign_in_needed')
})

test('a phone of two homes gets one push; that it came counts for both, that somebody knows for the one chosen', async () => {
  const phone = await phoneOf(first, far)
  const { keys } = newPhoneKeys()
  const endpoint = push.subscribe((await ask('GET', 'push-key')).body.publicKey)
  let heard = 0
  push.listen(endpoint, () => heard++)
  await ask('POST', 'devices', { token: phone, body: { endpoint, keys } })
  // Another home in use changes nothing of who is told.
  await ask('POST', 'me/home', { token: phone, body: { home: c.out(first) } })
  // At any hour: an ordinary one would wait for the morning.
  const { id, publishedId } = await noticeForTests(app, c, { class: 'priority' })
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  expect(heard).toBe(1)
  const states = await sql`
    select household_id, state, rides_on from loa.delivery
    where commune_id = ${c.tenant} and published_id = ${publishedId} and household_id = any(${[first, far]}::uuid[])`
  expect(states.map(row => row['state'])).toEqual(['handed_over', 'handed_over'])
  expect(states.filter(row => row['rides_on'] !== null).length).toBe(1)

  const receipt = { id: newId(), noticeId: id, level: 'delivered', at: new Date().toISOString() }
  const told = () => ask('POST', 'receipts', { token: phone, body: { receipts: [receipt] } })
  expect((await told()).body).toMatchObject({ accepted: 1, refused: [] })
  expect((await told()).body).toMatchObject({ accepted: 0, repeated: 1 })
  const after = await levelsOf(publishedId)
  expect([after.get(first), after.get(far), after.get(second) ?? 0]).toEqual([3, 3, 0])

  const homes = (await ask('GET', `notices/${id}/own-homes`, { token: phone })).body.items
  expect(homes.map(home => [home.id, home.level])).toEqual([
    [c.out(first), 'delivered'],
    [c.out(far), 'delivered'],
  ])
  const seen = { id: newId(), noticeId: id, level: 'seen', at: new Date().toISOString(), home: c.out(far) }
  await ask('POST', 'receipts', { token: phone, body: { receipts: [seen] } })
  for (let n = 0; n < 2; n++)
    expect((await ask('POST', `notices/${id}/acknowledge`, { token: phone, body: { home: c.out(far) } })).status).toBe(
      200,
    )
  const last = await levelsOf(publishedId)
  expect([last.get(first), last.get(far)]).toEqual([3, 5])
  const strange = await ask('POST', `notices/${id}/acknowledge`, { token: phone, body: { home: c.out(third) } })
  expect(strange.problem.code).toBe('home_not_here')
})

test('two homes in their own villages: a message for one of them counts for that one alone', async () => {
  const phone = await phoneOf(first, far)
  const { id, publishedId } = await noticeForTests(app, c, { villages: [c.villages[1]!.id] })
  const receipt = { id: newId(), noticeId: id, level: 'delivered', at: new Date().toISOString() }
  expect((await ask('POST', 'receipts', { token: phone, body: { receipts: [receipt] } })).body.accepted).toBe(1)
  expect([...(await levelsOf(publishedId))]).toEqual([[far, 3]])
  const homes = (await ask('GET', `notices/${id}/own-homes`, { token: phone })).body.items
  expect(homes.map(home => home.id)).toEqual([c.out(far)])
})

test('who reads for an elder: what comes to his phone counts for the elder’s home too, and he may say “Đã rõ” for it; nothing private', async () => {
  await sql`
    update loa.person set reads_for = ${second} where commune_id = ${c.tenant} and household_id = ${third}`
  const phone = await c.resident(third)
  expect(await me(phone)).toMatchObject({ household: { id: c.out(third) }, choosesHome: true })
  expect((await ask('POST', 'me/home', { token: phone, body: { home: c.out(second) } })).problem.code).toBe(
    'home_not_here',
  )
  const { id, publishedId } = await noticeForTests(app, c)
  const receipt = { id: newId(), noticeId: id, level: 'delivered', at: new Date().toISOString() }
  await ask('POST', 'receipts', { token: phone, body: { receipts: [receipt] } })
  expect((await ask('GET', `notices/${id}/own-homes`, { token: phone })).body.items).toMatchObject([
    { id: c.out(third), isReading: false, level: 'delivered' },
    { id: c.out(second), isReading: true, level: 'delivered' },
  ])
  await ask('POST', `notices/${id}/acknowledge`, { token: phone, body: { home: c.out(second) } })
  const found = await levelsOf(publishedId)
  expect([found.get(second), found.get(third)]).toEqual([5, 3])

  const secret = await noticeForTests(app, c, { isPrivate: true })
  expect((await ask('GET', `notices/${secret.id}/own-homes`, { token: phone })).body.items).toHaveLength(1)
  await ask('POST', `notices/${secret.id}/acknowledge`, { token: phone, body: { home: c.out(second) } })
  expect((await levelsOf(secret.publishedId)).get(second)).toBeUndefined()
})
