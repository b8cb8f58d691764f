// A commune with a Telegram bot: how a home comes to it, is told there, answers there and leaves.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { startTelegram } from '#channels/telegram-simulator'
import { send, type Message } from '#delivery'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { noticeForTests } from './notice-for-tests.ts'

const { app, ask, process, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const telegram = await startTelegram()
afterAll(() => telegram.stop())

const c = await testCommune(sql, [2])
const homes = c.villages[0]!.homes as [string, string]
const token = await c.staff('commune_officer')
const { botName, botToken } = telegram.login
const settings = { botName, host: '127.0.0.1', port: telegram.port, line: 'http', perSecond: 25 }
const steps = [
  { channel: 'telegram', after: 0 },
  { channel: 'door', after: 240 },
]
await sql`
  insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
  values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: steps, priority: steps, emergency: steps })})`
const made = await ask('POST', 'channel-accounts', {
  token,
  body: { adapter: 'telegram_bot', name: 'Telegram của xã', settings, secrets: { botToken } },
})

/** Telegram calls, and does what it is answered. */
async function calls(event: object, copies = 1) {
  const path = new URL(telegram.hook()!.url).pathname
  for (let n = 0; n < copies; n++) {
    const said = await process.hono.request(path, {
      method: 'POST',
      headers: telegram.headers(),
      body: JSON.stringify(event),
    })
    expect(said.status).toBe(200)
    telegram.obey(await said.text(), said.headers.get('content-type'))
  }
  await settle()
}
const linkCode = async (home: string) =>
  (await ask('POST', 'home/link-codes', { token: await c.resident(home) })).body.code
async function sent(changes: Partial<Message> = {}) {
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, testMessage(c.tenant, [c.unit], changes)))
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  await untilTold(publishedId)
  return publishedId
}
/** Telegram takes one message a second in a chat: who was just answered there is told a second later. */
async function untilTold(publishedId: string) {
  for (let n = 0; n < 20; n++) {
    const waiting = await sql`
      select 1 from loa.delivery where commune_id = ${c.tenant} and published_id = ${publishedId} and state = 'planned' and channel = 'telegram'`
    if (!waiting.length) return
    await sleep(200)
    await sql`update loa.delivery_lane set due_at = ${new Date(0)} where commune_id = ${c.tenant}`
    await settle()
  }
}
async function levels(publishedId: string) {
  const rows = await sql<{ id: string; level: number }[]>`
    select household_id as id, level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId}`
  return homes.map(home => rows.find(row => row.id === home)?.level ?? 0)
}
const to = (chat: number) => telegram.taken().filter(one => one.chat === chat)

test('an account that is entered tells Telegram at once where to call; a stranger who calls there is not heard', async () => {
  await settle()
  expect(telegram.hook()!.url).toBe(made.body.hook)
  expect(telegram.hook()!.secret).toMatch(/^[\w-]{20,256}$/)
  const path = new URL(made.body.hook!).pathname
  for (const headers of [{}, { 'x-telegram-bot-api-secret-token': 'x' }]) {
    const body = JSON.stringify(telegram.starts(1))
    expect((await process.hono.request(path, { method: 'POST', headers, body })).status).toBe(404)
  }
})

test('a wrong key is seen at the account as soon as it is saved', async () => {
  const other = await ask('POST', 'channel-accounts', {
    token,
    body: { adapter: 'telegram_bot', name: 'Sai khóa', settings, secrets: { botToken: '1:sai' } },
  })
  await settle()
  const { items } = (await ask('GET', 'channel-accounts', { token })).body
  expect(items.find(one => one.id === other.body.id)!.trouble).toMatch(/không nhận khóa/)
  await ask('DELETE', `channel-accounts/${other.body.id}` as 'channel-accounts/x', { token })
})

test('an officer asks the bot for his number and sends himself a test', async () => {
  await calls(telegram.says(90_001, '/id'))
  expect(to(90_001).at(-1)!.text).toContain('90001')
  const path = `channel-accounts/${made.body.id}/test` as 'channel-accounts/x/test'
  expect((await ask('POST', path, { token, body: { to: '90001' } })).body).toMatchObject({ isAccepted: true })
  expect((await ask('POST', path, { token, body: { to: '90002' } })).body).toMatchObject({ isAccepted: false })
  expect((await ask('POST', path, { token, body: { to: '@toi' } })).problem.code).toBe('account_test_address')
})

test('who starts the bot hears how to link a home; who comes by the link with a code is its home’s, and is told there', async () => {
  await calls(telegram.starts(1001))
  expect(to(1001).at(-1)!.text).toContain('mã 6 số')
  const { items } = (await ask('GET', 'home/pages', { token: await c.resident(homes[0]) })).body
  expect(items).toMatchObject([{ kind: 'telegram', url: `https://t.me/${botName}?start={code}` }])
  await calls(telegram.starts(1002, await linkCode(homes[0])))
  expect(to(1002).at(-1)!.text).toContain('Đã nối tài khoản')
  const publishedId = await sent()
  expect(to(1002).at(-1)!.text).toContain('/t/')
  expect(await levels(publishedId)).toEqual([1, 0])
  await calls(telegram.presses(to(1002).at(-1)!), 3)
  expect(telegram.pressed()).toEqual(Array<string>(3).fill('Xã đã nhận.'))
  expect(await levels(publishedId)).toEqual([5, 0])
})

test('words are a question, a repeat of theirs is one; “Đã rõ” in words counts too; HỦY stops what is optional', async () => {
  const { publishedId } = await noticeForTests(app, c)
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  const question = telegram.says(1002, 'Mấy giờ họp?')
  await calls(question, 3)
  const { items } = (await ask('GET', 'questions', { token })).body
  expect(items.map(one => one.words)).toEqual(['Mấy giờ họp?'])
  expect(to(1002).filter(one => one.text.includes('Đã chuyển câu hỏi')).length).toBe(1)
  await calls(telegram.says(1002, 'Đã rõ'))
  expect(await levels(publishedId)).toEqual([5, 0])
  await calls(telegram.says(1002, 'HỦY'))
  const [last] =
    await sql`select said, how from loa.consent where commune_id = ${c.tenant} order by at desc, id desc limit 1`
  expect(last).toEqual({ said: 'stop', how: 'telegram' })
})

test('an account that two homes linked speaks for neither by its button', async () => {
  for (const home of homes) await calls(telegram.says(1003, await linkCode(home)))
  const publishedId = await sent()
  await calls(telegram.presses(to(1003).findLast(one => one.buttons.length)!))
  expect(await levels(publishedId)).toEqual([3, 3])
  expect(to(1003).at(-1)!.text).toContain('Chọn nhà mình')
})

test('the home sees it in "Nhà tôi"; who blocks the bot is told no more', async () => {
  const mine = (await ask('GET', 'home', { token: await c.resident(homes[0]) })).body
  expect(mine.contacts.map(one => one.kind)).toContain('telegram')
  for (const chat of [1002, 1003]) await calls(telegram.blocks(chat))
  const before = telegram.taken().length
  const publishedId = await sent()
  expect(telegram.taken().length).toBe(before)
  expect(await levels(publishedId)).toEqual([0, 0])
})
