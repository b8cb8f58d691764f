// Channels that are followed and answered, whatever they call people: links by code, buttons, what was seen, and who leaves.
import { beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { addAdapter, addChannel, findContacts, type Heard, type HeardBy } from '#channels'
import { addressMark, readMessageToken, send } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()

const taken: { key: string; to: string[]; ids: string[] }[] = []
const answers: { to: string; words: string }[] = []
beforeEach(() => {
  taken.length = 0
  answers.length = 0
})
addChannel({
  kind: 'chat',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'zalo',
    cost: 0,
    proves: ['sent', 'delivered', 'seen', 'acknowledged'],
    phoneKinds: [],
    batch: 100,
    parallel: 5,
  },
  speaksThrough: 'zalo',
  find: findContacts('zalo'),
  handOver(_, __, { key, addresses }) {
    const ids = addresses.map(() => newId())
    taken.push({ key, ids, to: addresses.map(one => one.value) })
    return Promise.resolve({ is: 'accepted', ids })
  },
})
addAdapter({
  kind: 'zalo',
  name: 'test-chat',
  fields: [],
  pace: () => ({ perSecond: 100, parallel: 5 }),
  hosts: () => [],
  isAddress: () => true,
  test: () => Promise.resolve({ is: 'accepted' }),
  answer: {
    say(_, __, { to, words }) {
      answers.push({ to, words })
      return Promise.resolve({ is: 'accepted' })
    },
  },
})

const steps = [
  { channel: 'chat', after: 0 },
  { channel: 'door', after: 240 },
]

