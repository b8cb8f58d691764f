// All homes of the country by the decisions alone: each commune's ladder, and for each home its way in every rung.
import type { AddressKind } from '#channels'
import { ladderOf, rungOf, channelsOf } from '../modules/delivery/ladder.ts'
import { wayFor, waysFrom, type Tried, type Way } from '../modules/delivery/ways.ts'
import { print } from './print.ts'

const communes = 3321
const homesEach = 8130
const rungs = [
  { channel: 'push', after: 0 },
  { channel: ['zalo', 'sms'], after: 10 },
  { channel: 'door', after: 60 },
]
const addressOf: Record<string, AddressKind> = { push: 'device', zalo: 'zalo', sms: 'phone' }
const costs: Record<string, number> = { push: 0, zalo: 150, sms: 450 }
const bits: Partial<Record<AddressKind, number>> = { device: 1, zalo: 2, phone: 4 }

const waysOf = (names: readonly string[]): Way[] =>
  waysFrom(
    names.flatMap(kind => {
      const address = addressOf[kind]
      if (!address) return []
      const declares = {
        takesKey: false,
        replacesByTopic: false,
        isAskable: false,
        address,
        cost: costs[kind]!,
        proves: [],
        phoneKinds: [],
        batch: 1,
        parallel: 1,
      }
      return { channel: { kind, declares }, dong: costs[kind]! }
    }),
  )

/** What a home has, as a mix of numbers that hits every combination. */
const hasOf = (n: number) => (Math.imul(n, 2654435761) >>> 20) & 7

/** One commune: how many deliveries its ladder plans, and how many homes are left for the door. */
function planCommune(commune: number) {
  const visibleAt = new Date(1_795_140_000_000 + commune * 1000)
  const pack = { normal: rungs, priority: rungs, emergency: rungs }
  const steps = ladderOf(pack, { class: 'priority', ask: 'acknowledged', visibleAt })
  const there = new Uint8Array(homesEach)
  const none: Tried[] = []
  let planned = 0
  let doors = 0
  for (const step of steps) {
    const ways = waysOf(channelsOf(rungOf(rungs, step)!))
    for (let home = 0; home < homesEach; home++) {
      if (there[home]) continue
      if (step.channel === 'door') doors++
      const has = hasOf(commune * homesEach + home)
      const way = wayFor(ways, kind => ((bits[kind] ?? 0) & has) > 0, none)
      if (!way) continue
      planned++
      // Three in four of what has an address are heard of before the next rung.
      if (((bits[way.address] ?? 0) & has) > 0 && home % 4 > 0) there[home] = 1
    }
  }
  return { planned, doors }
}

export function planHomes(json: boolean) {
  const before = performance.now()
  let planned = 0
  let doors = 0
  let most = 0
  for (let commune = 0; commune < communes; commune++) {
    const found = planCommune(commune)
    planned += found.planned
    doors += found.doors
    if (commune % 100 === 0) most = Math.max(most, process.memoryUsage().rss)
  }
  const seconds = (performance.now() - before) / 1000
  const homes = communes * homesEach
  const about = {
    bench: 'cascade',
    case: `${homes} homes of ${communes} communes by the decisions alone: steps of homes planned`,
  }
  print({ ...about, value: planned / seconds, unit: 'a second' }, json)
  print({ ...about, case: 'the same: all of it', value: seconds, unit: 's' }, json)
  print({ ...about, case: 'the same: memory at most', value: most / 2 ** 20, unit: 'MiB' }, json)
  print({ ...about, case: 'the same: homes for the door', value: doors, unit: 'homes' }, json)
}
