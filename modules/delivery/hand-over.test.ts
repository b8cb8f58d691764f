import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, expect, test } from 'vitest'
import { minuteOfDay } from '#core/clock'
import { inTransaction } from '#core/db'
import { addChannel, channelOf, type Channel, type HandedOver, type Piece } from '#channels'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { send, withdraw, type Message } from '#delivery'
import { handOverBatch } from './hand-over.ts'
import { claim } from './store/delivery.ts'
import { drainOthers, drainUrgent, planUrgent } from './next-step.ts'

const { app, settle } = await testApp()
const { sql } = app
await settle()

/** What homes see: each piece that a provider took, by home and key. */
const got: { channel: string; home: string; key: string }[] = []
const mute = new Set<string>()
const stopped = new Set<string>()
let says: (piece: Piece) => HandedOver = () => ({ is: 'accepted' })
let knows: 'accepted' | 'never_came' | 'unknown' = 'unknown'
afterEach(() => {
  got.length = 0
  mute.clear()
  stopped.clear()
  says = () => ({ is: 'accepted' })
})

const testChannel = (kind: string, declares: Partial<Channel['declares']>, ask?: Channel['ask']): Channel => ({
  kind,
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: Boolean(ask),
    address: 'device',
    cost: 0,
    proves: ['sent'],
    phoneKinds: ['app'],
    batch: 50,
    parallel: 5,
    ...declares,
  },
  find: (_app, _tenant, ids) =>
    Promise.resolve(
      new Map(
        ids
          .filter(id => !mute.has(id))
          .map(id => [id, stopped.has(id) ? { optedOut: true as const } : { addresses: [{ id, value: id }] }]),
      ),
    ),
  handOver(_app, _message, piece) {
    const said = says(piece)
    if (said.is === 'accepted') got.push({ channel: kind, home: piece.householdId, key: piece.key })
    return Promise.resolve(said)
  },
  ...(ask && { ask }),
})
addChannel(testChannel('keyed', { takesKey: true }))
addChannel(testChannel('plain', {}))
const quick = testChannel('slow', {})
addChannel({
  ...quick,
  handOver: (...given) => sleep(1500).then(() => quick.handOver(...given)),
})
addChannel(testChannel('askable', {}, () => Promise.resolve(knows)))

