// What people answer to a short message, and what they hear back.
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { startSmsProvider } from '#channels/sms-simulator'
import { newPhoneKeys, startPushService } from '#channels/simulator'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune, type TestCommune } from '#testing/commune'
import { codeIn, meaningOf } from './reply-meaning.ts'

const { app, ask, process, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const server = await startSmsProvider('speedsms')
afterAll(() => server.stop())
beforeEach(() => server.forget())

const settings = {
  host: '127.0.0.1',
  port: server.port,
  line: 'http',
  smsType: '2',
  sender: '0900',
  perSecond: 500,
  dongPerPart: 250,
  mostParts: 3,
  hearsReplies: true,
}
const steps = [
  { channel: 'sms', after: 0 },
  { channel: 'door', after: 240 },
]

const byPush = [
  { channel: 'push', after: 0 },
  { channel: 'door', after: 240 },
]

/** A commune whose homes each name a number, and a notice that went to them. */
async function communeWith(numbers: readonly string[], notice: object = {}) {
  const c = await testCommune(sql, [numbers.length])
  const token = await c.staff('commune_officer')
  const body = { adapter: 'speedsms', name: 'SMS', settings, secrets: { token: server.login.token } }
  const made = (await ask('POST', 'channel-accounts', { token, body })).body as { hook: string }
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: steps, priority: steps, emergency: steps })})`
  const homes = c.villages[0]!.homes
  for (const [n, value] of numbers.entries())
    await sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${c.tenant}, ${newId()}, ${homes[n]!}, 'phone', ${value}, ${contactDigest('phone', value)}, true, ${new Date()})`
  const audience = { units: [c.unit], groups: [] }
  const draft = {
    title: 'Dịch tả lợn châu Phi',
    body: 'Không mua bán lợn.',
    class: 'priority',
    ask: 'acknowledged',
    relay: 'none',
    audience,
    ...notice,
  }
  const { id } = (await ask('POST', 'notices', { token, body: draft })).body as { id: string }
  expect((await ask('POST', `notices/${id}/publish`, { token })).status).toBe(200)
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  return { c, token, homes, id, hook: new URL(made.hook).pathname }
}
async function says(hook: string, from: string, content: string) {
  const said = await ask('POST', hook as '/hooks', { body: { type: 'sms', phone: from, content } })
  expect(said.status).toBe(200)
  await settle()
  return server.taken().at(-1)?.text
}
async function levels(c: TestCommune, homes: readonly string[]) {
  const rows = await sql<{ id: string; level: number }[]>`
    select household_id as id, level from loa.reach_home where commune_id = ${c.tenant}`
  return homes.map(home => rows.find(row => row.id === home)?.level ?? 0)
}
const questions = async (token: string) =>
  (
    (await ask('GET', 'questions', { token })).body as {
      items: { words: string; home: string | null; noticeTitle: string }[]
    }
  ).items

test('"1" acknowledges the newest message for the home, and the answer names it', async () => {
  const { c, homes, hook } = await communeWith(['+84912340001', '+84912340002'])
  expect(server.taken().length).toBe(2)
  expect(server.taken()[0]!.text).toContain('Ro thi nhan 1.')
  expect(await says(hook, '84912340001', '1')).toBe('Xa da ghi nhan nha minh ro: Dich ta lon chau Phi. Cam on ba con.')
  expect(await levels(c, homes)).toEqual([5, 1])
})

test('the provider’s repeat is no second answer', async () => {
  const { hook } = await communeWith(['+84912340003'])
  for (let n = 0; n < 3; n++) await says(hook, '84912340003', '1')
  expect(server.taken().length).toBe(2)
})

test('from a shared number "1" acknowledges nobody: the answer leads to where the home is chosen', async () => {
  const { c, homes, hook } = await communeWith(['+84912340004', '+84912340004'])
  const text = await says(hook, '0912340004', '1')
  expect(text).toContain('so chung')
  expect(await levels(c, homes)).toEqual([1, 1])
  const page = await process.hono.request(new URL(text!.slice(text!.indexOf('http'))).pathname)
  expect(await page.text()).toContain('Nhà nào')
})

test('HỦY stops what is optional for that number in every home, and the answer says that emergencies go on', async () => {
  const { c, hook } = await communeWith(['+84912340005', '+84912340005'])
  expect(await says(hook, '84912340005', 'Hủy')).toBe(
    'Ca nha thoi nhan tin khong bat buoc, o moi kenh. Tin khan cap va viec bat buoc van duoc bao. Doi y thi nhan NHAN LAI.',
  )
  const homes = await sql`
    select household_id from loa.consent
    where commune_id = ${c.tenant} and purpose = 'optional_topics' and said = 'stop' and how = 'sms' and contact_id is null`
  expect(homes.length).toBe(2)
})

