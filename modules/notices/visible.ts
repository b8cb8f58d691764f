// Who may read a notice: those over its author, those it is for, and homes.
import type { Caller } from '#core/caller'
import type { Db } from '#core/db'
import { inside, insideOf, type Inside } from '#core/ids'
import type { App, PlaceOf } from '#core/module'
import { Problem } from '#core/problem'
import { may, seesMembers } from '#access'
import { findNotice, lockNotice, type NoticeRow } from './store/notices.ts'
import { hasGot } from './store/homes.ts'

export interface Readable {
  row: NoticeRow
  /** `over`: wrote it or stands above who did · `audience`: it reaches this post · `home`: a resident. */
  as: 'over' | 'audience' | 'home'
  /** A private text that this reader, though over it, is not shown: he sees figures alone. */
  isKept: boolean
}

const isOut = (row: NoticeRow) => row.published_at !== null

const touches = (path: string, paths: readonly string[]) =>
  paths.some(one => one.startsWith(path) || path.startsWith(one))

async function reachesPost(db: Db, caller: Caller, row: NoticeRow): Promise<boolean> {
  if (!isOut(row)) return false
  if (row.is_internal) return Boolean(caller.post) && hasGot(db, row.commune_id, row.id, [caller.post!])
  if (caller.group && row.audience.groups.includes(caller.group)) return true
  return !row.is_private && Boolean(caller.path) && touches(caller.path!, row.audience_paths)
}

/** Where a notice stands. What is for a cell stands in no unit: there its author alone acts on it, in his own. */
export const standing = (caller: Caller, row: NoticeRow) => ({
  tenant: row.commune_id,
  path: row.unit_path || (caller.post && caller.post === row.author_post ? caller.path : undefined),
  group: row.group_id ?? undefined,
  author: row.author_post ?? undefined,
})

/**
 * What is for a group that nobody may know one belongs to (a loan, the Party) says it of each home that gets it: its author and
 * the group read it, and who keeps the group's book. A private text never leaves its commune either.
 */
const isKeptFrom = (caller: Caller, row: NoticeRow) => {
  const { groups } = row.audience
  if (!row.is_private || (caller.post && row.author_post === caller.post)) return false
  if (caller.group && groups.includes(caller.group)) return false
  return row.commune_id !== caller.tenant || (groups.length > 0 && !seesMembers(caller))
}

async function forStaff(app: App, caller: Caller, row: NoticeRow): Promise<Readable | undefined> {
  if ((await may(app, caller, 'notice.see', standing(caller, row))) || (caller.post && row.author_post === caller.post))
    return { row, as: 'over', isKept: isKeptFrom(caller, row) }
  return row.commune_id === caller.tenant && (await reachesPost(app.sql, caller, row))
    ? { row, as: 'audience', isKept: false }
    : undefined
}

async function forHome(db: Db, caller: Caller, id: string): Promise<Readable | undefined> {
  const row = await findNotice(db, caller.tenant!, id)
  if (!row || !isOut(row) || row.is_internal) return undefined
  // Whether this home got it or not: who acts for it shall not learn that either.
  if (row.is_private && caller.helper) throw new Problem('assist_private')
  const homes = [caller.household!, ...(caller.otherHomes ?? [])]
  if (row.is_private && !(await hasGot(db, caller.tenant!, id, homes))) return undefined
  return { row, as: 'home', isKept: false }
}

const readId = (text: unknown): Inside | undefined => {
  try {
    return inside(String(text))
  } catch {
    return undefined
  }
}

/** A call with the origin's id means the caller's own commune's copy. Undefined: it is not for this caller, or is not there. */
async function findReadable(app: App, caller: Caller, text: unknown): Promise<Readable | undefined> {
  const found = readId(text)
  if (!found || caller.tenant === undefined) return undefined
  if (caller.kind === 'resident') return forHome(app.sql, caller, found.id)
  for (const tenant of new Set([found.tenant, caller.tenant])) {
    const row = await findNotice(app.sql, tenant, found.id)
    const readable = row && (await forStaff(app, caller, row))
    if (readable) return readable
  }
  return undefined
}

/** Where a notice stands for this caller: whom it reaches acts on it in his own unit. Others learn nothing of it. */
export const placeOfNotice: PlaceOf = async (app, value, _, caller) => {
  const found = await findReadable(app, caller, value)
  if (!found) return undefined
  const { row, as } = found
  const author = row.author_post ?? undefined
  if (as === 'home') return [{ tenant: row.commune_id, household: caller.household }]
  if (as === 'audience') return [{ tenant: row.commune_id, path: caller.path, group: caller.group, author }]
  return [standing(caller, row)]
}

/** @throws Problem not_found */
export async function getReadable(app: App, caller: Caller, text: string): Promise<Readable> {
  const found = await findReadable(app, caller, text)
  if (!found || found.isKept) throw new Problem('not_found')
  return found
}

/** The caller's own commune's notice, held for a change. @throws Problem not_found */
export async function getForChange(
  tx: Parameters<typeof lockNotice>[0],
  caller: Caller,
  text: string,
): Promise<NoticeRow> {
  const row = await lockNotice(tx, caller.tenant!, insideOf(caller.tenant!, text))
  if (!row) throw new Problem('not_found')
  return row
}
