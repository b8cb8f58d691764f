import { today } from '#core/clock'
import { pageOf, readCursor, toCursor } from '#core/cursor'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import { Uuid, Whole } from '#core/shapes'
import { say, type Language } from '#core/words'
import type { FoundUnit } from './contract.ts'
import { unitTitle } from './names.ts'
import { searchUnits, type Found } from './search.ts'
import { childrenOf, findUnit } from './store.ts'
import { getUnit, link, shownUnits } from './unit.ts'

interface Asked {
  asOf?: string | undefined
  cursor?: string | undefined
  limit: number
}
interface Listed {
  items: FoundUnit[]
  next: string | null
}

/** The unit of a code on the day, or none. */
export async function listByCode(db: Db, code: string, asOf = today()): Promise<Listed> {
  const unit = await findUnit(db, code, asOf)
  return { items: await shownUnits(db, unit ? [unit] : [], asOf), next: null }
}

/** The children of a unit; without one, the provinces. */
export async function listChildren(
  db: Db,
  parent: string | undefined,
  { asOf = today(), cursor, limit }: Asked,
): Promise<Listed> {
  const above = parent ? await getUnit(db, parent, asOf) : undefined
  const [tenant, no] = readCursor(cursor, Whole, Whole) ?? [-1, -1]
  const found = await childrenOf(db, above?.id ?? null, asOf, { tenant, no }, limit + 1)
  const { items, next } = pageOf(found, limit, last => [last.tenant, last.no])
  return { items: await shownUnits(db, items, asOf), next }
}

function question(language: Language, { formerly, choices }: Found) {
  if (!choices) return {}
  const units = choices.map(unit => unitTitle(unit)).join(', ')
  const old = [formerly?.title, formerly?.district].filter(Boolean).join(', ')
  return { question: say(language, 'units.may_be', { old, units }), choices: choices.map(unit => link(unit)) }
}

/** By name: a cursor names the last unit shown, found again in the same order. */
export async function listByName(
  db: Db,
  name: string,
  { parent, language, asOf = today(), cursor, limit }: Asked & { parent?: string | undefined; language: Language },
): Promise<Listed> {
  const below = parent ? (await getUnit(db, parent, asOf)).path : ''
  const all = await searchUnits(db, name, asOf, below)
  const last = readCursor(cursor, Uuid)?.[0]
  const start = cursor ? all.findIndex(found => found.unit.id === last) + 1 : 0
  if (cursor && !start) throw new Problem('bad_cursor')
  const some = all.slice(start, start + limit)
  const shown = await shownUnits(
    db,
    some.map(found => found.unit),
    asOf,
  )
  return {
    items: some.map((found, n) => ({
      ...shown[n]!,
      ...(found.formerly && { formerly: found.formerly }),
      ...question(language, found),
    })),
    next: start + limit < all.length ? toCursor([some.at(-1)!.unit.id]) : null,
  }
}
