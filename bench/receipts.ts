// Evidence over HTTP, answered after its commit: one at a time from many phones, and what was kept without a network.
import { outside } from '#core/ids'
import { recount } from '#delivery'
import { makeCommunes, startGround, type BenchCommune, type Ground } from './ground.ts'
import { callers, homesOf, serveHttp, sessionsFor } from './http.ts'
import { makeNotices } from './notices.ts'
import { print } from './print.ts'

const seconds = 8

/** The yardstick: plain rows into the same table, as many a statement, nothing counted. */
async function bareInsert({ sql }: Ground, { tenant }: BenchCommune, homes: { id: string }[], rows: number) {
  const [p] = await sql<
    { id: string }[]
  >`select published_id as id from loa.publication where commune_id = ${tenant} order by published_id desc limit 1`
  const at = new Date()
  let n = 0
  const end = performance.now() + 3000
  const start = performance.now()
  while (performance.now() < end) {
    const some = homes.slice(0, rows)
    await sql`
      insert into loa.receipt (commune_id, published_id, id, household_id, level, channel, version, at, received_at)
      select ${-tenant}::int, ${p!.id}::uuid, gen_random_uuid(), h.id, 4, 'app', 1, ${at}::timestamptz, ${at}::timestamptz
      from unnest(${some.map(h => h.id)}::uuid[]) as h(id)`
    n += some.length
  }
  const value = (n * 1000) / (performance.now() - start)
  await sql`delete from loa.receipt where commune_id = ${-tenant}`
  return value
}

async function mustBeExact(ground: Ground, tenant: number) {
  const { differences, homes } = await recount(ground.sql, tenant)
  if (differences.length)
    throw new Error(`${differences.length} figures differ from a count: ${JSON.stringify(differences[0])}`)
  return homes
}

export async function run(json: boolean) {
  const ground = await startGround()
  const served = await serveHttp(ground)
  try {
    const [commune] = await makeCommunes(ground.sql, 1, 20, 250)
    const { tenant } = commune!
    const ids = await makeNotices(ground.sql, commune!, 250, 0.1)
    const homes = await homesOf(ground.sql, tenant)
    const tokens = await sessionsFor(
      ground.sql,
      tenant,
      homes.map(home => home.id),
    )
    // Notices of the whole commune: each home may prove each of them.
    const notices = ids
      .filter((_, n) => n % 5 < 2)
      .slice(-100)
      .map(id => outside(tenant, id))
    await ground.process.start({ web: true, worker: false })
    const single = await callers({
      kind: 'receipts',
      url: served.url,
      connections: 256,
      seconds,
      tokens: tokens.slice(0, 2000),
      notices,
    })
    const one = (single.requests * 1000) / single.ms
    const target = '≥ 3,000 a second'
    const about = { bench: 'receipts', unit: 'a second' } as const
    const bareOne = await bareInsert(ground, commune!, homes, 200)
    print(
      {
        ...about,
        case: `one a request, 256 connections, p99 ${single.p99.toFixed(0)} ms`,
        value: one,
        yardstick: bareOne,
        ratio: one / bareOne,
        target,
        met: one >= 3000,
      },
      json,
    )
    const batches = await callers({ kind: 'batches', url: served.url, connections: 20, seconds, tokens, notices })
    const many = (batches.requests * 100 * 1000) / batches.ms
    const bareMany = await bareInsert(ground, commune!, homes, 1000)
    print(
      {
        ...about,
        case: '100 a request, 20 connections',
        value: many,
        yardstick: bareMany,
        ratio: many / bareMany,
        target: '≥ 30,000 a second',
        met: many >= 30_000,
      },
      json,
    )
    if (single.failed || batches.failed) throw new Error(`${single.failed + batches.failed} answers were wrong`)
    const rows = await mustBeExact(ground, tenant)
    print(
      {
        bench: 'receipts',
        case: 'roll-ups equal a count',
        value: rows,
        unit: 'homes × notices',
        target: 'no difference',
        met: true,
      },
      json,
    )
  } finally {
    await served.close()
    await ground.stop()
  }
}
