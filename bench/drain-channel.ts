// Homes told by a real channel, from a queue of deliveries to a provider in another process; beside it a bare client.
import { Encrypting } from '../modules/channels/webpush/encrypting.ts'
import { newPhoneKeys } from '#channels/simulator'
import webpush from 'web-push'
import { drainOthers } from '../modules/delivery/next-step.ts'
import { bareLetters, barePosts, bareSubmits, rateOf, type Rate } from './bare-senders.ts'
import { runZalo } from './drain-zalo.ts'
import { left, planAll, useChannel } from './drain.ts'
import { makeCommunes, pause, startGround, type BenchCommune, type Ground } from './ground.ts'
import { print } from './print.ts'
import { makeReachable, type BenchChannel } from './reachable.ts'
import { simulated, type Provider, type Simulated } from './simulated.ts'

/** @throws Error when the provider took another number than was planned */
async function drained(
  ground: Ground,
  communes: BenchCommune[],
  channel: BenchChannel,
  provider: Simulated,
): Promise<Rate & { count: number }> {
  await useChannel(ground, channel)
  await planAll(ground, communes, channel)
  await ground.sql`vacuum analyze loa.delivery`
  const count = await left(ground, 'planned')
  await provider.taken()
  // All of them are one thing that is done once.
  const { perSecond, cpuMs } = await rateOf(1, 1, async () => {
    while (await left(ground, 'planned')) {
      await drainOthers(ground.process.app)
      await pause(1)
    }
  })
  const [finished, taken] = [await left(ground, 'handed_over'), await provider.taken()]
  if (finished !== count || taken !== count)
    throw new Error(`${count} planned, ${taken} taken by the provider, ${finished} finished`)
  await ground.sql`truncate loa.delivery`
  return { count, perSecond: perSecond * count, cpuMs: cpuMs / count }
}

/** One thread of ours, and the kept library in this one. */
async function encryption(json: boolean) {
  const phones = Array.from({ length: 64 }, () => newPhoneKeys().keys)
  const payload = JSON.stringify({ title: 'Dịch tả lợn châu Phi', body: 'Không mua bán lợn. '.repeat(8) })
  const thread = new Encrypting(1, why => console.error(why))
  const ours = (count: number) => rateOf(count, 200, n => thread.encrypt({ ...phones[n % 64]!, payload }))
  await ours(2000)
  const found = await ours(10_000)
  const theirs = await rateOf(2000, 1, n => {
    webpush.encrypt(phones[n % 64]!.p256dh, phones[n % 64]!.auth, payload, 'aes128gcm')
    return Promise.resolve()
  })
  await thread.stop()
  printRates('push: encryption, one thread (yardstick: web-push)', found, theirs, 3000, json)
}

function printRates(what: string, found: Rate, bare: Rate, target: number, json: boolean) {
  const [value, yardstick] = [found.perSecond, bare.perSecond]
  const said = `≥ ${target.toLocaleString('en')} a second`
  const about = { bench: 'drain', yardstick, ratio: value / yardstick, target: said, met: value >= target }
  print({ ...about, case: what, value, unit: 'a second' }, json)
  const cpu = { value: found.cpuMs * 1000, yardstick: bare.cpuMs * 1000, ratio: found.cpuMs / bare.cpuMs }
  print({ bench: 'drain', case: 'CPU of the sending process for one of them', ...cpu, unit: 'µs' }, json)
}

interface Plan {
  provider: Provider
  communes: number
  villages: number
  target: number
  bare: (ground: Ground, provider: Simulated, count: number) => Promise<Rate>
}

const plans: Record<'sms' | 'push' | 'email', Plan> = {
  sms: {
    provider: 'smsc',
    communes: 4,
    villages: 8,
    target: 2000,
    bare: (_, provider, count) => bareSubmits(provider, count),
  },
  push: { provider: 'push', communes: 4, villages: 8, target: 1000, bare: barePosts },
  email: {
    provider: 'mail',
    communes: 4,
    villages: 2,
    target: 300,
    bare: (_, provider, count) => bareLetters(provider, count),
  },
}

const homes = 250

async function rounds(ground: Ground, channel: BenchChannel, plan: Plan, provider: Simulated, json: boolean) {
  const communes = await makeCommunes(ground.sql, plan.communes, plan.villages, homes)
  await makeReachable(ground, communes, channel, provider)
  await drained(ground, communes.slice(0, 1), channel, provider)
  const found = await drained(ground, communes, channel, provider)
  const bare = await plan.bare(ground, provider, found.count)
  printRates(`${channel}: ${found.count} homes, end to end`, found, bare, plan.target, json)
}

/** @param channel sms (by SMPP), push, email or zalo */
export async function runChannel(json: boolean, channel: string) {
  if (channel === 'zalo') return runZalo(json)
  if (!Object.hasOwn(plans, channel)) throw new Error(`--channel ${Object.keys(plans).join(', ')}, zalo`)
  const kind = channel as keyof typeof plans
  if (kind === 'push') await encryption(json)
  const plan = plans[kind]
  const [ground, provider] = await Promise.all([startGround({ isDemo: true }), simulated(plan.provider)])
  try {
    // A worker's: lines are kept, threads are there.
    await ground.process.start({ web: false, worker: false })
    await rounds(ground, kind, plan, provider, json)
  } finally {
    await ground.stop()
    provider.stop()
  }
}
