// Messenger over a simulator of Meta: who may be written to, what comes back, and who comes to be a home's.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { send } from '#delivery'
import { startMeta } from '#channels/meta-simulator'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const meta = await startMeta()
afterAll(() => meta.stop())
const c = await testCommune(sql, [3])
const homes = c.villages[0]!.homes
const officer = await c.staff('commune_officer')
const { pageId, verifyWord, pageToken, appSecret } = meta.login
const steps = [
  { channel: 'facebook', after: 0 },
  { channel: 'door', after: 240 },
]
await sql`
  insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
  values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: steps, priority: steps, emergency: steps })})`
const made = await ask('POST', 'channel-accounts', {
  token: officer,
  body: {
    adapter: 'facebook',
    name: 'Trang xã',
    settings: {
      pageId,
      verifyWord,
      graphVersion: 26,
      host: '127.0.0.1',
      port: meta.port,
      line: 'http',
      perSecond: 200,
    },
    secrets: { pageToken, appSecret },
  },
})
const accountId = made.body.id
const hook = new URL(made.body.hook!).pathname
const calls = async (entry: object) => {
  const { body, headers } = meta.batch(entry as Record<string, unknown>)
  const said = await ask('POST', hook, { body, headers })
  await settle()
  return said
}
const hears = (...messaging: object[]) => calls({ messaging })
const health = async () =>
  (await ask('GET', 'channel-accounts', { token: officer })).body.items.find(one => one.id === accountId)!
const mend = async () => {
  const { version } = await health()
  await ask('PATCH', `channel-accounts/${accountId}`, { token: officer, body: { version } })
}
beforeEach(async () => {
  meta.messages().length = 0
  meta.answerWith('take')
  meta.expire(false)
  await mend()
})

const codeOf = async (home: string) =>
  (await ask('POST', 'home/link-codes', { token: await c.resident(home) })).body.code
const link = async (home: string, psid: string) => {
  await hears(meta.says(psid, `mã ${await codeOf(home)}`))
  meta.messages().length = 0
}
async function sent(changes = {}) {
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, testMessage(c.tenant, [c.unit], changes)))
  await settle()
  return publishedId
}
async function levels(publishedId: string) {
  const rows = await sql<{ id: string; level: number }[]>`
    select household_id as id, level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId}`
  return homes.map(home => rows.find(row => row.id === home)?.level ?? 0)
}
const reasons = async (publishedId: string) => {
  const rows = await sql<{ id: string; state: string; reason: string | null; tries: number }[]>`
    select household_id as id, state, reason, tries from loa.delivery
    where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = 'facebook'`
  return homes.map(home => rows.find(row => row.id === home))
}

test('Meta asks whether the address is ours, and is answered once it knows the word', async () => {
  const asks = (word: string) =>
    ask('GET', `${hook}?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${word}` as '/')
  const ours = await asks(verifyWord)
  expect([ours.status, ours.text]).toEqual([200, '1158201444'])
  expect((await asks('sai')).status).toBe(404)
})

test('the account is tried without an address: a post that nobody sees, taken away at once', async () => {
  const tried = await ask('POST', `channel-accounts/${accountId}/test`, { token: officer, body: {} })
  expect(tried.body).toMatchObject({ isAccepted: true, account: { health: 'well' } })
  expect(meta.posts()).toEqual([])
  meta.expire()
  const failed = await ask('POST', `channel-accounts/${accountId}/test`, { token: officer, body: {} })
  expect(failed.body).toMatchObject({ isAccepted: false, words: expect.stringContaining('khóa của xã') as string })
})

test('whoever writes to the page for the first time hears once how to link a home; his code links it', async () => {
  const [home] = homes as [string]
  await hears(meta.says('201', 'Xin chào xã'))
  expect(meta.messages()).toMatchObject([{ to: '201', manner: 'RESPONSE' }])
  expect(meta.messages()[0]!.text).toContain('mã')
  await hears(meta.says('201', 'Có ai không'))
  expect(meta.messages()).toHaveLength(1)
  await hears(meta.says('201', await codeOf(home)))
  expect(meta.messages()[1]!.text).toContain('Đã nối')
  const pages = (await ask('GET', 'home/pages', { token: await c.resident(home) })).body.items
  expect(pages).toEqual([{ kind: 'facebook', name: 'Trang xã', url: `https://m.me/${pageId}?ref={code}` }])
  await hears(meta.opens('202', await codeOf(home)))
  const rows = await sql`
    select value from loa.contact where commune_id = ${c.tenant} and household_id = ${home} and kind = 'facebook' order by value`
  expect(rows.map(row => row['value'])).toEqual(['201', '202'])
})

test('a linked home is told within the day, seen and known by what it reads and taps', async () => {
  const [, home] = homes as [string, string]
  await link(home, '301')
  const published = await sent()
  const told = meta.messages().find(one => one.to === '301')!
  expect(told).toMatchObject({ manner: 'RESPONSE', buttons: [{ title: 'Đã rõ' }] })
  expect(told.text).toContain('/t/')
  expect((await levels(published))[1]).toBe(1)
  await hears(meta.delivered('301', Date.now() + 1000, [told.mid]))
  expect((await levels(published))[1]).toBe(3)
  await hears(meta.reads('301', Date.now() + 2000))
  expect((await levels(published))[1]).toBe(4)
  await hears(meta.taps('301', told))
  expect((await levels(published))[1]).toBe(5)
  expect(meta.messages().at(-1)!.text).toContain('ghi nhận')
})