async function communeWith(channel: string, sizes: number[]): Promise<TestCommune> {
  const c = await testCommune(sql, sizes)
  const ladder = [
    { channel, after: 0 },
    { channel: 'door', after: 240 },
  ]
  const body = { normal: ladder, priority: ladder, emergency: ladder }
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json(body)})`
  return c
}
const sent = (message: Message) => inTransaction(sql, tx => send(app, tx, message))
const statesOf = async (tenant: number) => {
  const rows = await sql<{ state: string; reason: string | null; n: number }[]>`
    select state, reason, count(*) as n from loa.delivery where commune_id = ${tenant} group by 1, 2 order by 1, 2`
  return Object.fromEntries(rows.map(row => [row.reason ? `${row.state} ${row.reason}` : row.state, row.n]))
}
const letLeasesEnd = (tenant: number) => sql`
  update loa.delivery set leased_until = ${new Date(Date.now() - 1000)} where commune_id = ${tenant} and state = 'intent'`
const comeBack = async (tenant: number) => {
  await sql`update loa.delivery_lane set due_at = ${new Date(Date.now() - 1000)} where commune_id = ${tenant}`
  await drainUrgent(app)
  await drainOthers(app)
}
/** Claims as a worker does, and dies before it calls anybody. */
const claimAndDie = (tenant: number, channel: string, isEmergency = false) =>
  claim(sql, { tenant, channel, isEmergency }, { most: 50, at: new Date(), leasedUntil: new Date(Date.now() - 1) })
/** Plans what is due without handing it over. */
const planOnly = async (c: TestCommune, channel: string, publishedId: string, step = 1) => {
  const { planStep } = await import('./plan.ts')
  await planStep(app, { tenant: c.tenant, publishedId, step, channel })
}

test('every home is handed over once, and what has no address or said stop is written down as such', async () => {
  const c = await communeWith('plain', [3, 2])
  mute.add(c.villages[0]!.homes[0]!)
  stopped.add(c.villages[0]!.homes[1]!)
  await sent(testMessage(c.tenant, [c.unit]))
  await settle()
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 3, no_address: 1, opted_out: 1 })
  expect(got.length).toBe(3)
  await settle()
  expect(got.length).toBe(3)
  const [row] =
    await sql`select sum(sent) as sent, sum(none) as none, sum(reached) as reached from loa.reach_unit where commune_id = ${c.tenant}`
  expect(row).toEqual({ sent: 3, none: 2, reached: 0 })
})

test('homes that are reached already or closed by a person are left in peace', async () => {
  const c = await communeWith('plain', [3])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  const [knows5, moved, rest] = c.villages[0]!.homes
  for (const [home, level, closed] of [
    [knows5, 5, null],
    [moved, 0, 'moved'],
  ] as const)
    await sql`
      insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, closed, level_at)
      values (${c.tenant}, ${publishedId}, ${home!}, ${c.villages[0]!.id}, ${level}, ${level === 5}, ${closed}, ${new Date()})`
  await settle()
  expect(got.map(one => one.home)).toEqual([rest])
})

test('a home that gets there between the plan and the hand-over is not written to', async () => {
  const c = await communeWith('plain', [2])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'plain', publishedId)
  await sql`
    insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, level_at)
    values (${c.tenant}, ${publishedId}, ${c.villages[0]!.homes[0]!}, ${c.villages[0]!.id}, 5, true, ${new Date()})`
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 1, 'stopped reached': 1 })
})

test('a withdrawn message goes nowhere, not even what was planned', async () => {
  const c = await communeWith('plain', [2])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'plain', publishedId)
  await inTransaction(sql, tx => withdraw(app, tx, { tenant: c.tenant, publishedId, reason: 'Gửi nhầm' }))
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ 'stopped withdrawn': 2 })
  expect(got).toEqual([])
})

test('a message whose day is over expires', async () => {
  const c = await communeWith('plain', [2])
  const endsAt = new Date(Date.now() - 1000)
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit], { endsAt }))
  await planOnly(c, 'plain', publishedId)
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ 'expired ended': 2 })
})

test('a provider that asks us to slow down gets it again when it wishes; a dead address gets nothing more', async () => {
  const c = await communeWith('plain', [2])
  const [slow, dead] = c.villages[0]!.homes
  const againAt = new Date(Date.now() + 90_000)
  says = piece =>
    piece.householdId === slow ? { is: 'refused', why: 'slow_down', againAt } : { is: 'refused', why: 'address_dead' }
  await sent(testMessage(c.tenant, [c.unit]))
  await settle()
  expect(await statesOf(c.tenant)).toEqual({ 'failed address_dead': 1, 'planned slow_down': 1 })
  const [row] = await sql<{ due_at: Date; lane: Date }[]>`
    select d.due_at, l.due_at as lane from loa.delivery d join loa.delivery_lane l on l.commune_id = d.commune_id
    where d.commune_id = ${c.tenant} and d.household_id = ${slow!}`
  expect(row!.due_at).toEqual(againAt)
  expect(row!.lane).toEqual(againAt)
  expect(dead).toBeDefined()
  says = () => ({ is: 'accepted' })
  await sql`update loa.delivery set due_at = ${new Date()} where commune_id = ${c.tenant} and state = 'planned'`
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ 'failed address_dead': 1, handed_over: 1 })
})

test('killed between intent and call: a provider that takes a key gets the same key again, and the home sees it once', async () => {
  const c = await communeWith('keyed', [2])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'keyed', publishedId)
  const batch = await claimAndDie(c.tenant, 'keyed')
  expect(batch!.homes.length).toBe(2)
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 2 })
  const keys = got.map(one => one.key)
  await sql`
    update loa.delivery set state = 'intent', leased_until = ${new Date(Date.now() - 1000)}
    where commune_id = ${c.tenant}`
  await sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at)
    values (${c.tenant}, 'keyed', false, ${new Date(Date.now() - 1000)}) on conflict do nothing`
  await comeBack(c.tenant)
  expect(new Set(got.map(one => one.key))).toEqual(new Set(keys))
})

test('without a key a normal message is not repeated after a crash, and the ladder goes on; an emergency is repeated', async () => {
  const c = await communeWith('plain', [2])
  const one = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'plain', one.publishedId)
  await claimAndDie(c.tenant, 'plain')
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ uncertain: 2 })
  expect(got).toEqual([])
  const e = await communeWith('plain', [2])
  const two = await sent(testMessage(e.tenant, [e.unit], { class: 'emergency' }))
  await planOnly(e, 'plain', two.publishedId)
  await claimAndDie(e.tenant, 'plain', true)
  await comeBack(e.tenant)
  expect(await statesOf(e.tenant)).toEqual({ handed_over: 2 })
})

