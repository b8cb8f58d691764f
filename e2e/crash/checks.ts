// What must hold after everything was killed and started again.
import type { Sql } from '#core/db'
import { inside } from '#core/ids'
import { verifyTrail } from '#core/trail'
import { recount } from '#delivery'
import { books, takenTwice, type Books } from './books.ts'
import { untilNothingIsLeft } from './left.ts'
import type { Load } from './load.ts'
import type { ShortMessages } from './short-messages.ts'

function lost(what: string, ids: ReadonlySet<string>, rows: readonly { id: string }[]) {
  const there = new Set(rows.map(row => row.id))
  const gone = [...ids].filter(id => !there.has(id))
  return gone.length ? [`${gone.length} ${what} that were answered are lost, such as ${gone[0]!}`] : []
}

/** Phones go on answering meanwhile: what is looked for is what was answered before. */
async function lostWrites(sql: Sql, tenant: number, { ledger }: Load): Promise<string[]> {
  const notices = new Set([...ledger.notices].map(id => inside(id).id))
  const [receipts, visits] = [new Set(ledger.receipts), new Set(ledger.visits)]
  type Rows = { id: string }[]
  return [
    ...lost(
      'publications',
      notices,
      await sql<Rows>`select id from loa.notice where commune_id = ${tenant} and state = 'published'`,
    ),
    ...lost('receipts', receipts, await sql<Rows>`select id from loa.receipt where commune_id = ${tenant}`),
    ...lost('visits', visits, await sql<Rows>`select id from loa.visit where commune_id = ${tenant}`),
  ]
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

interface Played {
  load: Load
  sms: ShortMessages
}

export interface Verdict {
  wrong: string[]
  /** Pushes that came again, in the place of the first. */
  replaced: number
  /** Of the last round. */
  books: Books | undefined
}

/** Callers back wait, too, until they are heard. */
const unheard =
  ({ waiting }: ShortMessages) =>
  () =>
    waiting() ? [`nobody says yes to ${waiting()} calls back about short messages`] : []

/** @param isLast then everything must come to its end, too */
export async function check(sql: Sql, tenant: number, { load, sms }: Played, isLast: boolean): Promise<Verdict> {
  const left = isLast ? await untilNothingIsLeft(sql, tenant, unheard(sms)) : []
  const kept = isLast ? await books(sql, tenant, sms) : undefined
  const trail = await verifyTrail(sql, tenant)
  const wrong = [
    ...left,
    ...load.outbox.refused.splice(0),
    ...(await lostWrites(sql, tenant, load)),
    ...(await sums(sql, tenant)),
    ...doubles(load),
    ...takenTwice(sms),
    ...(kept?.wrong ?? []),
    ...(trail.isWhole ? [] : [`the trail is broken at ${trail.brokenAt}`]),
  ]
  const replaced = load.phones.reduce(
    (sum, phone) => sum + [...phone.arrivals.values()].reduce((more, n) => more + n - 1, 0),
    0,
  )
  return { wrong, replaced, books: kept }
}
