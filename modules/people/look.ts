import type { Caller } from '#core/caller'
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { firstIdAt, newId } from '#core/ids'
import { record } from '#core/trail'
import { homesSeenSince, insertLooks } from './store-homes.ts'

/** Lists that ask again every minute while they stand open: that is one look, and one more after so long. */
const refreshing: ReadonlySet<string> = new Set(['doors', 'question'])
const openMs = 30 * 60_000

/**
 * Notes that somebody saw names: a row for each home, shown to that home, and one entry of the trail with the ids.
 * A home that looks at itself is not noted; who acts for it is.
 * @param what `list`, `home`, `phone`, `doors`, `reach`, `export`, `assist`, `question`, `group`, `card`
 */
export async function lookAt(db: Db, caller: Caller, tenant: number, householdIds: readonly string[], what: string) {
  const homes = [...new Set(householdIds)].filter(id => caller.helper || id !== caller.household)
  const who = caller.helper ?? caller
  const by = {
    account: who.account ?? null,
    post: who.post ?? null,
    role: who.role ?? null,
    unit: who.unit ?? null,
    what,
  }
  const since = firstIdAt(new Date(now().getTime() - openMs))
  const seen = refreshing.has(what) ? await homesSeenSince(db, tenant, by, homes, since) : new Set<string>()
  const anew = homes.filter(id => !seen.has(id))
  if (!anew.length) return
  await insertLooks(
    db,
    tenant,
    by,
    anew.map(home => ({ id: newId(), home })),
  )
  await record(db, { tenant, what: 'household.looked', by: caller, data: { what, households: anew } })
}
