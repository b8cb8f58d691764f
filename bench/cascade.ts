// A notice goes down its ladder: 6,000 homes through the real store and engine by a clock of its own, beside what the providers' limits
// allow; then 27 million homes by the decisions alone.
import { useClock } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { addAdapter, addChannel, findContacts, type AccountKind, type Channel, type HandedOver } from '#channels'
import { give, send, type Evidence } from '#delivery'
import { contactDigest } from '#people'
import { testMessage } from '#testing/message'
import { drainOthers } from '../modules/delivery/next-step.ts'
import { planStep } from '../modules/delivery/plan.ts'
import { dueSteps } from '../modules/delivery/store/ladder.ts'
import { planHomes } from './cascade-plan.ts'
import { makeCommunes, startGround, type BenchCommune, type Ground } from './ground.ts'
import { print } from './print.ts'

const villages = 33
const homesEach = 182
const minute = 60_000
const start = new Date('2026-11-20T08:00:00+07:00').getTime()
/** How often a worker looks: on a clock of its own nothing happens in between. */
const tickMs = 200

/** The documented limits, and how long a message takes to the phone. Zalo: 4,000 requests a minute for an official account. */
const ways = [
  { kind: 'bench-push', address: 'device', perSecond: 500, ms: 2000, after: 0 },
  { kind: 'bench-zalo', address: 'zalo', perSecond: 4000 / 60, ms: 3000, after: 1 },
  { kind: 'bench-sms', address: 'phone', perSecond: 20, ms: 6000, after: 1 },
] as const
type Way = (typeof ways)[number]
const throughOf: Record<Way['kind'], AccountKind> = { 'bench-push': 'email', 'bench-zalo': 'zalo', 'bench-sms': 'sms' }

/** What each home has, and what becomes of it there: the same in every run. */
const fateOf = (n: number) => ({
  push: n % 100 < 60,
  isPushHeard: n % 100 < 52,
  zalo: n % 10 < 7 && n % 100 >= 40,
  isOnZalo: n % 7 !== 0,
  phone: n % 20 !== 19 && n % 100 >= 30,
})

let clock = start
/** What providers tell later, by when. */
const later: { at: number; household: string; channel: string }[] = []
const called: string[] = []
const numberOf = new Map<string, number>()

const answer = (kind: Way['kind'], household: string, ms: number): HandedOver => {
  called.push(`${kind} ${household}`)
  const fate = fateOf(numberOf.get(household)!)
  if (kind === 'bench-zalo' && !fate.isOnZalo) return { is: 'refused', why: 'address_dead' }
  if (kind !== 'bench-push' || fate.isPushHeard) later.push({ at: clock + ms, household, channel: kind })
  return { is: 'accepted', dong: kind === 'bench-sms' ? 450 : 0 }
}

function channelFor(way: Way): Channel {
  const { kind, address, ms } = way
  const cost = { 'bench-push': 0, 'bench-zalo': 150, 'bench-sms': 450 }[kind]
  const devices: Channel['find'] = (_app, _tenant, ids) =>
    Promise.resolve(
      new Map(ids.filter(id => fateOf(numberOf.get(id)!).push).map(id => [id, { addresses: [{ id, value: id }] }])),
    )
  return {
    kind,
    declares: {
      takesKey: false,
      replacesByTopic: false,
      isAskable: false,
      address,
      cost,
      proves: ['sent', 'delivered'],
      phoneKinds: [],
      batch: 200,
      parallel: 20,
    },
    speaksThrough: throughOf[kind],
    find: address === 'device' ? devices : findContacts(address),
    handOver: (_app, _message, piece) => Promise.resolve(answer(kind, piece.householdId, ms)),
  }
}

function know(way: Way) {
  addChannel(channelFor(way))
  addAdapter({
    kind: throughOf[way.kind],
    name: way.kind,
    fields: [],
    pace: () => ({ perSecond: way.perSecond, parallel: 20 }),
    hosts: () => [],
    isAddress: () => true,
    test: () => Promise.resolve({ is: 'accepted' }),
  })
}

