import type { Caller } from '#core/caller'
import { iso, today } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import type { Parsed } from '#core/operation'
import { Moment, Uuid } from '#core/shapes'
import { unitTitle } from '#units'
import { scopesOf, seesMembers } from '#access'
import type { notices } from './contract.ts'
import { listNotices, type ListedRow } from './store/notices.ts'

/** Where a list ordered by time, then id, goes on. @throws Problem bad_cursor */
export function momentAfter(cursor: string | undefined): { at: Date; id: string } | undefined {
  const [at, id] = readCursor(cursor, Moment, Uuid) ?? []
  return at && id ? { at: new Date(at), id } : undefined
}

const listed = (row: ListedRow, caller: Caller) => ({
  id: outside(row.commune_id, row.id),
  version: row.version,
  state: row.state,
  title: row.title,
  class: row.class,
  internal: row.is_internal,
  isPrivate: row.is_private,
  author: row.author_title ?? '',
  unit: row.unit_name === null ? '' : unitTitle({ kind: row.unit_kind ?? '', name: row.unit_name }),
  households: row.households,
  publishAt: row.publish_at ? iso(row.publish_at) : null,
  publishedAt: row.published_at ? iso(row.published_at) : null,
  madeAt: iso(row.made_at),
  isMine: Boolean(caller.post) && row.author_post === caller.post,
})

/** Newest first. */
export async function list(
  { state, mine, cursor, limit }: Parsed<typeof notices.list>,
  { db, caller }: { db: Db; caller: Caller },
) {
  const rows = await listNotices(db, {
    tenant: caller.tenant!,
    post: caller.post,
    path: caller.path,
    seesMembers: seesMembers(caller),
    seesBelow: Boolean(caller.path) && scopesOf(caller, 'notice.see').includes('below'),
    state,
    isMine: mine ?? false,
    before: readCursor(cursor, Uuid)?.[0],
    limit: limit + 1,
    day: today(),
  })
  const { items, next } = pageOf(rows, limit, row => [row.id])
  return { items: items.map(row => listed(row, caller)), next }
}
