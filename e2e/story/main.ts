// `npm run story`: a day of the commune in a minute, against real server processes, speaking HTTP alone.
//   --seed N   --villages N (the first ones only)   --channels (over every provider's simulator)
//   --without doors   --without push   --without callbacks (a planted fault: what providers and people tell is lost)
import '../../core/tsx.ts'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { connect } from '#core/db'
import { inside } from '#core/ids'
import { differences, fromBook, fromEvidence, fromScreen, type Reach, type VillageFigures } from './figures.ts'
import { printChannels, tally } from './channels/tally.ts'
import { playStory, type Played } from './play.ts'
import { printTable, printTimeline, sumOf } from './print.ts'
import { stage } from './stage.ts'

const root = join(import.meta.dirname, '..', '..')
const say = (line: string) => {
  console.log(line)
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    villages: { type: 'string' },
    without: { type: 'string', multiple: true, default: [] },
    channels: { type: 'boolean', default: false },
    out: { type: 'string', default: join(root, 'story.json') },
  },
})

/** `loa …` as an operator would ask it. */
function loa(databaseUrl: string, dataDir: string, ...words: string[]): Record<string, unknown> {
  const done = spawnSync(process.execPath, ['cli/loa.ts', ...words, '--json'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl, DATA_DIR: dataDir, DEMO: '1' },
    encoding: 'utf8',
  })
  if (done.status !== 0) console.error(done.stderr)
  return { ...(JSON.parse(done.stdout.split('\n')[0] || '{}') as object), code: done.status }
}

async function recount(databaseUrl: string, played: Played) {
  const sql = connect(databaseUrl, 2)
  try {
    return await fromEvidence(sql, inside(played.noticeId).id, played.plot.villages)
  } finally {
    await sql.end()
  }
}

const minuteOf = (at: string, from: number) => Math.round((Date.parse(at) - from) / 60_000)

function write(played: Played, figures: VillageFigures[], reach: Reach, trail: Record<string, unknown>) {
  const sum = sumOf(figures)
  const curve = reach.curve.map(({ at, reached }) => ({ minute: minuteOf(at, played.publishedAt), reached }))
  const story = { commune: played.plot.commune, households: sum.households, villages: figures, curve, trail }
  writeFileSync(values.out, `${JSON.stringify(story, undefined, 1)}\n`)
}

async function main(): Promise<number> {
  const begun = performance.now()
  const { place, world, stop } = await stage({ seed: Number(values.seed), villages: values.villages, say })
  // Ctrl-C, or a test that lost its patience: the servers and the database go too.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void stop().then(() => process.exit(130)))
  const seed = Number(values.seed)
  const atEnd: (() => unknown)[] = []
  try {
    const without = new Set(values.without)
    const played = await playStory(world, { seed, without, withChannels: values.channels, atEnd, say })
    const { channels } = played
    const counted = channels && (await tally(channels, played.noticeId))
    const { net, officer, villages, book } = played.plot
    const { reach, figures } = await fromScreen(net, officer, played.noticeId, villages)
    const mine = fromBook(book.of(played.noticeId), villages)
    const evidence = await recount(place.databaseUrl, played)
    const trail = loa(place.databaseUrl, place.dataDir, 'verify-trail', '--commune', '07615')
    const rollups = loa(place.databaseUrl, place.dataDir, 'recount', '--commune', '07615')
    printTimeline(played.plot.timeline, say)
    printTable(mine, say)
    write(played, mine, reach, trail)
    const sum = sumOf(mine)
    const left = sum.households - sum.accountedFor
    if (channels && counted) printChannels(channels, counted, left, say)
    const wrong = [
      ...(counted?.wrong ?? []),
      ...differences('story and screen', mine, figures),
      ...differences('story and evidence', mine, evidence),
      ...(sum.accountedFor === sum.households
        ? []
        : [`${sum.households - sum.accountedFor} homes are not accounted for`]),
      ...(trail['isWhole'] === true ? [] : ['the trail does not verify']),
      ...(rollups['code'] === 0 ? [] : ['roll-ups differ from a count']),
    ]
    for (const line of wrong.slice(0, 20)) console.error(`✗ ${line}`)
    say(`\n${net.asked} requests, ${Math.round((performance.now() - begun) / 1000)} s; ${values.out}`)
    if (!wrong.length) say(`✓ ${sum.households} hộ: ai cũng đã biết, hoặc đã có người chịu trách nhiệm`)
    return wrong.length ? 1 : 0
  } finally {
    await stop()
    await Promise.all(atEnd.map(stopOne => stopOne()))
  }
}

process.exitCode = await main()
