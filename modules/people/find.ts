// Homes of a unit in the order people look for each other: by given name.
import { readCursor, Words } from '#core/cursor'
import type { Db } from '#core/db'
import { byGivenName, fold, tidy } from '#core/fold'
import { Uuid, Whole } from '#core/shapes'
import { contactDigest, readPhone } from './phone.ts'
import { homeKeys, homesOfPeople, type HomeKey } from './store-homes.ts'

export interface Spot {
  /** 0: the words as they are written; 1: only without their marks. */
  rank: number
  name: string
  id: string
}

/** @throws Problem bad_cursor */
export function spotAfter(cursor: string | undefined): Spot | undefined {
  const [rank, name, id] = readCursor(cursor, Whole, Words, Uuid) ?? []
  return rank === undefined ? undefined : { rank, name: name!, id: id! }
}

const inOrder = (a: Spot, b: Spot) => a.rank - b.rank || byGivenName(a.name, b.name) || (a.id < b.id ? -1 : 1)

/** Marks carry meaning: a home whose name has the very marks asked for comes first. */
function rankOf(home: HomeKey, q: string, folded: string, named: ReadonlySet<string>): number | undefined {
  if (home.sheetNo === q || String(home.no) === q) return 0
  if (home.headFolded.includes(folded)) return tidy(home.headName.toLowerCase()).includes(q) ? 0 : 1
  return named.has(home.id) || fold(home.alley).includes(folded) ? 1 : undefined
}

export interface Asked {
  units: readonly string[]
  q?: string | undefined
  closed: boolean
  after: Spot | undefined
  limit: number
}

/** @returns at most `limit` homes after the spot, and whether there are more */
export async function findHomes(db: Db, tenant: number, asked: Asked): Promise<{ spots: Spot[]; isMore: boolean }> {
  const homes = await homeKeys(db, tenant, asked.units, asked.closed)
  const q = asked.q ? tidy(asked.q.toLowerCase()) : ''
  const folded = fold(q)
  const named = new Set(
    q ? await homesOfPeople(db, tenant, folded, contactDigest('phone', readPhone(q) ?? 'none')) : [],
  )
  const spots = homes.flatMap(home => {
    const rank = q ? rankOf(home, q, folded, named) : 0
    if (rank === undefined) return []
    const spot = { rank, name: home.headName, id: home.id }
    return asked.after && inOrder(asked.after, spot) >= 0 ? [] : [spot]
  })
  const first = spots.toSorted(inOrder).slice(0, asked.limit)
  return { spots: first, isMore: spots.length > first.length }
}
