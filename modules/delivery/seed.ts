import type { Db } from '#core/db'
import { makeMonths } from './months.ts'
import { seedLadder } from './store/ladder.ts'

/** What the product ships: the ladder that holds where a commune has set none, and the months that receipts fall into. */
export async function seed(db: Db) {
  await seedLadder(db)
  await makeMonths(db)
}
