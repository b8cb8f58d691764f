import type { Db } from '#core/db'
import { makeMonths } from './months.ts'
import { seedPacks } from './store/ladder.ts'

/** What the product ships: the packs that hold where a commune has set none, and the months that receipts fall into. */
export async function seed(db: Db) {
  await seedPacks(db)
  await makeMonths(db)
}