async function furnish({ sql }: Ground, { tenant }: BenchCommune) {
  const homes = await sql<{ id: string }[]>`
    select id from loa.household where commune_id = ${tenant} order by no`
  const rows = homes.flatMap(({ id }, n) => {
    numberOf.set(id, n)
    const { zalo, phone } = fateOf(n)
    return [
      ...(zalo ? [{ id, kind: 'zalo' as const, value: `z${n}` }] : []),
      ...(phone ? [{ id, kind: 'phone' as const, value: `+849${String(n).padStart(8, '0')}` }] : []),
    ]
  })
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, added_at)
    select ${tenant}, gen_random_uuid(), g.home, g.kind, g.value, decode(g.digest, 'hex'), ${new Date(start)}::timestamptz
    from unnest(${rows.map(row => row.id)}::uuid[], ${rows.map(row => row.kind)}::text[], ${rows.map(row => row.value)}::text[],
      ${rows.map(row => contactDigest(row.kind, row.value).toString('hex'))}::text[]) as g(home, kind, value, digest)`
  for (const { kind } of ways)
    await sql`
      insert into loa.channel_account (commune_id, id, kind, adapter, name, settings, rank, changed_at)
      values (${tenant}, ${newId()}, ${throughOf[kind]}, ${kind}, ${kind}, ${sql.json({})}, 1, ${new Date(start)})`
  const rungs = [
    { channel: 'bench-push', after: 0 },
    { channel: ['bench-zalo', 'bench-sms'], after: 1, each: 10 },
    { channel: 'door', after: 60 },
  ]
  await sql`update loa.rule_pack set body = ${sql.json({ normal: rungs, priority: rungs, emergency: rungs })} where kind = 'ladder'`
  return homes.length
}

/** What has arrived by now is evidence. @returns homes that got there */
async function tell({ process: { app }, sql }: Ground, tenant: number, publishedId: string) {
  const due = later.filter(one => one.at <= clock)
  if (!due.length) return []
  later.splice(0, later.length, ...later.filter(one => one.at > clock))
  const evidence = due.map(({ household, channel, at }): Evidence => {
    return {
      tenant,
      publishedId,
      id: newId(),
      householdId: household,
      level: 'delivered',
      channel,
      version: 1,
      at: new Date(at),
    }
  })
  await inTransaction(sql, tx => give(app, tx, evidence))
  return due
}

/** When something is due next, no earlier than a worker looks again. */
async function nextMoment({ sql }: Ground, tenant: number) {
  const [row] = await sql<{ at: Date | null }[]>`
    select least((select min(due_at) from loa.delivery_lane where commune_id = ${tenant}),
      (select min(due_at) from loa.ladder_step where commune_id = ${tenant} and state in ('waiting', 'running'))) as at`
  const told = later.reduce((soonest, one) => Math.min(soonest, one.at), Infinity)
  return Math.max(clock + tickMs, Math.min(row!.at?.getTime() ?? Infinity, told))
}

/** @returns when each home that was reached was, in order of time */
async function play(ground: Ground, { tenant, unit }: BenchCommune) {
  const { app } = ground.process
  useClock({
    now: () => clock,
    after: (ms, call) =>
      (
        t => () =>
          clearTimeout(t)
      )(setTimeout(call, ms)),
  })
  const message = testMessage(tenant, [unit], { ask: 'delivered', publishedAt: new Date(clock) })
  const { publishedId } = await inTransaction(ground.sql, tx => send(app, tx, message))
  const reached = new Map<string, number>()
  while (clock < start + 70 * minute) {
    for (const { household, at } of await tell(ground, tenant, publishedId))
      if (!reached.has(household)) reached.set(household, at)
    for (const due of await dueSteps(app.sql, false, new Date(clock), new Date())) await planStep(app, due)
    await drainOthers(app)
    clock = await nextMoment(ground, tenant)
  }
  return { publishedId, times: [...reached.values()].toSorted((a, b) => a - b) }
}

/** As the limits allow: each channel begins when its rung is due, with what an idle account may do at once, and never waits for us. */
function allowed(homes: number): number[] {
  const fates = Array.from({ length: homes }, (_, n) => fateOf(n))
  const left = fates.filter(fate => !fate.push || !fate.isPushHeard)
  const onZalo = left.filter(fate => fate.zalo)
  const bySms = left.filter(fate => fate.phone && !(fate.zalo && fate.isOnZalo))
  const sent = [
    {
      way: ways[0],
      messages: fates.filter(fate => fate.push).length,
      there: fates.filter(fate => fate.push && fate.isPushHeard).length,
    },
    { way: ways[1], messages: onZalo.length, there: onZalo.filter(fate => fate.isOnZalo).length },
    { way: ways[2], messages: bySms.length, there: bySms.length },
  ]
  const times = sent.flatMap(({ way, messages, there }) =>
    Array.from({ length: there }, (_, n) => {
      const place = ((n + 1) * messages) / there
      const wait = Math.max(0, place - 2 * way.perSecond) / way.perSecond
      return start + way.after * minute + wait * 1000 + way.ms
    }),
  )
  return times.toSorted((a, b) => a - b)
}

/** Who is not there is on the lists of doors. */
async function countDoors({ sql }: Ground, tenant: number, publishedId: string) {
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from loa.household_stay s
    join loa.ladder_step d on d.commune_id = ${tenant} and d.published_id = ${publishedId} and d.unit_id = s.unit_id
      and d.channel = 'door' and d.state = 'done'
    left join loa.reach_home r on r.commune_id = ${tenant} and r.published_id = ${publishedId} and r.household_id = s.household_id
    where s.commune_id = ${tenant} and not coalesce(r.is_reached, false)`
  return row!.n
}

export async function run(json: boolean) {
  for (const way of ways) know(way)
  const ground = await startGround()
  try {
    const [commune] = (await makeCommunes(ground.sql, 1, villages, homesEach)) as [BenchCommune]
    const homes = await furnish(ground, commune)
    const { times, publishedId } = await play(ground, commune)
    const bound = allowed(homes)
    for (const share of [50, 90, 94, 99]) {
      const place = Math.ceil((Math.min(times.length, bound.length) * share) / 100) - 1
      const [value, yardstick] = [(times[place]! - start) / 1000, (bound[place]! - start) / 1000]
      const about = { bench: 'cascade', unit: 's', target: '≤ 1.05 × what the limits allow', value, yardstick }
      const ratio = value / yardstick
      print(
        { ...about, case: `${homes} homes: ${share} % of those that a channel can reach`, ratio, met: ratio <= 1.05 },
        json,
      )
    }
    const doubles = called.length - new Set(called).size
    print(
      {
        bench: 'cascade',
        case: 'told twice by the same channel',
        unit: 'homes',
        value: doubles,
        target: '0',
        met: doubles === 0,
      },
      json,
    )
    const doors = await countDoors(ground, commune.tenant, publishedId)
    const rest = homes - times.length
    const onLists = {
      bench: 'cascade',
      unit: 'homes',
      value: doors,
      yardstick: rest,
      ratio: doors / rest,
      target: 'all of them',
    }
    print({ ...onLists, case: 'homes left, on lists of doors', met: doors === rest }, json)
  } finally {
    await ground.stop()
  }
  planHomes(json)
}
