// A commune with an account for short messages: what goes to whom, what it costs, and what the provider's calls back make of it.
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { addChannel, findContacts, type HandedOver } from '#channels'
import { startSmsProvider } from '#channels/sms-simulator'
import { give, send, withdraw, type Message } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain, minutesLater } from '#testing/later'
import { esmsAccount } from '#testing/esms-account'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { afterTold, stateOfMessage, type PartState } from './part-states.ts'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const server = await startSmsProvider('esms')
afterAll(() => server.stop())
beforeEach(() => {
  server.answerWith('take')
  server.forget()
})

const { settings, secrets } = esmsAccount(server)
const smsOnly = [
  { channel: 'sms', after: 0 },
  { channel: 'door', after: 240 },
]

async function communeWith(homes: number) {
  const c = await testCommune(sql, [homes])
  const token = await c.staff('commune_officer')
  const made = await ask('POST', 'channel-accounts', {
    token,
    body: { adapter: 'esms', name: 'SMS', settings, secrets },
  })
  const { hook } = made.body as { hook: string }
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: smsOnly, priority: smsOnly, emergency: smsOnly })})`
  return { c, token, homes: c.villages[0]!.homes, hook: new URL(hook).pathname }
}

async function giveContact(c: TestCommune, household: string, kind: 'phone' | 'zalo', value: string) {
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    values (${c.tenant}, ${newId()}, ${household}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${new Date()})`
}
const giveNumber = (c: TestCommune, household: string, value: string) => giveContact(c, household, 'phone', value)

/** A channel that costs more. */
let dearSays: HandedOver = { is: 'accepted' }
addChannel({
  kind: 'dear',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'zalo',
    cost: 9000,
    proves: ['sent'],
    phoneKinds: [],
    batch: 10,
    parallel: 1,
  },
  find: findContacts('zalo'),
  handOver: () => Promise.resolve(dearSays),
})
const numberOf = (n: number) => `+8491234${String(n).padStart(4, '0')}`

async function sent(c: TestCommune, changes: Partial<Message> = {}) {
  const message = testMessage(c.tenant, [c.unit], changes)
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  await lookAgain({ app, settle }, c.tenant)
  return publishedId
}
async function statesOf(c: TestCommune, publishedId: string, channel = 'sms') {
  const rows = await sql<{ id: string; state: string; reason: string | null }[]>`
    select household_id as id, state, reason from loa.delivery
    where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = ${channel}`
  return new Map(rows.map(row => [row.id, row.reason ? `${row.state} ${row.reason}` : row.state]))
}
async function levelOf(c: TestCommune, publishedId: string, household: string) {
  const [row] = await sql<{ level: number }[]>`
    select level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId} and household_id = ${household}`
  return row?.level ?? 0
}
async function report(hook: string, n: number, isDelivered = true) {
  const { query = {} } = server.report(server.taken()[n]!, isDelivered)
  return ask('GET', `${hook}?${new URLSearchParams(query)}` as '/hooks')
}
const spent = async (c: TestCommune) => {
  const [row] = await sql<{ messages: number; parts: number; dong: string }[]>`
    select messages, parts, dong from loa.channel_spent where commune_id = ${c.tenant}`
  return row ? { messages: row.messages, parts: row.parts, dong: Number(row.dong) } : undefined
}
const allow = (c: TestCommune, dong: number) =>
  sql`insert into loa.channel_budget (commune_id, dong, changed_at) values (${c.tenant}, ${dong}, ${new Date()})`

test('a home with a number gets the message without marks, its link opens the notice, and its price is counted', async () => {
  const { c, homes } = await communeWith(2)
  await giveNumber(c, homes[0]!, numberOf(1))
  const publishedId = await sent(c)
  expect(server.taken().map(one => one.phone)).toEqual(['0912340001'])
  const { text } = server.taken()[0]!
  expect(text).toMatch(
    /^Xa Thu \d+, Uy ban nhan dan xa: Dich ta lon Chau Phi\. Khong mua ban lon\. Ma \w+\. http:\/\/loa\.test\/t\/[\w-]+$/,
  )
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(1)
  expect(await spent(c)).toEqual({ messages: 1, parts: 1, dong: 300 })
  const [row] =
    await sql`select dong from loa.publication_spent where commune_id = ${c.tenant} and published_id = ${publishedId}`
  expect(Number(row!['dong'])).toBe(300)
})

