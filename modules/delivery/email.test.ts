// A commune with a mail server: what its homes' addresses get, and what becomes of those who have none.
import { afterAll, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { channelOf } from '#channels'
import { startMailServer } from '#channels/mail-simulator'
import { send, type Message } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'

const { app, ask, process, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const server = await startMailServer()
afterAll(async () => {
  await process.stop()
  await server.stop()
})

const settings = {
  host: '127.0.0.1',
  port: server.port,
  security: 'none',
  from: 'thongbao@sondong.example',
  fromName: 'UBND xã Sơn Động',
  perSecond: 500,
}

async function communeWith(changes: object = {}) {
  const c = await testCommune(sql, [3])
  const token = await c.staff('commune_officer')
  const body = { adapter: 'smtp', name: 'Thư', settings: { ...settings, ...changes } }
  expect((await ask('POST', 'channel-accounts', { token, body })).status).toBe(201)
  return { c, homes: c.villages[0]!.homes as [string, string, string] }
}

async function giveAddress(c: TestCommune, household: string, value: string) {
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    values (${c.tenant}, ${newId()}, ${household}, 'email', ${value}, ${contactDigest('email', value)}, true, ${new Date()})`
}

async function sent(c: TestCommune, changes: Partial<Message> = {}) {
  server.answerWith('take')
  const message = testMessage(c.tenant, [c.unit], changes)
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  return publishedId
}
/** As an officer publishes it: with a page behind its link. */
async function published(c: TestCommune) {
  server.answerWith('take')
  const token = await c.staff('commune_officer')
  const audience = { units: [c.unit], groups: [] }
  const body = { title: 'Dịch tả lợn châu Phi', body: 'Không mua bán lợn.', class: 'priority', audience }
  const { id } = (await ask('POST', 'notices', { token, body })).body as { id: string }
  expect((await ask('POST', `notices/${id}/publish`, { token })).status).toBe(200)
  await settle()
  const [row] = await sql<{ id: string }[]>`
    select published_id as id from loa.publication where commune_id = ${c.tenant} order by published_id desc limit 1`
  return row!.id
}
const statesOf = async (c: TestCommune, publishedId: string) => {
  const rows = await sql<{ household_id: string; state: string; reason: string | null }[]>`
    select household_id, state, reason from loa.delivery
    where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = 'email'`
  return new Map(rows.map(row => [row.household_id, row.reason ? `${row.state} ${row.reason}` : row.state]))
}
const linkIn = (raw: string) => /\/t\/[\w-]+/.exec(raw.replaceAll(/=\r\n/g, ''))![0]

test('a home with an address gets a letter whose link opens the notice; one without has no delivery at all', async () => {
  const { c, homes } = await communeWith()
  await giveAddress(c, homes[0], 'ba.ly@thu.example')
  const publishedId = await published(c)
  expect(server.letters().map(letter => letter.to)).toEqual([['ba.ly@thu.example']])
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
  const [row] = await sql`
    select level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId} and household_id = ${homes[0]}`
  expect(row!['level']).toBe(1)
  const page = await process.hono.request(linkIn(server.letters()[0]!.raw))
  expect(page.status).toBe(200)
})

test('an address that two homes name gets one letter, which counts as sent to both', async () => {
  const { c, homes } = await communeWith()
  for (const home of [homes[0], homes[1]]) await giveAddress(c, home, 'chung@thu.example')
  const publishedId = await published(c)
  await lookAgain({ app, settle }, c.tenant)
  expect(server.letters().length).toBe(1)
  expect([...(await statesOf(c, publishedId)).values()]).toEqual(['handed_over', 'handed_over'])
  const page = await process.hono.request(linkIn(server.letters()[0]!.raw))
  expect(await page.text()).toContain('Nhà nào')
})

test('a private message says in a letter only that there is one', async () => {
  const { c, homes } = await communeWith()
  await giveAddress(c, homes[0], 'ba.ly@thu.example')
  await sent(c, { isPrivate: true })
  const [letter] = server.letters()
  expect(letter!.raw).not.toContain('/t/')
  expect(letter!.raw).not.toContain(Buffer.from('Dịch tả').toString('base64').slice(0, 10))
})

test('a server that refuses everything costs no home a try: it goes when the server is well', async () => {
  const { c, homes } = await communeWith()
  await giveAddress(c, homes[0], 'ba.ly@thu.example')
  server.answerWith({ at: 'recipient', code: 451, words: '4.7.1 Later' })
  const message = testMessage(c.tenant, [c.unit])
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'planned slow_down']]))
  const [row] = await sql`
    select tries from loa.delivery where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = 'email'`
  expect(row!['tries']).toBe(0)
  server.answerWith('take')
  await sql`update loa.channel_account set paused_until = null where commune_id = ${c.tenant}`
  await sql`update loa.delivery set due_at = ${new Date(0)} where commune_id = ${c.tenant} and state = 'planned'`
  await sql`update loa.delivery_lane set due_at = ${new Date(0)} where commune_id = ${c.tenant}`
  await settle()
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
})

test('a lane whose account has used up its day sleeps until the next, and loses nothing', async () => {
  const { c, homes } = await communeWith({ perDay: 1 })
  for (const [n, home] of homes.entries()) await giveAddress(c, home, `nha${n}@thu.example`)
  const publishedId = await sent(c)
  expect(server.letters().length).toBe(1)
  expect([...(await statesOf(c, publishedId)).values()].toSorted()).toEqual(['handed_over', 'planned', 'planned'])
  const [lane] = await sql<{ due_at: Date }[]>`
    select due_at from loa.delivery_lane where commune_id = ${c.tenant} and channel = 'email'`
  expect(lane!.due_at.getTime()).toBeGreaterThan(Date.now())
})

test('a commune without an account plans no letters, and its ladder goes on', async () => {
  const c = await testCommune(sql, [1])
  await giveAddress(c, c.villages[0]!.homes[0]!, 'ba.ly@thu.example')
  const publishedId = await sent(c)
  expect(await statesOf(c, publishedId)).toEqual(new Map())
  const steps = await sql`
    select channel, state from loa.ladder_step where commune_id = ${c.tenant} and published_id = ${publishedId} order by step`
  expect(steps.map(row => `${row['channel']} ${row['state']}`)).toEqual(['push done', 'door waiting'])
  expect(channelOf('email')?.declares.cost).toBe(0)
})
