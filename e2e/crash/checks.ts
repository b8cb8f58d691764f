// What must hold after everything was killed and started again.
import { setTimeout as sleep } from 'node:timers/promises'
import type { Sql } from '#core/db'
import { inside } from '#core/ids'
import { verifyTrail } from '#core/trail'
import { recount } from '#delivery'
import type { Load } from './load.ts'

interface Unfinished {
  what: string
  state: string
  count: number
}

/** Waits until everything due is handed over; pushes are taken up by whoever runs now. @returns what is left after more than a dead worker's lease */
async function unfinished(sql: Sql, tenant: number): Promise<Unfinished[]> {
  for (let n = 0; ; n++) {
    const rows = await sql<Unfinished[]>`
      select 'delivery by ' || channel as what, state, count(*)::int as count from loa.delivery
      where commune_id = ${tenant} and state in ('planned', 'intent', 'uncertain') group by 1, 2
      union all
      select 'step of ' || channel, state, count(*)::int from loa.ladder_step
      where commune_id = ${tenant} and channel = 'push' and state not in ('done', 'stopped') group by 1, 2`
    if (!rows.length || n > 800) return rows
    await sleep(250)
  }
}

function lost(what: string, ids: ReadonlySet<string>, rows: readonly { id: string }[]) {
  const there = new Set(rows.map(row => row.id))
  const gone = [...ids].filter(id => !there.has(id))
  return gone.length ? [`${gone.length} ${what} that were answered are lost, such as ${gone[0]!}`] : []
}

async function lostWrites(sql: Sql, tenant: number, { ledger }: Load): Promise<string[]> {
  const notices = new Set([...ledger.notices].map(id => inside(id).id))
  const found = [
    lost(
      'publications',
      notices,
      await sql<{ id: string }[]>`
      select id from loa.notice where commune_id = ${tenant} and state = 'published'`,
    ),
    lost(
      'receipts',
      ledger.receipts,
      await sql<{ id: string }[]>`
      select id from loa.receipt where commune_id = ${tenant}`,
    ),
    lost(
      'visits',
      ledger.visits,
      await sql<{ id: string }[]>`
      select id from loa.visit where commune_id = ${tenant}`,
    ),
  ]
  return found.flat()
}

/** Each home × message in one level, and the levels of a village add up to its homes. */
async function sums(sql: Sql, tenant: number): Promise<string[]> {
  const rows = await sql`
    select published_id from loa.reach_unit where commune_id = ${tenant}
      and households <> none + sent + exposed + delivered + seen + acknowledged + acted`
  const counted = await recount(sql, tenant)
  return [
    ...rows.map(row => `the levels of ${String(row['published_id'])} do not add up`),
    ...counted.differences.map(one => `${one.what} is kept as ${one.kept} and counted as ${one.counted}`),
  ]
}

/** With a key or a topic a home sees a message once, however often it was handed over. */
function doubles({ phones }: Load): string[] {
  return phones.flatMap(phone => {
    const shown = Map.groupBy(phone.screen.values(), noticeId => noticeId)
    return [...shown.entries()].filter(([, all]) => all.length > 1).map(([id]) => `${phone.home} sees ${id} twice`)
  })
}

export interface Verdict {
  wrong: string[]
  /** Pushes that came again, in the place of the first. */
  replaced: number
}

/** @param isLast then everything must come to its end, too */
export async function check(sql: Sql, tenant: number, load: Load, isLast: boolean): Promise<Verdict> {
  const left = isLast ? await unfinished(sql, tenant) : []
  const trail = await verifyTrail(sql, tenant)
  const wrong = [
    ...left.map(({ what, state, count }) => `${count} × ${what} stays ${state}`),
    ...load.outbox.refused.splice(0),
    ...(await lostWrites(sql, tenant, load)),
    ...(await sums(sql, tenant)),
    ...doubles(load),
    ...(trail.isWhole ? [] : [`the trail is broken at ${trail.brokenAt}`]),
  ]
  const replaced = load.phones.reduce(
    (sum, phone) => sum + [...phone.arrivals.values()].reduce((more, n) => more + n - 1, 0),
    0,
  )
  return { wrong, replaced }
}