test('the provider’s receipt makes the home reached, however often and late it comes', async () => {
  const { c, homes, hook } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(2))
  const publishedId = await sent(c)
  for (let n = 0; n < 3; n++) expect((await report(hook, 0)).status).toBe(200)
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(3)
  const [row] = await sql`
    select count(*) as n from loa.receipt where commune_id = ${c.tenant} and published_id = ${publishedId} and level = 3`
  expect(Number(row!['n'])).toBe(1)
  await report(hook, 0, false)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
})

test('a message of two parts is there when both are', async () => {
  const { c, homes, hook } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(8))
  const publishedId = await sent(c)
  await sql`
    insert into loa.handed_part (commune_id, published_id, account_id, provider_id, key, household_id, channel, step)
    select commune_id, published_id, account_id, 'hai', key, household_id, channel, step from loa.handed_part where commune_id = ${c.tenant}`
  await report(hook, 0)
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(1)
  await ask('GET', `${hook}?SMSID=hai&SendStatus=5&SendSuccess=1` as '/hooks')
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(3)
})

test('a receipt for a shared number counts for each home that names it', async () => {
  const { c, homes, hook } = await communeWith(3)
  for (const home of homes) await giveNumber(c, home, numberOf(3))
  const publishedId = await sent(c)
  expect(server.taken().length).toBe(1)
  await report(hook, 0)
  for (const home of homes) expect(await levelOf(c, publishedId, home)).toBe(3)
})

test('what the network could not bring has failed, and a later success mends it', async () => {
  const { c, homes, hook } = await communeWith(2)
  for (const home of homes) await giveNumber(c, home, numberOf(4))
  const publishedId = await sent(c)
  await report(hook, 0, false)
  expect([...(await statesOf(c, publishedId)).values()]).toEqual(['planned not_delivered', 'planned not_delivered'])
  await settle()
  expect([...(await statesOf(c, publishedId)).values()]).toEqual(['failed not_delivered', 'failed not_delivered'])
  await report(hook, 0)
  expect([...(await statesOf(c, publishedId)).values()]).toEqual(['handed_over', 'handed_over'])
  for (const home of homes) expect(await levelOf(c, publishedId, home)).toBe(3)
})

test('what the network could not bring to a home’s first number goes to its second, once, under a key of its own', async () => {
  const { c, homes, hook } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(50))
  await giveNumber(c, homes[0]!, numberOf(51))
  const publishedId = await sent(c)
  const [first] = server.taken()
  for (let n = 0; n < 3; n++) await report(hook, 0, false)
  await settle()
  const [, second] = server.taken()
  expect([first!.phone, second!.phone].toSorted()).toEqual(['0912340050', '0912340051'])
  expect(first!.key).not.toBe(second!.key)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
  await report(hook, 1, false)
  await settle()
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'failed not_delivered']]))
  expect(server.taken().length).toBe(2)
})

test('a number that fails and then has it after all leaves the second one in peace', async () => {
  const { c, homes, hook } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(52))
  await giveNumber(c, homes[0]!, numberOf(53))
  const publishedId = await sent(c)
  await report(hook, 0, false)
  await report(hook, 0)
  await settle()
  expect(server.taken().length).toBe(1)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(3)
})

test('after a home’s last number the next channel of the rung has it; a late success stops that one while it waits', async () => {
  const rung = [
    { channel: ['sms', 'dear'], after: 0 },
    { channel: 'door', after: 240 },
  ]
  const { c, homes, hook } = await communeWith(2)
  const body = { normal: rung, priority: rung, emergency: rung }
  await sql`update loa.rule_pack set body = ${sql.json(body)} where commune_id = ${c.tenant}`
  for (const [n, home] of homes.entries()) {
    await giveNumber(c, home, numberOf(60 + n))
    await giveContact(c, home, 'zalo', `zalo ${c.tenant} ${n}`)
  }
  const publishedId = await sent(c)
  dearSays = { is: 'refused', why: 'provider_down' }
  for (const n of [0, 1]) await report(hook, n, false)
  await settle()
  expect(await statesOf(c, publishedId, 'dear')).toEqual(new Map(homes.map(home => [home, 'planned provider_down'])))
  await report(hook, 0)
  const states = [...(await statesOf(c, publishedId, 'dear')).values()].toSorted()
  expect(states).toEqual(['planned provider_down', 'stopped came_late'])
})

