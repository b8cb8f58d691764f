import { now } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import type { StaffRole } from './roles.ts'
import { findTitle, holdersAt, holdersOfOne, type Holder } from './store/posts.ts'

/** Holders, deputies and stand-ins of a moment: whom a task goes to. Empty `unitIds` means none, absent means any. */
export const holdersOf = (
  db: Db,
  of: { tenant: number; roles: readonly StaffRole[]; unitIds?: readonly string[]; groupId?: string },
  at = now(),
): Promise<Holder[]> => holdersAt(db, { ...of, unitIds: of.unitIds ?? null, groupId: of.groupId ?? null }, at)

/** Who holds, deputises or stands in for one post now, wherever it stands. */
export const holdersOfPost = (db: Db, post: string): Promise<Holder[]> => holdersOfOne(db, post, now())

/** What the post is called. @throws Problem not_found */
export async function postTitle(db: Db, post: string): Promise<string> {
  const title = await findTitle(db, post)
  if (title === undefined) throw new Problem('not_found')
  return title
}
