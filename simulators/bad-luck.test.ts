// What goes wrong at a provider, on every channel that has one: nothing is lost, no home is told twice for the same step, and the
// officer reads what happened and what to do.
import { serve } from '@hono/node-server'
import { afterAll, afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newPhoneKeys, startPushService } from '#channels/simulator'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { send } from '#delivery'
import { contactDigest, type ContactKind } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { startSimulators } from './start.ts'
import { usual, type Behaviour, type Simulator } from './simulator.ts'

// A morning, whatever the hour is: at night providers and people rest. Yesterday’s, so that an hour later is not tomorrow’s for the database.
const dayMs = 86_400_000
const morning = Math.floor(Date.now() / dayMs) * dayMs - dayMs + 2 * 3_600_000
vi.useFakeTimers({ toFake: ['Date'], now: morning, shouldAdvanceTime: true })
const later = (minutes: number) => vi.setSystemTime(Date.now() + minutes * 60_000)

const first = 21_560
const publicUrl = `http://127.0.0.1:${first}`
const { app, ask, process, settle } = await testApp({ isDemo: true, publicUrl })
const { sql } = app
const server = serve({ fetch: process.hono.fetch, port: first, hostname: '127.0.0.1' })
const simulators = await startSimulators(first)
let pushes = 0
const push = await startPushService(0, Date.now, () => (pushes += 1))
afterAll(async () => {
  for (const one of simulators) await one.stop()
  await push.stop()
  server.close()
  vi.useRealTimers()
})
beforeEach(() => {
  vi.setSystemTime(morning)
})
afterEach(() => {
  for (const one of simulators) one.behave({ ...usual, become: 'nothing' })
  push.failNext(0, 500)
})

interface Way {
  kind: string
  /** The simulator; none: the browsers’ push service. */
  by: string
  address: ContactKind | 'device'
  down: string
  /** Our key is refused, or the account may do nothing any more. */
  revoked?: string
  /** The account is empty. */
  empty?: string
  /** It can take the message and break the line before it says so. */
  isLost?: true
  /** It tells what became of it. */
  isTold?: true
  /** Why the same message twice is one for the home; else it is not said twice. */
  again?: 'key' | 'topic'
}
const ways: Way[] = [
  { kind: 'push', by: 'push', address: 'device', down: '503', revoked: '403', again: 'topic' },
  { kind: 'email', by: 'mail', address: 'email', down: 'hang_up', revoked: 'wrong_password' },
  {
    kind: 'sms',
    by: 'esms',
    address: 'phone',
    down: 'down',
    revoked: '101',
    empty: '103',
    isLost: true,
    isTold: true,
    again: 'key',
  },
  { kind: 'sms', by: 'speedsms', address: 'phone', down: 'down', empty: '300', isLost: true, isTold: true },
  { kind: 'call', by: 'voice', address: 'phone', down: 'down', revoked: '401', isLost: true, isTold: true },
  {
    kind: 'zalo',
    by: 'zalo',
    address: 'zalo',
    down: 'down',
    revoked: '-219',
    empty: '-136',
    isLost: true,
    isTold: true,
  },
  { kind: 'facebook', by: 'meta', address: 'facebook', down: 'down', revoked: '190', isLost: true, isTold: true },
  { kind: 'telegram', by: 'telegram', address: 'telegram', down: 'down', revoked: '401', isLost: true },
]

const values: Partial<Record<ContactKind, string>> = { phone: '+84912345678', email: 'nha@thu.example' }
let people = 8_100_000_000

/** A commune of one home that has this way and no other, and how often its message came there since. */
async function homeOn({ kind, by, address }: Way) {
  const c = await testCommune(sql, [1])
  const [home] = c.villages[0]!.homes as [string]
  const [token, resident] = [await c.staff('commune_officer'), await c.resident(home)]
  const ladder = [
    { channel: kind, after: 0 },
    { channel: 'door', after: 24 * 60 },
  ]
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: ladder, priority: ladder, emergency: ladder })})`
  const simulator = simulators.find(one => one.name === by)!
  const count = () => (by === 'push' ? pushes : simulator.count())
  const behave = (answer: string, more: Partial<Behaviour> = {}) => {
    if (by !== 'push') simulator.behave({ ...usual, become: 'nothing', ...more, answer })
    else push.failNext(answer === 'take' ? 0 : Infinity, Number(answer) || 500)
  }
  behave('take')
  if (address === 'device') {
    const endpoint = push.subscribe((await ask('GET', 'push-key')).body.publicKey)
    await ask('POST', 'devices', { token: resident, body: { endpoint, keys: newPhoneKeys().keys } })
  } else {
    await enter(simulator, token)
    await settle()
    await joins(address, { simulator, tenant: c.tenant, home, resident })
  }
  await settle()
  const before = count()
  const account = async () => (await ask('GET', 'channel-accounts', { token })).body.items[0]
  return { c, behave, account, told: () => count() - before, calledBack: () => simulator.got.at(-1)!.told }
}

async function enter({ account, setHook }: Simulator, token: string) {
  const { adapter, granted, ...typed } = account!
  const made = (await ask('POST', 'channel-accounts', { token, body: { adapter, ...typed } })).body
  if (made.hook) setHook?.(made.hook)
  const path = `channel-accounts/${made.id}/grant` as 'channel-accounts/x/grant'
  if (granted) await ask('POST', path, { token, body: { granted } })
}

interface Joining {
  simulator: Simulator
  tenant: number
  home: string
  resident: string
}
async function joins(kind: ContactKind, { simulator, tenant, home, resident }: Joining) {
  const value = values[kind]
  if (value !== undefined)
    return sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${tenant}, ${newId()}, ${home}, ${kind}, ${value}, ${contactDigest(kind, value)}, true, ${new Date()})`
  const { code } = (await ask('POST', 'home/link-codes', { token: resident })).body
  return simulator.write!(String((people += 1)), kind === 'telegram' ? `/start ${code}` : `Mã ${code}`, 1)
}

