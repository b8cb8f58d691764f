// Several channels in one rung: each home gets the cheapest that finds it, and the next when nothing comes of that.
import fc from 'fast-check'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { addChannel, findContacts, type AddressKind, type Channel, type HandedOver } from '#channels'
import { startMailServer } from '#channels/mail-simulator'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { minutesLater } from '#testing/later'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { give as giveEvidence, send, withdraw } from '#delivery'
import { drainOthers, drainUrgent } from './next-step.ts'
import { byCost } from './ways.ts'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()

type ContactKind = Exclude<AddressKind, 'device'>

/** What each home was told by, in order; and what the channels say of an address. */
const told: string[] = []
let says: (channel: string, address: string) => HandedOver = () => ({ is: 'accepted' })
beforeEach(() => {
  told.length = 0
  says = () => ({ is: 'accepted' })
})

const channel = (kind: string, address: ContactKind, cost: number): Channel => ({
  kind,
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address,
    cost,
    proves: ['sent'],
    phoneKinds: [],
    batch: 7,
    parallel: 3,
  },
  find: findContacts(address),
  handOver(_app, _message, { addresses: [to] }) {
    const said = says(kind, to!.value)
    told.push(`${kind} ${to!.value} ${said.is === 'accepted' ? 'yes' : 'no'}`)
    return Promise.resolve(said)
  },
})
addChannel(channel('near', 'zalo', 200))
addChannel(channel('far', 'phone', 500))
addChannel(channel('letter', 'email', 0))

async function communeWith(rungs: object[], homes: number): Promise<TestCommune & { homes: string[] }> {
  const c = await testCommune(sql, [homes])
  const ladder = [...rungs, { channel: 'door', after: 240 }]
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: ladder, priority: ladder, emergency: ladder } as never)})`
  return { ...c, homes: c.villages[0]!.homes }
}
async function give(c: TestCommune, household: string, kind: ContactKind, value: string) {
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
    values (${c.tenant}, ${newId()}, ${household}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${new Date()})`
}
const sent = async (c: TestCommune) => {
  const message = testMessage(c.tenant, [c.unit])
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  return publishedId
}
/** Of each home, in order: channel and state. */
async function statesOf(c: TestCommune) {
  const rows = await sql<{ id: string; channel: string; state: string; reason: string | null }[]>`
    select household_id as id, channel, state, reason from loa.delivery where commune_id = ${c.tenant} order by channel`
  const said = (id: string) => rows.filter(row => row.id === id).map(row => `${row.channel} ${row.reason ?? row.state}`)
  return c.villages[0]!.homes.map(said)
}
const comeBack = async (tenant: number) => {
  const past = new Date(Date.now() - 1000)
  await sql`update loa.delivery set due_at = ${past} where commune_id = ${tenant} and state = 'planned'`
  await sql`update loa.delivery_lane set due_at = ${past} where commune_id = ${tenant}`
  await drainUrgent(app)
  await drainOthers(app)
}
const all = { channel: ['far', 'near', 'letter'], after: 0 }

test('each home is told once in the rung, by the cheapest channel that finds it; who has none waits for the door', async () => {
  const c = await communeWith([all], 4)
  const [rich, zalo, phone] = c.homes as [string, string, string]
  await give(c, rich, 'phone', '+84900000001')
  await give(c, rich, 'zalo', 'z1')
  await give(c, rich, 'email', 'a@thu.example')
  await give(c, zalo, 'zalo', 'z2')
  await give(c, zalo, 'phone', '+84900000002')
  await give(c, phone, 'phone', '+84900000003')
  await sent(c)
  expect(await statesOf(c)).toEqual([['letter handed_over'], ['near handed_over'], ['far handed_over'], []])
})

test('what ends without success goes on to the next channel at once, dead number after dead number, and then no further', async () => {
  const c = await communeWith([all], 1)
  await give(c, c.homes[0]!, 'phone', '+84900000011')
  await give(c, c.homes[0]!, 'zalo', 'z11')
  await give(c, c.homes[0]!, 'email', 'b@thu.example')
  says = kind => (kind === 'far' ? { is: 'accepted' } : { is: 'refused', why: 'address_dead' })
  await sent(c)
  expect(told).toEqual(['letter b@thu.example no', 'near z11 no', 'far +84900000011 yes'])
  expect(await statesOf(c)).toEqual([['far handed_over', 'letter address_dead', 'near address_dead']])
  await settle()
  expect(told.length).toBe(3)
})

