// Ten times as many calls back as the machine can take: what is refused is told so, what was accepted is there, and people read on.
import { hookAddress } from '../modules/channels/hooks.ts'
import { drainOthers } from '../modules/delivery/next-step.ts'
import { left, planAll, useChannel } from './drain.ts'
import type { Flood, Flooded } from './flood.ts'
import { makeCommunes, pause, startGround, type BenchCommune, type Ground } from './ground.ts'
import { callers, homesOf, inProcess, serveHttp, sessionsFor, type Measured } from './http.ts'
import { makeNotices } from './notices.ts'
import { print } from './print.ts'
import { makeReachable } from './reachable.ts'
import { simulated } from './simulated.ts'

const seconds = 8
const villages = 4
const homes = 200

/** Messages that went by HTTP, each with the address that its provider calls back at. */
async function sent(ground: Ground, communes: BenchCommune[]) {
  const provider = await simulated('esms')
  try {
    await makeReachable(ground, communes, 'sms_by_http', provider)
    await useChannel(ground, 'sms')
    await planAll(ground, communes, 'sms')
    while (await left(ground, 'planned')) {
      await drainOthers(ground.process.app)
      await pause(1)
    }
  } finally {
    provider.stop()
  }
  await ground.sql`vacuum analyze loa.handed_part, loa.delivery, loa.delivery_address, loa.reach_home, loa.publication`
  const { app } = ground.process
  const rows = await ground.sql<{ tenant: number; account: string; id: string }[]>`
    select commune_id as tenant, account_id as account, provider_id as id from loa.handed_part order by md5(provider_id)`
  return rows.map(({ tenant, account, id }) => {
    const { pathname } = new URL(hookAddress(app, tenant, account))
    return { id, path: `${pathname}?SMSID=1&RequestId=${id}&SendStatus=5&SendSuccess=1&SendFailed=0` }
  })
}

/** Of those accepted, how many parts are told as delivered, and how many of their homes are so in their reach. */
async function kept({ sql }: Ground, accepted: readonly string[]) {
  const [row] = await sql<{ parts: number; homes: number }[]>`
    select count(*) filter (where p.state = 'delivered')::int as parts, count(*) filter (where r.level >= 3)::int as homes
    from loa.handed_part p
    left join loa.reach_home r on r.commune_id = p.commune_id and r.published_id = p.published_id and r.household_id = p.household_id
    where p.provider_id = any(${[...accepted]}::text[])`
  return row!
}

const rate = ({ statuses, ms }: Flooded) => ((statuses[200] ?? 0) * 1000) / ms
const flood = (wish: Flood) => inProcess<Flooded>('flood.ts', wish)

/** People who read their feed meanwhile. */
async function readers(ground: Ground, commune: BenchCommune, url: string) {
  const found = (await homesOf(ground.sql, commune.tenant)).map(home => home.id)
  const tokens = await sessionsFor(ground.sql, commune.tenant, found)
  return () => callers({ kind: 'feed', url, connections: 4, seconds, tokens })
}

function printFlood(found: Flooded, capacity: number, json: boolean) {
  const offered = (found.offered * 1000) / found.ms
  const said = Object.entries(found.statuses).map(([status, n]) => `${n} × ${status}`)
  const isOnlyRefused = Object.keys(found.statuses).every(status => ['200', '429', '503'].includes(status))
  const about = { bench: 'hooks', yardstick: capacity, ratio: offered / capacity, unit: 'a second' }
  const target = 'refused with 429 or 503 alone'
  print({ ...about, case: `offered: ${said.join(', ')}`, value: offered, target, met: isOnlyRefused }, json)
  print({ ...about, case: 'accepted meanwhile', value: rate(found), ratio: rate(found) / capacity }, json)
}

function printReaders(alone: Measured, meanwhile: Measured, json: boolean) {
  if (alone.failed || meanwhile.failed) throw new Error('a feed was not given')
  const about = { bench: 'hooks', unit: 'ms', target: '< 500 ms', met: meanwhile.p99 < 500 }
  const ratio = meanwhile.p99 / alone.p99
  print({ ...about, case: 'feed, p99 meanwhile', value: meanwhile.p99, yardstick: alone.p99, ratio }, json)
}

export async function run(json: boolean) {
  const ground = await startGround({ isDemo: true })
  const served = await serveHttp(ground)
  try {
    const [quiet, ...communes] = await makeCommunes(ground.sql, 21, villages, homes)
    const calls = await sent(ground, communes)
    await makeNotices(ground.sql, quiet!, 200, 30)
    await ground.process.start({ web: false, worker: false })
    const read = await readers(ground, quiet!, served.url)
    const alone = await read()
    const some = calls.splice(0, calls.length / 4)
    const able = await flood({ url: served.url, calls: some, connections: 16, seconds: 4 })
    const capacity = rate(able)
    const wish = { url: served.url, calls, connections: 256, perSecond: capacity * 10, seconds }
    const [found, meanwhile] = await Promise.all([flood(wish), read()])
    printFlood(found, capacity, json)
    printReaders(alone, meanwhile, json)
    const there = await kept(ground, found.accepted)
    const met = there.parts === found.accepted.length && there.homes === found.accepted.length
    const about = {
      bench: 'hooks',
      unit: 'messages',
      yardstick: found.accepted.length,
      target: 'every one accepted',
      met,
    }
    print(
      { ...about, case: 'told as delivered afterwards, their homes too', value: Math.min(there.parts, there.homes) },
      json,
    )
  } finally {
    await served.close()
    await ground.stop()
  }
}