test('a failure that is told when another channel has the home keeps its next number until that one is silent', async () => {
  const rung = [
    { channel: ['sms', 'dear'], each: 10, after: 0 },
    { channel: 'door', after: 240 },
  ]
  const { c, homes, hook } = await communeWith(1)
  const body = { normal: rung, priority: rung, emergency: rung }
  await sql`update loa.rule_pack set body = ${sql.json(body)} where commune_id = ${c.tenant}`
  for (const n of [70, 71]) await giveNumber(c, homes[0]!, numberOf(n))
  await giveContact(c, homes[0]!, 'zalo', `zalo ${c.tenant}`)
  const publishedId = await sent(c)
  dearSays = { is: 'accepted' }
  await minutesLater({ app, settle }, c.tenant, 10)
  expect(await statesOf(c, publishedId, 'dear')).toEqual(new Map([[homes[0], 'handed_over']]))
  await report(hook, 0, false)
  await minutesLater({ app, settle }, c.tenant, 9)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'failed passed_on']]))
  expect(server.taken().length).toBe(1)
  await minutesLater({ app, settle }, c.tenant, 2)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
  expect(new Set(server.taken().map(one => one.phone)).size).toBe(2)
  await report(hook, 1, false)
  await minutesLater({ app, settle }, c.tenant, 11)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'failed not_delivered']]))
  expect(server.taken().length).toBe(2)
})

test('a receipt that is faster than our own writing is not lost; one of nothing of ours changes nothing', async () => {
  const { c, homes, hook } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(5))
  const publishedId = await sent(c)
  const parts = await sql`delete from loa.handed_part where commune_id = ${c.tenant} returning *`
  await report(hook, 0)
  await ask('GET', `${hook}?SMSID=nothing&SendStatus=5&SendSuccess=1` as '/hooks')
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(1)
  await sql`insert into loa.handed_part ${sql(parts as never)}`
  await settle()
  expect(await levelOf(c, publishedId, homes[0]!)).toBe(3)
  const left = await sql`select provider_id from loa.part_heard where commune_id = ${c.tenant}`
  expect(left.map(row => row['provider_id'])).toEqual(['nothing'])
})

test('a worker that dies after the provider took it sends it again under the same key: one message', async () => {
  const { c, homes } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(6))
  const publishedId = await sent(c)
  await sql`
    update loa.delivery set state = 'intent', leased_until = ${new Date(0)} where commune_id = ${c.tenant}`
  await sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at) values (${c.tenant}, 'sms', false, ${new Date(0)})`
  await settle()
  expect(server.taken().length).toBe(1)
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'handed_over']]))
})

test('with two accounts nobody knows through which one it went: a normal message is not said twice', async () => {
  const { c, homes, token } = await communeWith(1)
  await ask('POST', 'channel-accounts', { token, body: { adapter: 'esms', name: 'SMS hai', settings, secrets } })
  await giveNumber(c, homes[0]!, numberOf(7))
  const publishedId = await sent(c)
  await sql`update loa.delivery set state = 'intent', leased_until = ${new Date(0)} where commune_id = ${c.tenant}`
  await sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at) values (${c.tenant}, 'sms', false, ${new Date(0)})`
  await settle()
  expect(await statesOf(c, publishedId)).toEqual(new Map([[homes[0], 'uncertain']]))
})

