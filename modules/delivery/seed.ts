import type { Db } from '#core/db'
import { shipPack } from '#core/packs'
import { makeMonths } from './months.ts'
import { defaultLadder } from './ladder-pack.ts'
import { defaultTopics } from './optional.ts'

/** What the product ships: the packs that hold where a commune has set none, and the months that receipts fall into. */
export async function seed(db: Db) {
  await shipPack(db, defaultLadder)
  await shipPack(db, defaultTopics)
  await makeMonths(db)
}
