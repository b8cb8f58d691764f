import type { Db } from '#core/db'
import { seedLadder } from './store/ladder.ts'

/** What the product ships: the ladder that holds where a commune has set none. */
export async function seed(db: Db) {
  await seedLadder(db)
}