test('at the budget’s end nothing that costs goes out, and homes keep their door; an emergency that a second person approved goes on', async () => {
  const { c, homes } = await communeWith(3)
  for (const [n, home] of homes.entries()) await giveNumber(c, home, numberOf(10 + n))
  await allow(c, 700)
  const publishedId = await sent(c)
  expect(server.taken().length).toBe(2)
  expect([...(await statesOf(c, publishedId)).values()].toSorted()).toEqual([
    'failed no_budget',
    'handed_over',
    'handed_over',
  ])
  expect(await spent(c)).toMatchObject({ dong: 600 })
  const [door] = await sql`
    select state from loa.ladder_step where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = 'door'`
  expect(door!['state']).toBe('waiting')
  const alone = await sent(c, { class: 'emergency' })
  expect(new Set((await statesOf(c, alone)).values())).toEqual(new Set(['failed no_budget']))
  const approved = await sent(c, { class: 'emergency', isApproved: true })
  expect(new Set((await statesOf(c, approved)).values())).toEqual(new Set(['handed_over']))
  expect(await spent(c)).toMatchObject({ messages: 5, dong: 1500 })
})

test('what was refused costs nothing, and a withdrawn message is not sent', async () => {
  const { c, homes } = await communeWith(1)
  await giveNumber(c, homes[0]!, numberOf(20))
  await allow(c, 300)
  server.answerWith({ code: '108' })
  const refused = await sent(c)
  expect([...(await statesOf(c, refused)).values()]).toEqual(['failed address_wrong'])
  expect(await spent(c)).toEqual({ messages: 0, parts: 0, dong: 0 })
  server.answerWith('take')
  const message = testMessage(c.tenant, [c.unit])
  await inTransaction(sql, async tx => {
    const { publishedId } = await send(app, tx, message)
    await withdraw(app, tx, { tenant: c.tenant, publishedId, reason: 'nhầm' })
  })
  await settle()
  expect(server.taken()).toEqual([])
})

test('whatever numbers homes name, whoever knows already and however little money there is: nobody who knows is paid for, and the budget holds', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ number: fc.option(fc.nat(3), { nil: undefined }), knows: fc.boolean() }), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.nat(5),
      async (wishes, messages) => {
        server.forget()
        const { c, homes } = await communeWith(wishes.length)
        for (const [n, { number }] of wishes.entries())
          if (number !== undefined) await giveNumber(c, homes[n]!, numberOf(100 + number))
        await allow(c, messages * 300 + 100)
        const message = testMessage(c.tenant, [c.unit])
        await inTransaction(sql, async tx => {
          const { publishedId } = await send(app, tx, message)
          for (const [n, { knows }] of wishes.entries())
            if (knows)
              await give(app, tx, [
                {
                  tenant: c.tenant,
                  publishedId,
                  id: newId(),
                  householdId: homes[n]!,
                  level: 'acknowledged',
                  channel: 'app',
                  version: 1,
                  at: new Date(),
                },
              ])
        })
        await settle()
        const open = new Set(wishes.filter(one => !one.knows).flatMap(one => one.number ?? []))
        const called = server.taken().map(one => one.phone)
        expect(called.length).toBe(Math.min(open.size, messages))
        expect(new Set(called).size).toBe(called.length)
        for (const phone of called) expect([...open].map(n => `0912340${100 + n}`)).toContain(phone)
        expect((await spent(c))?.dong ?? 0).toBeLessThanOrEqual(messages * 300 + 100)
      },
    ),
    { numRuns: 12 },
  )
})

test('in whatever order parts are told of, a message is there when each is, and what is there does not leave again', () => {
  const told = fc.array(fc.record({ part: fc.nat(2), state: fc.constantFrom('delivered' as const, 'failed' as const) }))
  fc.assert(
    fc.property(told, all => {
      const parts: PartState[] = [null, null, null]
      for (const { part, state } of all) parts[part] = afterTold(parts[part]!, state)
      const isThere = (part: number) => all.some(one => one.part === part && one.state === 'delivered')
      expect(stateOfMessage(parts) === 'delivered').toBe([0, 1, 2].every(isThere))
      const isLost = (part: number) => !isThere(part) && all.some(one => one.part === part)
      expect(stateOfMessage(parts) === 'failed').toBe([0, 1, 2].some(isLost))
    }),
  )
})
