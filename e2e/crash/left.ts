// What servers still have to do after the last kill, and when that is too long: told by what stands in the tables, never by a guess.
import { setTimeout as sleep } from 'node:timers/promises'
import { iso } from '#core/clock'
import type { Sql } from '#core/db'

/** Rows of one kind that are not at their end. */
interface Left {
  what: string
  state: string
  reason: string | null
  count: number
  dueFrom: Date | null
  dueTo: Date | null
  leasedTo: Date | null
  tries: number | null
}

/** Doors wait for people; all else is a server's, and the played ladder lets none of it wait for a later hour. */
const leftNow = (sql: Sql, tenant: number) => sql<Left[]>`
  select 'delivery by ' || channel as what, state, reason, count(*)::int as count, min(due_at) as "dueFrom", max(due_at) as "dueTo",
    max(leased_until) as "leasedTo", max(tries)::int as tries
  from loa.delivery where commune_id = ${tenant} and state in ('planned', 'intent') group by 1, 2, 3
  union all
  select 'step of ' || channel, state, null, count(*)::int, min(due_at), max(due_at), max(leased_until), null
  from loa.ladder_step where commune_id = ${tenant} and channel <> 'door' and state in ('waiting', 'running') group by 1, 2
  union all
  select 'word heard too early of a part', h.state, null, count(*)::int, null, null, null, null
  from loa.part_heard h join loa.handed_part p
    on p.commune_id = h.commune_id and p.account_id = h.account_id and p.provider_id = h.provider_id
  where h.commune_id = ${tenant} group by 1, 2
  order by 1, 2, 3`

/** More than twice a dead worker's lease: where nothing has come further for so long, nothing will. */
const patienceMs = 300_000

const moment = (at: Date | null) => (at ? iso(at) : 'never')

const said = ({ what, state, reason, count, dueFrom, dueTo, leasedTo, tries }: Left) =>
  `${count} × ${what} stays ${state}${reason ? ` (${reason})` : ''}: due ${moment(dueFrom)} … ${moment(dueTo)}, ` +
  `leased until ${moment(leasedTo)}${tries === null ? '' : `, tried ${tries} times at most`}; now ${iso(new Date())}`

/** What stands around rows that nobody takes up: lanes, and jobs in their queues. */
async function around(sql: Sql, tenant: number): Promise<string[]> {
  const [lanes, jobs] = await Promise.all([
    sql<{ channel: string; at: Date }[]>`
      select channel, due_at as at from loa.delivery_lane where commune_id = ${tenant} order by 1`,
    sql<{ name: string; state: string; count: number }[]>`
      select name, state::text, count(*)::int as count from loa_jobs.job where state::text <> 'completed' group by 1, 2 order by 1, 2`,
  ])
  return [
    ...lanes.map(lane => `lane of ${lane.channel}: due ${moment(lane.at)}`),
    ...jobs.map(job => `${job.count} × job ${job.name}: ${job.state}`),
  ]
}

/**
 * Waits until servers have nothing more to do; what dead workers held is taken up when their leases are over.
 * @param open further work that must be done, in words
 * @returns what is left when nothing has moved for long
 */
export async function untilNothingIsLeft(sql: Sql, tenant: number, open: () => string[]): Promise<string[]> {
  let before = ''
  let movedAt = performance.now()
  for (;;) {
    const [rows, others] = [await leftNow(sql, tenant), open()]
    if (!rows.length && !others.length) return []
    const now = JSON.stringify([rows.map(({ what, state, count, tries }) => [what, state, count, tries]), others])
    if (now !== before) movedAt = performance.now()
    before = now
    if (performance.now() - movedAt > patienceMs) return [...rows.map(said), ...others, ...(await around(sql, tenant))]
    await sleep(250)
  }
}
