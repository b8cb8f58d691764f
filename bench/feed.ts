// A home's first page over HTTP with its session checked, against the same statement in bare SQL in the same run.
import { askingNow } from '../modules/delivery/store/feed.ts'
import { feedStatement } from './feed-statement.ts'
import { makeCommunes, startGround, type BenchCommune, type Ground } from './ground.ts'
import { callers, homesOf, serveHttp, sessionsFor, type Served } from './http.ts'
import { makeNotices } from './notices.ts'
import { print, type Figure } from './print.ts'

const seconds = 8

/** The statement alone, so many at a time on the same pool, rows as the driver gives them. */
async function bare({ sql }: Ground, { tenant }: BenchCommune, homes: { id: string }[], connections: number) {
  const asking = await askingNow(sql, tenant, new Date())
  let n = 0
  const end = performance.now() + seconds * 500
  const start = performance.now()
  const one = async () => {
    while (performance.now() < end) {
      const { id } = homes[n++ % homes.length]!
      await feedStatement(sql, tenant, id, asking)
    }
  }
  await Promise.all(Array.from({ length: connections }, one))
  return (n * 1000) / (performance.now() - start)
}

async function measured(kind: 'feed' | 'unchanged', served: Served, tokens: string[], connections: number) {
  const found = await callers({ kind, url: served.url, connections, seconds, tokens })
  if (found.failed) throw new Error(`${found.failed} of ${found.requests} answers were wrong`)
  return { ...found, value: (found.requests * 1000) / found.ms }
}

interface Standing {
  ground: Ground
  served: Served
  commune: BenchCommune
  homes: { id: string }[]
  tokens: string[]
  json: boolean
}

const say = (figure: Omit<Figure, 'bench' | 'unit'>, json: boolean) =>
  print({ bench: 'feed', unit: 'a second', ...figure }, json)

async function pages({ ground, served, commune, homes, tokens, json }: Standing, among: string): Promise<number> {
  let first = 0
  for (const [connections, slowest] of [
    [8, 50],
    [64, 120],
  ] as const) {
    const yardstick = await bare(ground, commune, homes, connections)
    const { value, p99 } = await measured('feed', served, tokens, connections)
    const ratio = value / yardstick
    const met = (value >= 1500 && p99 < slowest) || ratio >= 0.6
    const target = `≥ 1,500 and p99 < ${slowest} ms, or ≥ 0.6 of bare SQL`
    const at = `${connections} connections${among}, p99 ${p99.toFixed(1)} ms`
    say({ case: at, value, yardstick, ratio, target, met }, json)
    first ||= value
  }
  return first
}

export async function run(json: boolean, communes = 100) {
  const ground = await startGround()
  const { sql } = ground
  const served = await serveHttp(ground)
  try {
    const [commune] = await makeCommunes(sql, 1, 40, 250)
    await makeNotices(sql, commune!, 10_000)
    const homes = await homesOf(sql, commune!.tenant)
    const tokens = await sessionsFor(
      sql,
      commune!.tenant,
      homes.map(home => home.id),
    )
    await ground.process.start({ web: true, worker: false })
    const standing: Standing = { ground, served, commune: commune!, homes, tokens, json }
    await measured('feed', served, tokens.slice(0, 500), 8)
    const alone = await pages(standing, '')
    const unchanged = await measured('unchanged', served, tokens.slice(0, 2000), 16)
    say(
      { case: 'unchanged pages (ETag)', value: unchanged.value, target: '≥ 4,000', met: unchanged.value >= 4000 },
      json,
    )
    await makeCommunes(sql, communes - 1, 40, 250, 1)
    const many = await pages(standing, ` among ${(communes * 10_000).toLocaleString('en')} homes`)
    const slower = alone / many
    const target = '≤ 1.3 × slower than with 10,000'
    print({ bench: 'feed', case: 'slower with many homes', value: slower, unit: '×', target, met: slower <= 1.3 }, json)
  } finally {
    await served.close()
    await ground.stop()
  }
}
