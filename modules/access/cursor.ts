import { Problem } from '#core/problem'

/** Opaque text of where a list goes on. */
export const cursorOf = (...at: string[]) => Buffer.from(JSON.stringify(at)).toString('base64url')

/** @throws Problem bad_cursor for anything that this list did not give */
export function readCursor(cursor: string | undefined, parts: number): string[] | null {
  if (!cursor) return null
  try {
    const at: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(at) && at.length === parts && at.every(part => typeof part === 'string')) return at
  } catch {
    // falls through: whatever it was, it was not ours
  }
  throw new Problem('bad_cursor')
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** A cursor that is one id. @throws Problem bad_cursor */
export function readIdCursor(cursor: string | undefined): string | null {
  const [id] = readCursor(cursor, 1) ?? []
  if (id !== undefined && !uuid.test(id)) throw new Problem('bad_cursor')
  return id ?? null
}

/** One more than asked was read: is there a next page? */
export function pageOf<T>(rows: readonly T[], limit: number, cursor: (last: T) => string) {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? cursor(last) : null }
}