type Made = Awaited<ReturnType<typeof homeOn>>

async function publish({ c: { tenant, unit } }: Made) {
  const message = testMessage(tenant, [unit], { class: 'priority', publishedAt: new Date(), endsAt: undefined })
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  return publishedId
}
const stateOf = async ({ c: { tenant } }: Made) => {
  const rows = await sql`select state from loa.delivery where commune_id = ${tenant}`
  return rows.map(row => row['state'] as string)
}
async function pass(minutes: number, of = 10) {
  for (let n = 0; n < minutes; n += of) {
    later(of)
    await settle()
  }
}

/** A person has to do something, and it is said what. */
const asksPerson = (words: string | null | undefined) => /người quản trị (cần|xem)/i.test(words ?? '')

async function comesOnce(made: Made) {
  made.behave('take')
  await pass(120, 30)
  expect([await stateOf(made), made.told()]).toEqual([['handed_over'], 1])
  const account = await made.account()
  if (account) expect(account).toMatchObject({ health: 'well', trouble: null })
}

test.each(ways)(
  '$kind by $by is down for some minutes: the account says so, and then the home has it once',
  async way => {
    const made = await homeOn(way)
    made.behave(way.down)
    await publish(made)
    await pass(5, 1)
    expect([await stateOf(made), made.told()]).toEqual([['planned'], 0])
    const account = await made.account()
    if (account) expect(account.trouble).toBeTruthy()
    await comesOnce(made)
  },
)

test.each(ways)(
  '$kind by $by is down for an hour: nobody is told twice, and whoever was not told keeps the next way',
  async way => {
    const made = await homeOn(way)
    made.behave(way.down)
    await publish(made)
    await pass(60)
    expect(made.told()).toBe(0)
    made.behave('take')
    await pass(120, 30)
    const [state] = await stateOf(made)
    expect([state, made.told()]).toEqual(state === 'handed_over' ? ['handed_over', 1] : ['failed', 0])
    const doors = await sql`
    select state from loa.ladder_step where commune_id = ${made.c.tenant} and channel = 'door' and state <> 'stopped'`
    expect(doors.length).toBe(1)
  },
)

test.each(ways.filter(way => way.revoked))(
  '$kind by $by refuses our key for an hour: nothing is lost, a person reads what to do, and then the home has it once',
  async way => {
    const made = await homeOn(way)
    made.behave(way.revoked!)
    await publish(made)
    await pass(60)
    expect([await stateOf(made), made.told()]).toEqual([['planned'], 0])
    const account = await made.account()
    if (account) expect([account.health, asksPerson(account.trouble)]).toEqual(['refused', true])
    await comesOnce(made)
  },
)

test.each(ways.filter(way => way.empty))(
  '$kind by $by is out of money for an hour: nothing is lost, a person reads what to do, and then the home has it once',
  async way => {
    const made = await homeOn(way)
    made.behave(way.empty!)
    await publish(made)
    await pass(60)
    expect([await stateOf(made), made.told()]).toEqual([['planned'], 0])
    const account = await made.account()
    expect([account?.health, account?.trouble]).toEqual(['refused', expect.stringContaining('hết tiền')])
    await comesOnce(made)
  },
)

test.each(ways.filter(way => way.isLost))(
  '$kind by $by takes it and its answer is lost: the home has it once',
  async way => {
    const made = await homeOn(way)
    made.behave('hang_up')
    await publish(made)
    made.behave('take')
    await pass(120, 30)
    expect([await stateOf(made), made.told()]).toEqual([[way.again ? 'handed_over' : 'uncertain'], 1])
  },
)

test.each(ways)(
  'a process is killed after $kind by $by took it and before that was written: the home has it once',
  async way => {
    const made = await homeOn(way)
    await publish(made)
    expect([await stateOf(made), made.told()]).toEqual([['handed_over'], 1])
    const { tenant } = made.c
    await sql`update loa.delivery set state = 'intent', leased_until = ${new Date(0)} where commune_id = ${tenant}`
    await sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at) values (${tenant}, ${way.kind}, false, ${new Date(0)})
    on conflict (commune_id, channel, is_emergency) do update set due_at = excluded.due_at`
    await pass(30)
    // What a newer one of the same topic replaces on the phone is one there.
    expect(made.told()).toBe(way.again === 'topic' ? 2 : 1)
    expect(await stateOf(made)).toEqual([way.again ? 'handed_over' : 'uncertain'])
  },
)

test.each(ways.filter(way => way.isTold))(
  '$kind by $by tells three times that it is there: the home counts once',
  async way => {
    const made = await homeOn(way)
    made.behave('take', { become: 'delivered', lateSeconds: 0, times: 3 })
    const publishedId = await publish(made)
    await vi.waitFor(() => expect(made.calledBack().length).toBe(3), { timeout: 60_000 })
    expect(made.calledBack().join(' ')).not.toMatch(/\b[45]\d\d\b/)
    await settle()
    const { tenant } = made.c
    const levels = await sql`
    select level from loa.reach_home where commune_id = ${tenant} and published_id = ${publishedId}`
    expect(levels.map(row => row['level'] as number)).toEqual([way.by === 'zalo' ? expect.any(Number) : 3])
    const [counted] = await sql<{ delivered: number; seen: number }[]>`
    select sum(delivered)::int as delivered, sum(seen)::int as seen from loa.reach_unit
    where commune_id = ${tenant} and published_id = ${publishedId}`
    expect(counted!.delivered + counted!.seen).toBe(1)
    expect(made.told()).toBe(1)
  },
)
