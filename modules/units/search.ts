import type { Db } from '#core/db'
import { unitTitle, type Level } from './names.ts'
import { compareRanks, liesIn, rankOf, readName, splitKind, type Asked } from './search-rules.ts'
import { aliasesLike, namesLike, successorsOf, type NameRow } from './store-search.ts'
import { pathsAbove, unitsAt, unitsByIds, type UnitNow } from './store.ts'

/** The name by which it was found, when that is not its name of the day. */
export interface Formerly {
  title: string
  district: string
  /** The first day on which it was no longer called so; null where no paper says. */
  until: string | null
}
export interface Found {
  unit: UnitNow
  formerly?: Formerly
  /** More than one unit of the day may be meant: all of them, this one included. */
  choices?: UnitNow[]
}
interface Hit {
  units: string[]
  rank: readonly number[]
  formerly?: Formerly
  /** Names of what it lies or lay in. */
  within: string[]
}

/** More than this a search does not look at: whoever gets so many types another word. */
const most = 300

const nameHit = (asked: Asked, row: NameRow, units: string[], isOld: boolean): Hit => ({
  units,
  rank: rankOf(asked, { ...row, isOld }),
  within: [row.district, row.parentName ?? ''],
  ...(isOld ? { formerly: { title: unitTitle(row), district: row.district, until: row.until } } : {}),
})

/** An alias is a whole address; its first part is the name. */
function aliasHits(asked: Asked, rows: readonly { unitId: string; level: Level; name: string }[]): Hit[] {
  return [...Map.groupBy(rows, row => row.name)].map(([address, same]) => {
    const [title = '', ...rest] = address.split(', ')
    const { kind, rest: name } = splitKind(title)
    return {
      units: same.map(row => row.unitId),
      rank: rankOf(asked, { name, kind, level: same[0]!.level, isOld: true }),
      formerly: { title, district: rest.join(', '), until: null },
      within: rest,
    }
  })
}

async function hitsOf(db: Db, asked: Asked, day: string): Promise<Hit[]> {
  const [rows, aliases] = await Promise.all([namesLike(db, asked.names, day, most), aliasesLike(db, asked.names, most)])
  const standing = new Set((await unitsByIds(db, [...new Set(rows.map(row => row.unitId))], day)).map(unit => unit.id))
  const closed = [...new Set(rows.map(row => row.unitId).filter(id => !standing.has(id)))]
  const became = Map.groupBy(closed.length ? await successorsOf(db, closed, day) : [], pair => pair.then)
  const hits = rows.map(row => {
    const isOld = row.until !== null && row.until <= day
    const units = standing.has(row.unitId) ? [row.unitId] : (became.get(row.unitId) ?? []).map(pair => pair.now)
    return nameHit(asked, row, units, isOld)
  })
  return [...hits, ...aliasHits(asked, aliases)].toSorted((a, b) => compareRanks(a.rank, b.rank))
}

/** Folded names of what lies above each path. */
async function namesAbove(db: Db, units: readonly UnitNow[], day: string): Promise<(unit: UnitNow) => string[]> {
  const paths = [...new Set(units.flatMap(unit => pathsAbove(unit.path).slice(1)))]
  const nameAt = new Map((await unitsAt(db, paths, day)).map(unit => [unit.path, unit.name]))
  return unit => pathsAbove(unit.path).flatMap(path => (path === unit.path ? [] : (nameAt.get(path) ?? [])))
}

/**
 * Units of the day that bear this name or bore it: right marks first, then the whole name, then the name of the day.
 * An old name that was divided, or that nobody can tell apart, gives all it may be, each with the choices.
 * @param text `Sơn Động`, `xa an chau, huyen son dong` @param below only in the subtree of this path
 */
export async function searchUnits(db: Db, text: string, day: string, below = ''): Promise<Found[]> {
  const asked = readName(text)
  if (!asked.names.length) return []
  const hits = await hitsOf(db, asked, day)
  const units = new Map((await unitsByIds(db, [...new Set(hits.flatMap(hit => hit.units))], day)).map(u => [u.id, u]))
  const above = asked.within.length ? await namesAbove(db, [...units.values()], day) : () => []
  const found = new Map<string, Found>()
  for (const { formerly, within, ...hit } of hits) {
    const all = hit.units.flatMap(id => units.get(id) ?? [])
    for (const unit of all) {
      if (found.has(unit.id) || !unit.path.startsWith(below)) continue
      if (!liesIn(asked, [...within, ...above(unit)])) continue
      found.set(unit.id, { unit, ...(formerly && { formerly }), ...(all.length > 1 && { choices: all }) })
    }
  }
  return [...found.values()]
}