test('what is tried again later keeps the home: the next channel does not start beside it', async () => {
  const c = await communeWith([all], 1)
  await give(c, c.homes[0]!, 'phone', '+84900000021')
  await give(c, c.homes[0]!, 'zalo', 'z21')
  says = kind => (kind === 'far' ? { is: 'accepted' } : { is: 'refused', why: 'provider_down' })
  await sent(c)
  expect(await statesOf(c)).toEqual([['near provider_down']])
  for (let n = 0; n < 6; n++) await comeBack(c.tenant)
  expect(told.filter(one => one.startsWith('near')).length).toBe(6)
  expect(await statesOf(c)).toEqual([['far handed_over', 'near provider_down']])
})

test('after a crash nobody knows whether it went: it is not said again there, and the next channel has the home', async () => {
  const c = await communeWith([all], 1)
  await give(c, c.homes[0]!, 'phone', '+84900000031')
  await give(c, c.homes[0]!, 'zalo', 'z31')
  await sent(c)
  await sql`update loa.delivery set state = 'intent', leased_until = ${new Date(0)} where commune_id = ${c.tenant}`
  await sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at) values (${c.tenant}, 'near', false, ${new Date(0)})`
  await settle()
  expect(told).toEqual(['near z31 yes', 'far +84900000031 yes'])
  expect(await statesOf(c)).toEqual([['far handed_over', 'near uncertain']])
})

test('a home that is reached meanwhile, or a message that is withdrawn, goes on to nothing', async () => {
  const c = await communeWith([all], 2)
  for (const [n, home] of c.homes.entries()) {
    await give(c, home, 'phone', `+8490000004${n}`)
    await give(c, home, 'zalo', `z4${n}`)
  }
  says = () => ({ is: 'refused', why: 'provider_down' })
  const publishedId = await sent(c)
  await sql`
    insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, level_at)
    values (${c.tenant}, ${publishedId}, ${c.homes[0]!}, ${c.villages[0]!.id}, 5, true, ${new Date()})`
  says = () => ({ is: 'refused', why: 'address_dead' })
  await inTransaction(sql, tx => withdraw(app, tx, { tenant: c.tenant, publishedId, reason: 'nhầm' }))
  await comeBack(c.tenant)
  expect(told.filter(one => one.startsWith('far'))).toEqual([])
})

const later = (c: TestCommune, minutes: number) => minutesLater({ app, settle }, c.tenant, minutes)

test('a channel that was taken and is not heard of has its minutes; then the next one has the home, until it is there', async () => {
  const c = await communeWith([{ ...all, each: 10 }], 2)
  const [silent, answers] = c.homes as [string, string]
  for (const [n, home] of c.homes.entries()) {
    await give(c, home, 'email', `d${n}@thu.example`)
    await give(c, home, 'zalo', `z7${n}`)
    await give(c, home, 'phone', `+8490000007${n}`)
  }
  const publishedId = await sent(c)
  await later(c, 9)
  expect(told.length).toBe(2)
  const seen = { tenant: c.tenant, publishedId, householdId: answers, channel: 'letter', version: 1, at: new Date() }
  await inTransaction(sql, tx => giveEvidence(app, tx, [{ ...seen, id: newId(), level: 'acknowledged' }]))
  await later(c, 1)
  expect(told.slice(2)).toEqual(['near z70 yes'])
  await later(c, 10)
  expect(told.slice(3)).toEqual(['far +84900000070 yes'])
  for (let n = 0; n < 3; n++) await later(c, 10)
  expect(told.length).toBe(4)
  const open = await sql`
    select 1 from loa.ladder_step where commune_id = ${c.tenant} and state = 'waiting' and channel <> 'door'`
  expect(open.length).toBe(0)
  expect((await statesOf(c))[c.homes.indexOf(silent)]!.length).toBe(3)
})

async function withMail(rungs: object[], homes: number) {
  const c = await communeWith(rungs, homes)
  const token = await c.staff('commune_officer')
  const settings = {
    host: '127.0.0.1',
    port: mail.port,
    security: 'none',
    from: 'xa@thu.example',
    fromName: 'Xã',
    perSecond: 100,
  }
  await ask('POST', 'channel-accounts', { token, body: { adapter: 'smtp', name: 'Thư', settings, secrets: {} } })
  for (const [n, home] of c.homes.entries()) await give(c, home, 'email', `m${c.tenant}-${n}@thu.example`)
  return { ...c, token }
}
const mail = await startMailServer()
afterAll(() => mail.stop())

test('without an account a channel of the rung is left out; when its account goes, its homes go on', async () => {
  const c = await communeWith([{ channel: ['email', 'far'], after: 0 }], 1)
  await give(c, c.homes[0]!, 'email', 'c@thu.example')
  await give(c, c.homes[0]!, 'phone', '+84900000051')
  await sent(c)
  expect(await statesOf(c)).toEqual([['far handed_over']])
})

test('an account that rests after many failures lets the homes go that another channel finds; the others wait for it', async () => {
  const c = await withMail([{ channel: ['email', 'far'], after: 0 }], 3)
  await give(c, c.homes[0]!, 'phone', '+84900000061')
  await give(c, c.homes[1]!, 'phone', '+84900000062')
  const rest = (failures: number, seconds: number) => sql`
    update loa.channel_account set failures = ${failures}, trouble = 'provider_down',
      paused_until = ${new Date(Date.now() + seconds * 1000)} where commune_id = ${c.tenant}`
  await rest(1, 60)
  await sent(c)
  expect(await statesOf(c)).toEqual([['email planned'], ['email planned'], ['email planned']])
  await rest(5, 60)
  await comeBack(c.tenant)
  const moved = ['email provider_down', 'far handed_over']
  expect(await statesOf(c)).toEqual([moved, moved, ['email planned']])
  await rest(1, 600)
  await sent(c)
  expect(told.length).toBe(4)
})

test('what costs the same stays in the order of the pack', () => {
  const ways = [{ dong: 500 }, { dong: 0 }, { dong: 500 }].map((way, n) => ({ ...way, n }))
  expect(byCost(ways).map(way => way.n)).toEqual([1, 0, 2])
})

test('any addresses, any of them dead: never two at once, never a dearer one before a cheaper, nobody left out who could be told', async () => {
  const kinds = ['letter', 'near', 'far'] as const
  const contact = { letter: 'email', near: 'zalo', far: 'phone' } as const
  const home = fc.record({ has: fc.subarray([...kinds]), dead: fc.subarray([...kinds]) })
  await fc.assert(
    fc.asyncProperty(fc.array(home, { minLength: 5, maxLength: 5 }), async homes => {
      told.length = 0
      const c = await communeWith([all], 5)
      const value = (n: number, kind: string) =>
        kind === 'far' ? `+8491${String(c.tenant).slice(-4)}00${n}` : `${kind}${c.tenant}.${n}`
      const dead = new Set(homes.flatMap((one, n) => one.dead.map(kind => value(n, kind))))
      for (const [n, { has }] of homes.entries())
        for (const kind of has) await give(c, c.homes[n]!, contact[kind], value(n, kind))
      says = (_, to) => (dead.has(to) ? { is: 'refused', why: 'address_dead' } : { is: 'accepted' })
      await sent(c)
      for (const [n, { has }] of homes.entries()) {
        const tried = kinds.filter(kind => has.includes(kind))
        const good = tried.findIndex(kind => !homes[n]!.dead.includes(kind))
        const wanted = tried.slice(0, good < 0 ? tried.length : good + 1).map(kind => value(n, kind))
        const mine = told.filter(one => kinds.some(kind => one.split(' ')[1] === value(n, kind)))
        expect(mine.map(one => one.split(' ')[1])).toEqual(wanted)
      }
    }),
    { numRuns: 10 },
  )
})