test('all that went until a moment was delivered or read, what went later was not', async () => {
  const [, home] = homes as [string, string]
  const first = await sent()
  await sql`update loa.sent_to set at = at - interval '1 hour' where commune_id = ${c.tenant} and address in (
    select encode(digest, 'hex') from loa.contact where commune_id = ${c.tenant} and household_id = ${home})`
  const second = await sent()
  await hears(meta.reads('301', Date.now() - 1_800_000))
  expect([(await levels(first))[1], (await levels(second))[1]]).toEqual([4, 1])
})

test('a button that is pressed later and a typed “1” are known too; a repeated, late call changes nothing', async () => {
  const published = await sent()
  const call = meta.batch({ messaging: [meta.presses('301', 'da-ro')] })
  for (let n = 0; n < 3; n++)
    expect((await ask('POST', hook, { body: call.body, headers: call.headers })).status).toBe(200)
  await settle()
  expect((await levels(published))[1]).toBe(5)
  expect(meta.messages().filter(one => one.text.includes('ghi nhận'))).toHaveLength(1)
})

test('a day after his last word a home is not written to: no try, no call, the reason in words, and the next way', async () => {
  await sql`update loa.heard_last set at = at - interval '25 hours' where commune_id = ${c.tenant}`
  const published = await sent({ class: 'priority' })
  expect(meta.messages()).toEqual([])
  expect((await reasons(published))[1]).toMatchObject({ state: 'failed', reason: 'window_closed' })
  expect((await reasons(published))[2]).toBeUndefined()
  await hears(meta.sticks('301'))
  const after = await sent()
  expect(
    meta
      .messages()
      .filter(one => one.text.includes('/t/'))
      .map(one => one.to),
  ).toEqual(['301'])
  expect((await reasons(after))[1]).toMatchObject({ state: 'handed_over' })
})

test('where Meta granted a human’s answer, a home is written to for seven days, and after that no more', async () => {
  const grant = async (humanAgent: boolean) => {
    const { version, settings } = await health()
    const body = { version, settings: { ...settings, humanAgent } }
    await ask('PATCH', `channel-accounts/${accountId}`, { token: officer, body })
  }
  const later = (hours: number) => sql`
    update loa.heard_last set at = at - ${`${hours} hours`}::interval where commune_id = ${c.tenant}`
  meta.allowHumanAgent()
  await grant(true)
  await later(25)
  await sent()
  expect(meta.messages().map(one => one.manner)).toContain('HUMAN_AGENT')
  await later(24 * 7)
  const over = await sent()
  expect((await reasons(over))[1]).toMatchObject({ state: 'failed', reason: 'window_closed' })
  await grant(false)
  await hears(meta.sticks('301'))
})

test('a blocked page is the end for that home alone; too fast makes the account rest and costs no try', async () => {
  meta.block('301')
  const blocked = await sent()
  expect((await reasons(blocked))[1]).toMatchObject({ state: 'failed', reason: 'address_refuses' })
  await hears(meta.sticks('201'))
  meta.answerWith({ code: 613 })
  const slow = await sent()
  expect((await reasons(slow))[0]).toMatchObject({ state: 'planned', tries: 0 })
  expect(await health()).toMatchObject({ health: 'slow', restsUntil: expect.any(String) as string })
})

test('an expired token makes the account troubled, and nothing is lost', async () => {
  await hears(meta.sticks('201'))
  meta.messages().length = 0
  meta.expire()
  const published = await sent()
  expect((await reasons(published))[0]).toMatchObject({ state: 'planned' })
  expect((await health()).trouble).toContain('khóa')
  const told = () => sql`
    select 1 from loa.channel_account where commune_id = ${c.tenant} and told_of = trouble_since`
  expect(await told()).toHaveLength(1)
})

test('what Meta did not sign is not heard: another’s bytes, another’s secret, no signature', async () => {
  const { body, headers } = meta.batch({ messaging: [meta.says('909', 'x')] })
  for (const [text, with_] of [
    [body.replace('909', '908'), headers],
    [body, { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }],
    [body, {}],
  ] as const)
    expect((await ask('POST', hook, { body: text, headers: { ...with_ } })).status).toBe(404)
  const [row] = await sql`select 1 from loa.reply_heard where commune_id = ${c.tenant} and id = 'x'`
  expect(row).toBeUndefined()
  expect((await calls({ id: '999', messaging: [meta.says('910', 'Chào')] })).status).toBe(200)
})

test('a call with several events is heard whole, the page’s own words and stickers are no questions', async () => {
  await hears(meta.echo('401', 'Chào bà con'), meta.sticks('401'), meta.says('402', 'Mấy giờ họp?'), {
    ...meta.says('403', 'x'),
    message: { mid: 'm_xa', text: 'Có', is_echo: false },
  })
  expect(
    meta
      .messages()
      .map(one => one.to)
      .toSorted(),
  ).toEqual(['401', '402', '403'])
})

test('a call of long ago that somebody plays again opens no window', async () => {
  const old = { ...meta.says('501', 'Chào'), timestamp: Date.now() - 30 * 86_400_000 }
  const heard = () => sql`select 1 from loa.heard_last where commune_id = ${c.tenant}`
  const before = (await heard()).length
  await hears(old)
  expect(await heard()).toHaveLength(before)
  expect(meta.messages()).toEqual([])
})
