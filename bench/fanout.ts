// Planning and storing the deliveries of a message, beside the bare INSERT … SELECT of the same columns into the same table.
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { addChannel } from '#channels'
import { send } from '#delivery'
import { testMessage } from '#testing/message'
import { planStep } from '../modules/delivery/plan.ts'
import { makeCommunes, startGround, type BenchCommune, type Ground } from './ground.ts'
import { nothing } from './nothing.ts'
import { print } from './print.ts'

const villages = 32
const homes = 250
const rounds = 3
const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!
const ms = async (work: () => Promise<unknown>) => {
  const start = performance.now()
  await work()
  return performance.now() - start
}

/** Communes and the units named in each: whole communes, then some villages of one more. */
function audience(communes: BenchCommune[], wanted: number): { tenant: number; units: string[]; villages: string[] }[] {
  const whole = Math.floor(wanted / (villages * homes))
  const rest = Math.round((wanted - whole * villages * homes) / homes)
  const some = communes[whole]
  return [
    ...communes.slice(0, whole).map(c => ({ tenant: c.tenant, units: [c.unit], villages: c.villages })),
    ...(rest && some
      ? [{ tenant: some.tenant, units: some.villages.slice(0, rest), villages: some.villages.slice(0, rest) }]
      : []),
  ]
}

/** The same rows, columns, indexes and partitions, in one statement, with nothing asked. */
async function bare({ sql }: Ground, to: { tenant: number; villages: string[] }[]) {
  const published = newId()
  const at = new Date()
  return ms(
    () => sql`
      insert into loa.delivery (commune_id, published_id, household_id, channel, step, unit_id, state, is_emergency, due_at, changed_at)
      select s.commune_id, ${published}::uuid, s.household_id, 'nothing', 1, s.unit_id, 'planned', false, ${at}::timestamptz,
        ${at}::timestamptz
      from loa.household_stay s
      where s.commune_id = any(${to.map(t => t.tenant)}::int[]) and s.unit_id = any(${to.flatMap(t => t.villages)}::uuid[])`,
  )
}

interface Ours {
  plan: number
  publish: number[]
}

async function ours({ process: { app }, sql }: Ground, to: { tenant: number; units: string[] }[]): Promise<Ours> {
  const sent: { tenant: number; publishedId: string }[] = []
  const publish: number[] = []
  for (const { tenant, units } of to)
    publish.push(
      await ms(async () => {
        const message = testMessage(tenant, units)
        const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
        sent.push({ tenant, publishedId })
      }),
    )
  const plan = await ms(async () => {
    for (const one of sent) await planStep(app, { ...one, step: 1, channel: 'nothing' })
  })
  return { plan, publish }
}

const useNothing = (sql: Ground['sql']) => {
  const rung = [{ channel: 'nothing', after: 0 }]
  const body = { normal: rung, priority: rung, emergency: rung }
  return sql`update loa.rule_pack set body = ${sql.json(body)} where kind = 'ladder'`
}

async function compare(ground: Ground, communes: BenchCommune[], wanted: number, json: boolean) {
  const to = audience(communes, wanted)
  const found: { ours: Ours; bare: number }[] = []
  for (let n = 0; n < (wanted > 500_000 ? 1 : rounds); n++) {
    await ground.sql`truncate loa.delivery`
    await ground.sql`checkpoint`
    const first = n % 2 ? await bare(ground, to) : undefined
    const mine = await ours(ground, to)
    found.push({ ours: mine, bare: first ?? (await bare(ground, to)) })
  }
  const value = median(found.map(f => f.ours.plan))
  const yardstick = median(found.map(f => f.bare))
  const ratio = median(found.map(f => f.ours.plan / f.bare))
  const about = { bench: 'fanout', unit: 'ms', target: '≤ 2.5 × the bare INSERT … SELECT', met: ratio <= 2.5 }
  print({ ...about, case: `${wanted} homes planned`, value, yardstick, ratio }, json)
  const all = found.flatMap(f => f.ours.publish).toSorted((a, b) => a - b)
  const publish = all[Math.ceil(all.length * 0.95) - 1]!
  const slowest = { bench: 'fanout', unit: 'ms', target: '≤ 150 ms', met: publish <= 150 }
  print({ ...slowest, case: `${wanted} homes: publishing of a commune (p95)`, value: publish }, json)
}

export async function run(json: boolean) {
  addChannel(nothing)
  const ground = await startGround()
  try {
    await useNothing(ground.sql)
    const communes = await makeCommunes(ground.sql, 125, villages, homes)
    // Plans and connections warm, as in a server that runs.
    await ours(ground, audience(communes, 8000))
    for (const wanted of [1000, 25_000, 250_000, 1_000_000]) await compare(ground, communes, wanted, json)
  } finally {
    await ground.stop()
  }
}
