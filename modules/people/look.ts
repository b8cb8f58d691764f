import type { Caller } from '#core/caller'
import type { Db } from '#core/db'
import { newId } from '#core/ids'
import { record } from '#core/trail'
import { insertLooks } from './store-homes.ts'

/**
 * Notes that somebody saw names: a row for each home, shown to that home, and one entry of the trail with the ids.
 * A home that looks at itself is not noted.
 * @param what `list`, `home`, `phone`, `doors`, `reach`, `export`
 */
export async function lookAt(db: Db, caller: Caller, tenant: number, householdIds: readonly string[], what: string) {
  const homes = [...new Set(householdIds)].filter(id => id !== caller.household)
  if (!homes.length) return
  const by = {
    account: caller.account ?? null,
    post: caller.post ?? null,
    role: caller.role ?? null,
    unit: caller.unit ?? null,
    what,
  }
  await insertLooks(
    db,
    tenant,
    by,
    homes.map(home => ({ id: newId(), home })),
  )
  await record(db, { tenant, what: 'household.looked', by: caller, data: { what, households: homes } })
}
