import { today } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import { say, type Language } from '#core/words'
import type { FoundUnit } from './contract.ts'
import { unitTitle } from './names.ts'
import { searchUnits, type Found } from './search.ts'
import { childrenOf, findUnit } from './store.ts'
import { getUnit, link, shownUnits } from './unit.ts'

const write = (at: readonly (string | number)[]) => Buffer.from(JSON.stringify(at)).toString('base64url')

/** @throws Problem bad_cursor for whatever is not ours */
function read(cursor: string): unknown[] {
  try {
    const at: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (Array.isArray(at)) return at as unknown[]
  } catch {
    // not ours
  }
  throw new Problem('bad_cursor')
}

function readPlace(cursor: string | undefined) {
  if (!cursor) return { tenant: -1, no: -1 }
  const [tenant, no] = read(cursor)
  if (Number.isInteger(tenant) && Number.isInteger(no)) return { tenant: tenant as number, no: no as number }
  throw new Problem('bad_cursor')
}

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
  const found = await childrenOf(db, above?.id ?? null, asOf, readPlace(cursor), limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return {
    items: await shownUnits(db, items, asOf),
    next: found.length > limit && last ? write([last.tenant, last.no]) : null,
  }
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
  const last = cursor ? read(cursor)[0] : undefined
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
    next: start + limit < all.length ? write([some.at(-1)!.unit.id]) : null,
  }
}
