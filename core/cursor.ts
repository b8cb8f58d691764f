// Where a list goes on, as opaque text: what its last shown row is ordered by.
import * as v from 'valibot'
import { Problem } from './problem.ts'
import { isUnwritable } from './writable.ts'

/** A text that a list is ordered by. */
export const Words = v.pipe(
  v.string(),
  v.check(said => !isUnwritable(said)),
)

export const toCursor = (place: readonly (string | number)[]) =>
  Buffer.from(JSON.stringify(place)).toString('base64url')

/** @param parts one shape for each thing that the list is ordered by @throws Problem bad_cursor for whatever no list gave */
export function readCursor<const P extends v.TupleItems>(
  cursor: string | undefined,
  ...parts: P
): v.InferOutput<v.StrictTupleSchema<P, undefined>> | undefined {
  if (!cursor) return undefined
  try {
    const place: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    const read = v.safeParse(v.strictTuple(parts), place)
    if (read.success) return read.output
  } catch {
    // Said below, like any other wrong place.
  }
  throw new Problem('bad_cursor')
}

/** The items of a page, and where the next one begins. One row more than the page was read. */
export function pageOf<R>(rows: readonly R[], limit: number, placeOf: (last: R) => readonly (string | number)[]) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last !== undefined ? toCursor(placeOf(last)) : null }
}
