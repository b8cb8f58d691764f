// A commune with a Zalo account: who is told by which message, what people answer there, and what Zalo’s calls make of it.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { startZalo } from '#channels/zalo-simulator'
import { send, type Message } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const zalo = await startZalo()
afterAll(() => zalo.stop())
beforeEach(() => {
  zalo.forget()
  Object.assign(zalo.quota, { uid: 500, phone: 500 })
})
zalo.template('301')
zalo.template('302')
const day = 24 * 3_600_000

const settings = {
  appId: zalo.login.appId,
  oaId: zalo.login.oaId,
  templateByUid: '301',
  dongByUid: 200,
  templateByPhone: '302',
  dongByPhone: 250,
  templateTag: 'tag2',
  wordTitle: 'title',
  wordLink: 'link',
  perMinute: 60_000,
  perDayUnasked: 500,
  host: '127.0.0.1',
  port: zalo.port,
}
const { appSecret, oaSecretKey } = zalo.login

const ladder = [
  { channel: ['zalo', 'zalo_template', 'zalo_phone'], after: 0 },
  { channel: 'door', after: 240 },
]

async function communeOf(homes: number, more: object = {}) {
  const c = await testCommune(sql, [homes])
  const token = await c.staff('commune_officer')
  const body = {
    adapter: 'zalo_oa',
    name: 'Zalo',
    settings: { ...settings, ...more },
    secrets: { appSecret, oaSecretKey },
  }
  const made = (await ask('POST', 'channel-accounts', { token, body })).body
  const { access_token: accessToken, refresh_token: refreshToken } = zalo.explore()
  const path = `channel-accounts/${made.id}/grant` as 'channel-accounts/x/grant'
  expect((await ask('POST', path, { token, body: { granted: { accessToken, refreshToken } } })).body.isAccepted).toBe(
    true,
  )
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: ladder, priority: ladder, emergency: ladder })})`
  return { c, token, homes: c.villages[0]!.homes, hook: new URL(made.hook!).pathname }
}
type Made = Awaited<ReturnType<typeof communeOf>>

const contact = ({ c }: Made, household: string, kind: 'zalo' | 'phone', value: string) => sql`
  insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
  values (${c.tenant}, ${newId()}, ${household}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${new Date()})`

async function calls({ hook }: Made, event: object, copies = 1) {
  const { raw, headers } = zalo.signed(event)
  for (let n = 0; n < copies; n++)
    expect((await ask('POST', hook as '/hooks', { headers, body: JSON.parse(raw) as object })).status).toBe(200)
  await settle()
}

/** A home whose Zalo the simulator knows, linked by its code. */
async function linked(made: Made, n: number, user: string) {
  zalo.user(user)
  const code = await ask('POST', 'home/link-codes', { token: await made.c.resident(made.homes[n]!) })
  await calls(made, zalo.says(user, `Nhắn mã ${code.body.code}`))
  zalo.forget()
}

async function sent({ c }: Made, changes: Partial<Message> = {}) {
  const message = testMessage(c.tenant, [c.unit], changes)
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  return publishedId
}
async function levels({ c, homes }: { c: TestCommune; homes: readonly string[] }, publishedId: string) {
  const rows = await sql<{ id: string; level: number }[]>`
    select household_id as id, level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId}`
  return homes.map(home => rows.find(row => row.id === home)?.level ?? 0)
}
const longAgo = ({ c }: Made, user: string, days: number) => {
  zalo.user(user, { lastAt: Date.now() - days * day })
  return sql`update loa.heard_last set at = ${new Date(Date.now() - days * day)} where commune_id = ${c.tenant}`
}

test('a home links its Zalo by a code, is told there for nothing, and "Đã rõ" there acknowledges', async () => {
  const made = await communeOf(2)
  await linked(made, 0, 'u-mot')
  const publishedId = await sent(made)
  expect(zalo.taken()).toMatchObject([{ way: 'cs', to: 'u-mot', text: expect.stringContaining('/t/') as string }])
  expect(await levels(made, publishedId)).toEqual([1, 0])
  await calls(made, zalo.received('u-mot', zalo.taken()[0]!.id), 3)
  await calls(made, zalo.seen('u-mot', zalo.taken()[0]!.id))
  expect(await levels(made, publishedId)).toEqual([4, 0])
  await calls(made, zalo.says('u-mot', 'Đã rõ'), 2)
  expect(await levels(made, publishedId)).toEqual([5, 0])
  expect(zalo.taken().slice(1)).toMatchObject([
    { way: 'cs', to: 'u-mot', text: expect.stringContaining('ghi nhận') as string },
  ])
})

test('what Zalo tells before its answer is written, and out of order, counts', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-som')
  const publishedId = await sent(made)
  const { id } = zalo.taken()[0]!
  const parts = await sql`delete from loa.handed_part where commune_id = ${made.c.tenant} returning *`
  await calls(made, zalo.seen('u-som', id))
  await sql`insert into loa.handed_part ${sql(parts as never)}`
  await settle()
  expect(await levels(made, publishedId)).toEqual([4])
  await calls(made, zalo.received('u-som', id))
  expect(await levels(made, publishedId)).toEqual([4])
})

test('who did nothing there for a week gets the template; a home with a number alone gets it by number; each at its price', async () => {
  const made = await communeOf(3)
  await linked(made, 0, 'u-lau')
  await longAgo(made, 'u-lau', 8)
  await contact(made, made.homes[1]!, 'phone', '+84912340001')
  zalo.user('84912340001', { follows: false })
  const publishedId = await sent(made)
  expect(
    zalo
      .taken()
      .map(({ way, to }) => `${way} ${to}`)
      .toSorted(),
  ).toEqual(['phone 84912340001', 'uid u-lau'])
  expect(zalo.taken()[0]!.data).toEqual({
    title: expect.any(String) as string,
    link: expect.stringContaining('/t/') as string,
  })
  const spent = await sql`
    select channel, dong::int as dong from loa.publication_spent where commune_id = ${made.c.tenant} and dong > 0 order by channel`
  expect(spent).toEqual([
    { channel: 'zalo_phone', dong: 250 },
    { channel: 'zalo_template', dong: 200 },
  ])
  const byPhone = zalo.taken().find(one => one.way === 'phone')!
  await calls(made, zalo.receivedByPhone(byPhone.id, byPhone.tracking!))
  expect(await levels(made, publishedId)).toEqual([1, 3, 0])
})

test('a template that Zalo does not approve: the number has the home’s message, and the account says which template and what to do', async () => {
  zalo.template('999', { isOn: false })
  const made = await communeOf(2, { templateByUid: '999' })
  for (const n of [0, 1]) {
    await linked(made, n, `u-mau-${n}`)
    await longAgo(made, `u-mau-${n}`, 8)
  }
  await contact(made, made.homes[0]!, 'phone', '+84912340077')
  zalo.user('84912340077', { follows: false })
  const publishedId = await sent(made)
  // The next way has the first home; the second has none, and keeps its door.
  expect(zalo.taken().map(({ way, to }) => `${way} ${to}`)).toEqual(['phone 84912340077'])
  expect(await levels(made, publishedId)).toEqual([1, 0])
  const failed = await sql`
    select household_id, reason from loa.delivery
    where commune_id = ${made.c.tenant} and channel = 'zalo_template' and state = 'failed'`
  expect(failed.map(row => row['reason'])).toEqual(['template_refused', 'template_refused'])
  const factsOf = async () => {
    const [account] = (await ask('GET', 'channel-accounts', { token: made.token })).body.items
    return account!.facts.filter(fact => fact.title === 'Mẫu tin 999')
  }
  expect(await factsOf()).toEqual([
    { title: 'Mẫu tin 999', words: expect.stringMatching(/từ chối tin theo mẫu này.*ghi số mẫu khác/) as string },
  ])
  // Approved meanwhile: it goes, and nothing is left to do.
  zalo.template('999', { isOn: true })
  await sent(made)
  expect(zalo.taken().filter(one => one.way === 'uid').length).toBe(2)
  expect(await factsOf()).toEqual([])
})

test('from the third day a message costs: it goes only where the commune pays for it', async () => {
  const poor = await communeOf(1, { templateByUid: undefined })
  await linked(poor, 0, 'u-ba-a')
  await longAgo(poor, 'u-ba-a', 3)
  await sent(poor)
  expect(zalo.taken()).toEqual([])
  const paying = await communeOf(1, { dongAfterFree: 55 })
  await linked(paying, 0, 'u-ba-b')
  await longAgo(paying, 'u-ba-b', 3)
  await sent(paying)
  expect(zalo.taken()).toMatchObject([{ way: 'cs', to: 'u-ba-b' }])
  const [spent] = await sql`select dong::int as dong from loa.channel_spent where commune_id = ${paying.c.tenant}`
  expect(spent!['dong']).toBe(55)
})

test('what is free goes without money; what would cost then says so, and an emergency asks for more', async () => {
  const made = await communeOf(2, { dongAfterFree: 55 })
  const { tenant } = made.c
  await sql`insert into loa.channel_budget (commune_id, dong, version, changed_at) values (${tenant}, 0, 1, ${new Date()})`
  await linked(made, 0, 'u-mien-phi')
  await linked(made, 1, 'u-het-tien')
  zalo.user('u-het-tien', { lastAt: Date.now() - 3 * day })
  const digest = contactDigest('zalo', 'u-het-tien').toString('hex')
  await sql`
    update loa.heard_last set at = ${new Date(Date.now() - 3 * day)}
    where commune_id = ${tenant} and address = ${digest}`
  const publishedId = await sent(made, { class: 'emergency' })
  expect(zalo.taken().filter(one => one.way === 'cs')).toMatchObject([{ to: 'u-mien-phi' }])
  const rows = await sql<{ state: string; reason: string | null; asked: boolean }[]>`
    select d.state, d.reason, p.money_asked_at is not null as asked from loa.delivery d
    join loa.publication p on p.commune_id = ${tenant} and p.published_id = d.published_id
    where d.commune_id = ${tenant} and d.published_id = ${publishedId} and d.channel = 'zalo' order by d.state`
  expect(rows).toEqual([
    { state: 'failed', reason: 'no_budget', asked: true },
    { state: 'handed_over', reason: null, asked: true },
  ])
})

test('an account that costs nothing sends to every address, also where homes have more of them than they are', async () => {
  const made = await communeOf(2)
  await linked(made, 0, 'u-rieng-a')
  await linked(made, 1, 'u-rieng-b')
  await linked(made, 0, 'u-chung')
  await linked(made, 1, 'u-chung')
  await sent(made)
  const to = zalo.taken().map(one => one.to)
  expect(to.toSorted()).toEqual(['u-chung', 'u-rieng-a', 'u-rieng-b'])
})

test('a question from an account that homes share is answered with the link of all of them, and no home’s own', async () => {
  const made = await communeOf(2)
  await linked(made, 0, 'u-hai-nha')
  await linked(made, 1, 'u-hai-nha')
  const { token, c } = made
  const body = { title: 'Họp thôn', body: 'Mời bà con.', audience: { units: [c.unit], groups: [] } }
  const { id } = (await ask('POST', 'notices', { token, body })).body as { id: string }
  expect((await ask('POST', `notices/${id}/publish`, { token })).status).toBeLessThan(300)
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  const linkIn = (text = '') => /\/t\/([\w-]+)/.exec(text)?.[1]
  const [message] = zalo.taken()
  expect(linkIn(message!.text)).toBeTruthy()
  await calls(made, zalo.says('u-hai-nha', 'Mấy giờ thì họp?'))
  const answer = zalo.taken().at(-1)!
  expect(answer.text).toContain('Đã chuyển câu hỏi')
  expect(linkIn(answer.text)).toBe(linkIn(message!.text))
})

test('an account that was given up as dead lives again by a new code', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-song-lai')
  await sql`update loa.contact set dead_at = ${new Date()} where commune_id = ${made.c.tenant}`
  await sent(made)
  expect(zalo.taken()).toEqual([])
  await linked(made, 0, 'u-song-lai')
  await sent(made)
  expect(zalo.taken()).toMatchObject([{ to: 'u-song-lai' }])
})

test('-32 rests the account till the next minute and costs the message no try', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-cham')
  zalo.answerWith({ error: -32 })
  const publishedId = await sent(made)
  const [waiting] = await sql<{ state: string; tries: number; reason: string }[]>`
    select state, tries, reason from loa.delivery where commune_id = ${made.c.tenant} and published_id = ${publishedId} and channel = 'zalo'`
  expect(waiting).toMatchObject({ state: 'planned', reason: 'slow_down', tries: 0 })
  const [account] = await sql<{ until: Date }[]>`
    select paused_until as until from loa.channel_account where commune_id = ${made.c.tenant}`
  expect(account!.until.getTime()).toBeGreaterThan(Date.now() - 1000)
  expect(account!.until.getTime()).toBeLessThanOrEqual(Date.now() + 60_000)
  // The next minute may begin while other tests run.
  await sql`delete from loa.delivery where commune_id = ${made.c.tenant}`
})

test('when the day’s templates are used up answers still go, and nothing is asked of Zalo for what cannot go', async () => {
  const made = await communeOf(2, { perDayUnasked: 1 })
  await linked(made, 0, 'u-het-a')
  await linked(made, 1, 'u-het-b')
  await longAgo(made, 'u-het-a', 9)
  await longAgo(made, 'u-het-b', 9)
  zalo.forget()
  await sent(made)
  expect(zalo.taken().length).toBe(1)
  expect(zalo.asked.filter(one => one.path === '/v3.0/oa/message/template').length).toBe(1)
  const { to } = zalo.taken()[0]!
  zalo.user(to)
  await calls(made, zalo.says(to, '1'))
  expect(zalo.taken().at(-1)).toMatchObject({ way: 'cs', to })
})

test('HỦY by Zalo stops what is optional on every channel, and the answer says what goes on', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-huy')
  await contact(made, made.homes[0]!, 'phone', '+84912340007')
  await calls(made, zalo.says('u-huy', 'Hủy'))
  expect(zalo.taken().at(-1)!.text).toContain('Tin khẩn cấp')
  const stopped = await sql<{ kind: string }[]>`
    select c.kind from loa.consent k join loa.contact c on c.commune_id = ${made.c.tenant} and c.id = k.contact_id
    where k.commune_id = ${made.c.tenant} and k.purpose = 'optional_topics' and k.said = 'stop' order by c.kind`
  expect(stopped.map(row => row.kind)).toEqual(['phone', 'zalo'])
})

test('a picture sent back is a question of that home that says so', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-anh')
  const { token, c } = made
  const audience = { units: [c.unit], groups: [] }
  const body = {
    title: 'Dịch tả lợn',
    body: 'Nhốt lợn.',
    class: 'priority',
    ask: 'acknowledged',
    relay: 'none',
    audience,
  }
  const { id } = (await ask('POST', 'notices', { token, body })).body as { id: string }
  expect((await ask('POST', `notices/${id}/publish`, { token })).status).toBe(200)
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  await calls(made, zalo.sends('u-anh', 'image', { url: 'https://zalo.test/lon-om.jpg' }), 2)
  const { items } = (await ask('GET', 'questions', { token })).body
  expect(items).toMatchObject([
    {
      words: 'Đã gửi ảnh: https://zalo.test/lon-om.jpg',
      noticeTitle: 'Dịch tả lợn',
      home: expect.any(String) as string,
    },
  ])
  expect(zalo.taken().at(-1)!.text).toContain('Đã chuyển câu hỏi')
})

test('who unfollows is told by Zalo no more, and the home’s number takes over', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-bo')
  await contact(made, made.homes[0]!, 'phone', '+84912340008')
  zalo.user('84912340008', { follows: false })
  await calls(made, zalo.unfollow('u-bo'))
  await sent(made)
  expect(zalo.taken()).toMatchObject([{ way: 'phone', to: '84912340008' }])
})

test('a provider that takes the message and breaks the line: a normal message is not said twice', async () => {
  const made = await communeOf(1)
  await linked(made, 0, 'u-dut')
  zalo.answerWith('hang_up')
  await sent(made)
  expect(zalo.taken().length).toBe(1)
  zalo.answerWith('none')
  await sql`update loa.delivery set leased_until = ${new Date(0)} where commune_id = ${made.c.tenant} and state = 'intent'`
  await sql`update loa.delivery_lane set due_at = ${new Date(0)} where commune_id = ${made.c.tenant}`
  await settle()
  expect(zalo.taken().filter(one => one.way === 'cs' && one.to === 'u-dut').length).toBe(1)
})
