import type { Caller } from '#core/caller'
import type { Db } from '#core/db'
import { newId } from '#core/ids'
import { record } from '#core/trail'
import { insertLooks } from './store-homes.ts'

/**
 * Notes that somebody saw names: a row for each home, shown to that home, and one entry of the trail with the ids.
 * A home that looks at itself is not noted; who acts for it is.
 * @param what `list`, `home`, `phone`, `doors`, `reach`, `export`, `assist`
 */
export async function lookAt(db: Db, caller: Caller, tenant: number, householdIds: readonly string[], what: string) {
  const homes = [...new Set(householdIds)].filter(id => caller.helper || id !== caller.household)
  if (!homes.length) return
  const who = caller.helper ?? caller
  const by = {
    account: who.account ?? null,
    post: who.post ?? null,
    role: who.role ?? null,
    unit: who.unit ?? null,
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