test('HỦY by short message keeps optional push off the home’s phone, not a duty; NHẬN LẠI brings it back, and each is said back', async () => {
  const { c, token, homes, hook } = await communeWith(['+84912340012'])
  const push = await startPushService()
  afterAll(() => push.stop())
  const resident = await c.resident(homes[0]!)
  const endpoint = push.subscribe((await ask('GET', 'push-key')).body.publicKey)
  let pushes = 0
  push.listen(endpoint, () => (pushes += 1))
  await ask('POST', 'devices', { token: resident, body: { endpoint, keys: newPhoneKeys().keys } })
  const pushed = async (topic: string) => {
    pushes = 0
    const draft = { title: 'Tin', body: 'Lời', class: 'normal', ask: 'delivered', relay: 'none', topic }
    const body = { ...draft, audience: { units: [c.unit], groups: [] } }
    const { id } = (await ask('POST', 'notices', { token, body })).body
    await sql`
      update loa.rule_pack set body = ${sql.json({ normal: byPush, priority: byPush, emergency: byPush })}
      where commune_id = ${c.tenant} and kind = 'ladder'`
    expect((await ask('POST', `notices/${id}/publish`, { token })).status).toBe(200)
    await settle()
    return pushes
  }
  expect([await pushed('livelihood'), await pushed('disease')]).toEqual([1, 1])
  await says(hook, '84912340012', 'HỦY')
  expect([await pushed('livelihood'), await pushed('disease')]).toEqual([0, 1])
  expect(await says(hook, '84912340012', 'Nhận lại')).toBe(
    'Nha minh lai nhan ca tin khong bat buoc. Muon thoi thi nhan HUY.',
  )
  expect([await pushed('livelihood'), await pushed('disease')]).toEqual([1, 1])
})

test('anything else is a question of that home, where whoever answers it finds it', async () => {
  const { token, hook } = await communeWith(['+84912340006'])
  expect(await says(hook, '84912340006', 'Nhà tôi có 2 con lợn ốm thì báo ai?')).toContain(
    'Da chuyen cau hoi ve: Dich ta lon',
  )
  expect(await questions(token)).toMatchObject([
    {
      words: 'Nhà tôi có 2 con lợn ốm thì báo ai?',
      noticeTitle: 'Dịch tả lợn châu Phi',
      home: expect.any(String) as string,
    },
  ])
})

test('a question from a shared number names no home', async () => {
  const { token, hook } = await communeWith(['+84912340007', '+84912340007'])
  await says(hook, '84912340007', 'Bao giờ họp?')
  expect(await questions(token)).toMatchObject([{ words: 'Bao giờ họp?', home: null }])
})

test('a number that no home names is not answered; nor is one whose last message is three days old or taken back', async () => {
  const { c, homes, hook } = await communeWith(['+84912340008'])
  await says(hook, '84987654321', '1')
  await says(hook, 'VIETTEL', '1')
  await sql`update loa.talk set at = ${new Date(Date.now() - 73 * 3_600_000)} where commune_id = ${c.tenant}`
  await says(hook, '84912340008', '1')
  expect(server.taken().length).toBe(1)
  expect(await levels(c, homes)).toEqual([1])
  const other = await communeWith(['+84912340009'])
  await ask('POST', `notices/${other.id}/withdraw`, { token: other.token, body: { reason: 'Nhầm' } })
  await says(other.hook, '84912340009', '1')
  expect(await levels(other.c, other.homes)).toEqual([1])
})

test('two machines that answer each other come to an end, and nothing is answered beyond the budget', async () => {
  const { hook } = await communeWith(['+84912340010'])
  for (let n = 0; n < 9; n++) await says(hook, '84912340010', `Tin tự động số ${n}`)
  expect(server.taken().length).toBe(1 + 5)
  const poor = await communeWith(['+84912340011'])
  const before = server.taken().length
  await sql`insert into loa.channel_budget (commune_id, dong, changed_at) values (${poor.c.tenant}, 300, ${new Date()})`
  await says(poor.hook, '84912340011', '1')
  expect(server.taken().length).toBe(before)
  expect(await levels(poor.c, poor.homes)).toEqual([5])
})

test('"1" however it is typed is "Đã rõ"; HỦY and STOP stop only when they come first', () => {
  for (const words of ['1', ' 1. ', '1!', 'Rõ', 'đã rõ', 'OK'])
    expect([words, meaningOf(words)]).toEqual([words, 'known'])
  for (const words of ['HUY', 'hủy', 'Hủy tin', 'STOP', 'stop.'])
    expect([words, meaningOf(words)]).toEqual([words, 'stop'])
  for (const words of ['NHẬN LẠI', 'nhan lai', 'Nhận lại!', 'START'])
    expect([words, meaningOf(words)]).toEqual([words, 'again'])
  for (const words of [
    '?',
    '10',
    'họp có hủy không',
    'huyện nào',
    '11',
    'không rõ',
    'Nhận lại giấy tờ ở đâu?',
    'đã nhận lại',
  ])
    expect([words, meaningOf(words)]).toEqual([words, 'question'])
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), words => {
      expect(['known', 'stop', 'again', 'question', 'nothing']).toContain(meaningOf(words))
    }),
  )
})

test('a home’s code is found as it was shown, with a gap or without, alone or after a word; a longer number is none', () => {
  for (const words of ['123456', '123 456', ' Mã 123 456.', 'mã số: 123456', 'Nhắn mã 123456', 'liên kết 123-456'])
    expect([words, codeIn(words)]).toEqual([words, '123456'])
  for (const words of ['1234567', '12 3456', '123 45', '0123 456', 'mã', 'số nhà 123456'])
    expect([words, codeIn(words)]).toEqual([words, undefined])
})
