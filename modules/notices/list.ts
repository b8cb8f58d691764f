import type { Caller } from '#core/caller'
import { iso, today } from '#core/clock'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import type { Parsed } from '#core/operation'
import { Problem } from '#core/problem'
import { unitTitle } from '#units'
import { scopesOf, seesMembers } from '#access'
import type { notices } from './contract.ts'
import { listNotices, type ListedRow } from './store/notices.ts'

/** A place in a list as opaque text. */
const toCursor = (place: object) => Buffer.from(JSON.stringify(place)).toString('base64url')

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i
const isUuid = (x: unknown): x is string => typeof x === 'string' && uuid.test(x)
const isMoment = (x: unknown): x is string => typeof x === 'string' && !Number.isNaN(Date.parse(x))

/** @throws Problem bad_cursor */
function placeOf(text: string): Record<string, unknown> {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
    if (place && typeof place === 'object') return place as Record<string, unknown>
  } catch {
    // Said below, like any other wrong place.
  }
  throw new Problem('bad_cursor')
}

/** Where a list ordered by id goes on. @throws Problem bad_cursor */
export function idAfter(cursor: string | undefined): string | undefined {
  if (!cursor) return undefined
  const { id } = placeOf(cursor)
  if (!isUuid(id)) throw new Problem('bad_cursor')
  return id
}

/** Where a list ordered by time, then id, goes on. @throws Problem bad_cursor */
export function momentAfter(cursor: string | undefined): { at: Date; id: string } | undefined {
  if (!cursor) return undefined
  const { at, id } = placeOf(cursor)
  if (!isUuid(id) || !isMoment(at)) throw new Problem('bad_cursor')
  return { at: new Date(at), id }
}

/** Where a list ordered by small numbers goes on; 0 is its beginning. @throws Problem bad_cursor */
export function numberAfter(cursor: string | undefined): number {
  if (!cursor) return 0
  const { no } = placeOf(cursor)
  if (typeof no !== 'number' || !Number.isInteger(no) || no < 0 || no > 2_147_483_647) throw new Problem('bad_cursor')
  return no
}

/** Where a list ordered by time, then a text, goes on. @throws Problem bad_cursor */
export function momentAndTextAfter(cursor: string | undefined): { at: string; key: string } | undefined {
  if (!cursor) return undefined
  const { at, key } = placeOf(cursor)
  if (typeof key !== 'string' || !isMoment(at)) throw new Problem('bad_cursor')
  return { at, key }
}

/** The items of a page, and where the next one begins. One row more than the page was read. */
export function cut<R>(rows: readonly R[], limit: number, where: (row: R) => object) {
  const items = rows.slice(0, limit)
  return { items, next: rows.length > limit ? toCursor(where(items.at(-1)!)) : null }
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
    before: idAfter(cursor),
    limit: limit + 1,
    day: today(),
  })
  const { items, next } = cut(rows, limit, row => ({ id: row.id }))
  return { items: items.map(row => listed(row, caller)), next }
}
