// Before sending: how many homes, in which villages, and how many of them nothing of ours finds.
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { contactKindsReached, phoneKindsReached } from '#channels'
import type { Audience } from './audience.ts'
import { countNow, countPostsNow, type PreviewRow } from './store/preview.ts'
import { whomOf } from './send.ts'

export interface Preview {
  /** Homes; posts of an internal message. */
  households: number
  /** Homes that only a person at the door will reach. */
  unreachable: number
  villages: PreviewRow[]
}

/** @param author its own post is left out, as sending does */
export async function preview(
  db: Db,
  {
    tenant,
    audience,
    kind,
    author,
  }: { tenant: number; audience: Audience; kind: 'home' | 'post'; author?: string | undefined },
): Promise<Preview> {
  const whom = whomOf(tenant, audience, now())
  if (kind === 'post') return { households: await countPostsNow(db, whom, author), unreachable: 0, villages: [] }
  const reaching = { phoneKinds: phoneKindsReached(), contactKinds: await contactKindsReached(db, tenant) }
  const villages = await countNow(db, whom, reaching)
  return {
    households: villages.reduce((sum, v) => sum + v.households, 0),
    unreachable: villages.reduce((sum, v) => sum + v.unreachable, 0),
    villages,
  }
}