async function communeOf(homes: number) {
  const c = await testCommune(sql, [homes])
  const token = await c.staff('commune_officer')
  await ask('POST', 'channel-accounts', { token, body: { adapter: 'test-chat', name: 'Chat', settings: {} } })
  const [row] = await sql<{ id: string }[]>`select id from loa.channel_account where commune_id = ${c.tenant}`
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: steps, priority: steps, emergency: steps })})`
  return { c, token, homes: c.villages[0]!.homes, account: row!.id }
}
type Made = Awaited<ReturnType<typeof communeOf>>

async function hears({ c, account }: Made, ...heard: Heard[]) {
  const about = { tenant: c.tenant, account, kind: 'zalo', heard } satisfies HeardBy
  await inTransaction(sql, tx => app.events.announce(app, tx, 'channel.heard', about))
  await settle()
}
const said = (from: string, words: string, id = newId()): Heard => ({ is: 'said', id, from, words, at: new Date() })

async function codeOf(c: TestCommune, home: string) {
  const made = await ask('POST', 'home/link-codes', { token: await c.resident(home) })
  expect(made.status).toBe(201)
  return made.body.code
}
const name = (value: string, household: string, c: TestCommune) => sql`
  insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
  values (${c.tenant}, ${newId()}, ${household}, 'zalo', ${value}, ${contactDigest('zalo', value)}, true, ${new Date()})`

async function sent({ c }: Made, changes = {}) {
  const message = testMessage(c.tenant, [c.unit], changes)
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  return publishedId
}
async function levels({ c, homes }: Made, publishedId: string) {
  const rows = await sql<{ id: string; level: number }[]>`
    select household_id as id, level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId}`
  return homes.map(home => rows.find(row => row.id === home)?.level ?? 0)
}

test('a home’s code said to the commune’s account links it, its consent is kept, and the next notice comes there', async () => {
  const made = await communeOf(2)
  const code = await codeOf(made.c, made.homes[0]!)
  await hears(made, said('u1', `Nhắn mã ${code}`))
  expect(answers).toEqual([{ to: 'u1', words: expect.stringContaining('Đã nối tài khoản') as string }])
  const consents = await sql`select purpose, basis, said, how from loa.consent where commune_id = ${made.c.tenant}`
  expect(consents).toEqual([{ purpose: 'village_notices', basis: 'consent', said: 'yes', how: 'zalo' }])
  await sent(made)
  expect(taken.map(one => one.to)).toEqual([['u1']])
})

test('a code works once and not for long, and nobody may try many', async () => {
  const made = await communeOf(1)
  const code = await codeOf(made.c, made.homes[0]!)
  await hears(made, said('u1', code))
  await hears(made, said('u2', code))
  expect(answers.at(-1)).toMatchObject({ to: 'u2', words: expect.stringContaining('không đúng') as string })
  const late = await codeOf(made.c, made.homes[0]!)
  await sql`update loa.link_code set ends_at = ${new Date(0)} where commune_id = ${made.c.tenant} and code = ${late}`
  await hears(made, said('u2', late))
  const contacts = await sql`select value from loa.contact where commune_id = ${made.c.tenant}`
  expect(contacts.map(row => row['value'])).toEqual(['u1'])
  for (let n = 0; n < 9; n++) await hears(made, said('u3', String(100_000 + n)))
  expect(answers.filter(one => one.to === 'u3').length).toBe(5)
})

test('who follows hears how to link a home; who comes by a link with the code is linked at once', async () => {
  const made = await communeOf(1)
  await hears(made, { is: 'joined', id: 'f1', from: 'u1', at: new Date() })
  expect(answers).toEqual([{ to: 'u1', words: expect.stringContaining('mã 6 số') as string }])
  const code = await codeOf(made.c, made.homes[0]!)
  await hears(made, { is: 'joined', id: 'f2', from: 'u2', code, at: new Date() })
  await sent(made)
  expect(taken.map(one => one.to)).toEqual([['u2']])
})

test('who leaves is told no more; a leaving told late does not undo a later joining', async () => {
  const made = await communeOf(1)
  const before = new Date(Date.now() - 60_000)
  await hears(made, said('u1', await codeOf(made.c, made.homes[0]!)))
  await hears(made, { is: 'left', id: 'l1', from: 'u1', at: before })
  await sent(made)
  expect(taken.length).toBe(1)
  await hears(made, { is: 'left', id: 'l2', from: 'u1', at: new Date() })
  await sent(made)
  expect(taken.length).toBe(1)
  const last =
    await sql`select said, how from loa.consent where commune_id = ${made.c.tenant} order by at desc, id desc limit 1`
  expect(last).toEqual([{ said: 'stop', how: 'zalo' }])
})

test('the home sees the linked account in "Nhà tôi" and ends it there', async () => {
  const made = await communeOf(1)
  await hears(made, said('u1', await codeOf(made.c, made.homes[0]!)))
  const token = await made.c.resident(made.homes[0]!)
  const mine = (await ask('GET', 'home', { token })).body
  const linked = mine.contacts.find(one => one.kind === 'zalo')!
  expect((await ask('DELETE', `home/links/${linked.id}` as 'home/links/x', { token })).status).toBe(200)
  await sent(made)
  expect(taken).toEqual([])
  const other = await made.c.resident(made.homes[0]!)
  expect((await ask('DELETE', `home/links/${linked.id}` as 'home/links/x', { token: other })).status).toBe(404)
})

test('delivered, seen and understood are told by the message’s own name, in whatever order', async () => {
  const made = await communeOf(2)
  for (const [n, home] of made.homes.entries()) await name(`u${n}`, home, made.c)
  const publishedId = await sent(made)
  const part = (n: number, state: 'delivered' | 'seen' | 'acknowledged'): Heard => {
    const providerId = taken.find(one => one.to[0] === `u${n}`)!.ids[0]!
    return { is: 'part', providerId, state, at: new Date() }
  }
  await hears(made, part(0, 'seen'))
  expect(await levels(made, publishedId)).toEqual([4, 1])
  await hears(made, part(0, 'delivered'), part(1, 'delivered'))
  expect(await levels(made, publishedId)).toEqual([4, 3])
  await hears(made, part(1, 'acknowledged'), part(1, 'seen'))
  expect(await levels(made, publishedId)).toEqual([4, 5])
})

test('two of a home have the message on accounts of their own: one that comes is enough', async () => {
  const made = await communeOf(1)
  await name('cha', made.homes[0]!, made.c)
  await name('con', made.homes[0]!, made.c)
  const publishedId = await sent(made)
  expect(taken.map(one => one.to.toSorted())).toEqual([['cha', 'con']])
  await hears(made, { is: 'part', providerId: taken[0]!.ids[1]!, state: 'delivered', at: new Date() })
  expect(await levels(made, publishedId)).toEqual([3])
  await hears(made, said('con', 'Đã rõ'))
  expect(await levels(made, publishedId)).toEqual([5])
  expect(answers.at(-1)).toMatchObject({ to: 'con', words: expect.stringContaining('ghi nhận') as string })
})

test('a button pressed on a shared account is taken for no home: the answer leads to where the home is chosen', async () => {
  const made = await communeOf(2)
  for (const home of made.homes) await name('chung', home, made.c)
  const publishedId = await sent(made)
  expect(taken.length).toBe(1)
  const pressed: Heard = { is: 'part', providerId: taken[0]!.ids[0]!, state: 'acknowledged', at: new Date() }
  await hears(made, pressed)
  await hears(made, pressed)
  expect(await levels(made, publishedId)).toEqual([3, 3])
  expect(answers.length).toBe(1)
  const token = /\/t\/([\w-]+)/.exec(answers[0]!.words)![1]!
  const mark = addressMark(contactDigest('zalo', 'chung'))
  expect(readMessageToken(app.keys, token)).toMatchObject({ tenant: made.c.tenant, addressMark: mark })
})

test('HỦY on one channel stops what is optional on every channel of that person', async () => {
  const made = await communeOf(1)
  await name('u1', made.homes[0]!, made.c)
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    values (${made.c.tenant}, ${newId()}, ${made.homes[0]!}, 'phone', '+84912340001', ${contactDigest('phone', '+84912340001')}, true, ${new Date()})`
  await hears(made, said('u1', 'HỦY'))
  expect(answers.at(-1)?.words).toContain('Tin khẩn cấp')
  const stopped = await sql`
    select c.kind, k.said from loa.consent k join loa.contact c on c.commune_id = ${made.c.tenant} and c.id = k.contact_id
    where k.commune_id = ${made.c.tenant} and k.purpose = 'optional_topics' order by c.kind`
  expect(stopped).toEqual([
    { kind: 'phone', said: 'stop' },
    { kind: 'zalo', said: 'stop' },
  ])
})