test('a batch stays its worker’s while the provider is slow: nobody repeats an emergency that is still going out', async () => {
  const c = await communeWith('slow', [2])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit], { class: 'emergency' }))
  await planOnly(c, 'slow', publishedId)
  const lane = { tenant: c.tenant, channel: 'slow', isEmergency: true }
  const lease = { most: 50, at: new Date(), leasedUntil: new Date(Date.now() + 600) }
  const batch = (await claim(sql, lane, lease))!
  const going = handOverBatch(app, channelOf('slow')!, batch)
  await sleep(900)
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ intent: 2 })
  await going
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 2 })
  expect(got.length).toBe(2)
})

test.each([
  ['accepted', { handed_over: 2 }, 0],
  ['never_came', { handed_over: 2 }, 2],
  ['unknown', { uncertain: 2 }, 0],
] as const)('a provider that can be asked is asked after a crash: %s', async (answer, states, repeated) => {
  knows = answer
  const c = await communeWith('askable', [2])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'askable', publishedId)
  await claimAndDie(c.tenant, 'askable')
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual(states)
  expect(got.length).toBe(repeated)
})

test('a piece that breaks the channel stays uncertain and takes no other with it', async () => {
  const c = await communeWith('plain', [3])
  const [bad] = c.villages[0]!.homes
  says = piece => {
    if (piece.householdId === bad) throw new Error('broken')
    return { is: 'accepted' }
  }
  await sent(testMessage(c.tenant, [c.unit]))
  await settle()
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 2, intent: 1 })
  await letLeasesEnd(c.tenant)
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 2, uncertain: 1 })
})

test('workers side by side hand no home over twice', async () => {
  const c = await communeWith('plain', [120, 60])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'plain', publishedId)
  await Promise.all([drainOthers(app), drainOthers(app), drainOthers(app)])
  await comeBack(c.tenant)
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 180 })
  expect(new Set(got.map(one => one.home)).size).toBe(180)
  expect(got.length).toBe(180)
})

test('an emergency is planned and handed over in one go, while others wait for their queue', async () => {
  const c = await communeWith('plain', [2])
  await sent(testMessage(c.tenant, [c.unit], { class: 'emergency' }))
  await planUrgent(app)
  await drainUrgent(app)
  expect(await statesOf(c.tenant)).toEqual({ handed_over: 2 })
})

test('when something is told again, homes that knew the old version hear of it first', async () => {
  const c = await communeWith('plain', [3])
  const message = testMessage(c.tenant, [c.unit])
  const first = await sent(message)
  await settle()
  const [knew] = c.villages[0]!.homes
  await sql`
    insert into loa.reach_home (commune_id, published_id, household_id, unit_id, level, is_reached, level_at)
    values (${c.tenant}, ${first.publishedId}, ${knew!}, ${c.villages[0]!.id}, 4, false, ${new Date()})
    on conflict (commune_id, published_id, household_id) do update set level = 4`
  const second = await sent({ ...message, round: 2, version: 2, previous: first.publishedId, publishedAt: new Date() })
  await planOnly(c, 'plain', second.publishedId)
  const rows = await sql<{ household_id: string }[]>`
    select household_id from loa.delivery where commune_id = ${c.tenant} and published_id = ${second.publishedId} order by due_at limit 1`
  expect(rows[0]!.household_id).toBe(knew)
})

test('what is late for its quiet hours stays silent until they end', async () => {
  const c = await communeWith('plain', [2])
  const { publishedId } = await sent(testMessage(c.tenant, [c.unit]))
  await planOnly(c, 'plain', publishedId)
  const from = (minuteOfDay(new Date()) + 1439) % 1440
  const steps = [{ channel: 'plain', after: 0, quiet: { from, to: (from + 120) % 1440 } }]
  await sql`
    update loa.publication set ladder = ladder || ${sql.json({ steps })} where commune_id = ${c.tenant} and published_id = ${publishedId}`
  await comeBack(c.tenant)
  expect(got.filter(one => c.villages[0]!.homes.includes(one.home))).toEqual([])
  const rows = await sql<
    { due_at: Date; state: string }[]
  >`select due_at, state from loa.delivery where commune_id = ${c.tenant}`
  expect(rows.every(row => row.state === 'planned' && row.due_at > new Date())).toBe(true)
})
