// Deliveries claimed, rendered, handed to a channel that does nothing, and finished; and an emergency while a bulk drains.
import { inTransaction } from '#core/db'
import { outside } from '#core/ids'
import { addChannel } from '#channels'
import { send } from '#delivery'
import { testMessage } from '#testing/message'
import { drainOthers } from '../modules/delivery/next-step.ts'
import { planStep } from '../modules/delivery/plan.ts'
import { makeCommunes, pause, startGround, type BenchCommune, type Ground } from './ground.ts'
import { nothing, nothingProven, taken } from './nothing.ts'
import { print } from './print.ts'

const villages = 32
const homes = 250
const perSecond = (count: number, ms: number) => (count * 1000) / ms

export const useChannel = ({ sql }: Ground, channel: string) => {
  const rung = [{ channel, after: 0 }]
  const body = { normal: rung, priority: rung, emergency: [{ channel: 'nothing', after: 0 }] }
  return sql`update loa.rule_pack set body = ${sql.json(body)} where kind = 'ladder'`
}

export async function planAll({ process: { app }, sql }: Ground, communes: BenchCommune[], channel: string) {
  for (const { tenant, unit } of communes) {
    const { publishedId } = await inTransaction(sql, tx => send(app, tx, testMessage(tenant, [unit])))
    await planStep(app, { tenant, publishedId, step: 1, channel })
  }
}

export const left = async ({ sql }: Ground, state: string) => {
  const [row] = await sql<{ n: number }[]>`select count(*) as n from loa.delivery where state = ${state}`
  return row!.n
}

/** Everything planned is drained by one worker process. */
async function drained(ground: Ground, communes: BenchCommune[], channel: string) {
  await useChannel(ground, channel)
  await planAll(ground, communes, channel)
  await ground.sql`vacuum analyze loa.delivery`
  const count = await left(ground, 'planned')
  taken.count = 0
  const start = performance.now()
  while (taken.count < count) await drainOthers(ground.process.app)
  const ms = performance.now() - start
  const finished = await left(ground, 'handed_over')
  if (finished !== count || taken.count !== count)
    throw new Error(`${count} planned, ${taken.count} taken, ${finished} finished`)
  await ground.sql`truncate loa.delivery`
  return { count, ms }
}

/** The yardstick: claim and finish in SQL alone, as many at a time, nothing rendered, nothing looked up. */
async function bareQueue(ground: Ground, communes: BenchCommune[]) {
  const { sql } = ground
  await planAll(ground, communes, 'nothing')
  await sql`vacuum analyze loa.delivery`
  const count = await left(ground, 'planned')
  const one = async (tenant: number) => {
    for (;;) {
      const at = new Date()
      const rows = await sql<{ household_id: string; published_id: string }[]>`
        update loa.delivery d set state = 'intent', leased_until = ${at}, tries = 1, changed_at = ${at}
        from (select published_id, household_id from loa.delivery
          where commune_id = ${tenant} and state = 'planned' limit 500 for update skip locked) t
        where d.commune_id = ${tenant} and d.published_id = t.published_id and d.household_id = t.household_id
        returning d.household_id, d.published_id`
      if (!rows.length) return
      await sql`
        update loa.delivery set state = 'handed_over', leased_until = null, changed_at = ${at}
        where commune_id = ${tenant} and published_id = ${rows[0]!.published_id} and household_id = any(${rows.map(r => r.household_id)}::uuid[])`
    }
  }
  const waiting = communes.map(c => c.tenant)
  const start = performance.now()
  await Promise.all(
    Array.from({ length: 4 }, async () => {
      for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await one(next)
    }),
  )
  const ms = performance.now() - start
  await sql`truncate loa.delivery`
  return { count, ms }
}

/** Twenty emergencies, each to a commune, while a worker drains a bulk: publication → first hand-over. */
async function emergencies(ground: Ground, communes: BenchCommune[]): Promise<number[]> {
  const { app } = ground.process
  await useChannel(ground, 'nothing')
  await ground.process.start({ web: false, worker: true })
  for (const { tenant, unit } of communes)
    await inTransaction(ground.sql, tx => send(app, tx, testMessage(tenant, [unit])))
  while (!taken.count) await pause(50)
  const waits: number[] = []
  for (const { tenant, unit } of communes.slice(-20)) {
    const start = performance.now()
    const message = testMessage(tenant, [unit], { class: 'emergency' })
    const { publishedId } = await inTransaction(ground.sql, tx => send(app, tx, message))
    const key = outside(tenant, publishedId)
    while (!taken.firstAt.has(key) && performance.now() - start < 30_000) await pause(5)
    waits.push((taken.firstAt.get(key) ?? Infinity) - start)
    await pause(100)
  }
  const lanes = await ground.sql`select 1 from loa.delivery_lane where not is_emergency limit 1`
  const steps = await ground.sql`select 1 from loa.ladder_step where state in ('waiting', 'running') limit 1`
  if (!lanes.length && !steps.length) throw new Error('the bulk was over before the last emergency: make it larger')
  return waits
}

/** @param bulkCommunes by default a million homes */
export async function run(json: boolean, bulkCommunes = 125) {
  addChannel(nothing)
  addChannel(nothingProven)
  const ground = await startGround()
  try {
    const communes = await makeCommunes(ground.sql, bulkCommunes, villages, homes)
    const some = communes.slice(0, 20)
    await drained(ground, communes.slice(0, 2), 'nothing')
    const yardstick = await bareQueue(ground, some)
    const [ours, proven] = [await drained(ground, some, 'nothing'), await drained(ground, some, 'nothing-proven')]
    const bare = perSecond(yardstick.count, yardstick.ms)
    for (const [name, { count, ms }] of [
      [`${ours.count} deliveries`, ours],
      [`${proven.count} deliveries, each home’s “sent” written too`, proven],
    ] as const) {
      const value = perSecond(count, ms)
      const target = '≥ 10,000 a second'
      const about = {
        bench: 'drain',
        unit: 'a second',
        yardstick: bare,
        ratio: value / bare,
        target,
        met: value >= 10_000,
      }
      print({ ...about, case: name, value }, json)
    }
    const waits = (await emergencies(ground, communes)).toSorted((a, b) => a - b)
    const worst = waits.at(-1)!
    const middle = waits[Math.floor(waits.length / 2)]!
    print({ bench: 'drain', case: 'emergency during a bulk: first hand-over, median', value: middle, unit: 'ms' }, json)
    const target = '< 1,000 ms'
    const about = { bench: 'drain', unit: 'ms', target, met: worst < 1000 }
    const bulk = bulkCommunes * villages * homes
    print({ ...about, case: `emergency during a bulk of ${bulk}: first hand-over, worst of 20`, value: worst }, json)
  } finally {
    await ground.stop()
  }
}
