// Adds figures up, and hides what would point at a home. Decisions without I/O.
import type { Answer } from '#core/operation'
import type { reachOperations } from './contract-reach.ts'
import { levels, type LevelName } from './levels.ts'
import type { UnitFigures } from './store/reach.ts'

type Reach = Answer<(typeof reachOperations)['reach']>
export type Figures = Pick<Reach, 'households' | 'reached' | 'accountedFor' | 'levels' | 'told' | 'closed'>

const names = [
  'households',
  ...levels,
  'told',
  'reached',
  'told_by_neighbour',
  'moved',
  'refused',
] as const satisfies readonly (keyof UnitFigures)[]

export function added(rows: readonly UnitFigures[]): UnitFigures {
  const sum = Object.fromEntries(names.map(name => [name, rows.reduce((n, row) => n + row[name], 0)]))
  return sum as unknown as UnitFigures
}

/** As the API gives them. */
export const figuresOf = (row: UnitFigures): Figures => ({
  households: row.households,
  reached: row.reached,
  accountedFor: row.reached + row.told_by_neighbour + row.moved + row.refused,
  levels: Object.fromEntries(levels.map(level => [level, row[level]])) as Record<LevelName, number>,
  told: row.told,
  closed: { told_by_neighbour: row.told_by_neighbour, moved: row.moved, refused: row.refused },
})

/** Fewer than this and a count says something about each home. */
export const fewest = 5
export const isFew = (n: number | null) => n !== null && n > 0 && n < fewest

/** Hides the few; where only one level is hidden, the smallest other too, or a subtraction would show it. */
function hiddenLevels(of: Figures['levels']): Figures['levels'] {
  const shown = { ...of }
  const few = levels.filter(level => isFew(of[level]))
  for (const level of few) shown[level] = null
  if (few.length === 1) {
    const [next] = levels.filter(level => (shown[level] ?? 0) > 0).toSorted((a, b) => of[a]! - of[b]!)
    if (next) shown[next] = null
  }
  return shown
}

/** Figures for who may not see names. @returns `hidden: true` where anything was left out */
export function hideFew<F extends Figures>(of: F): F & { hidden?: true } {
  const hide = (n: number | null) => (isFew(n) ? null : n)
  const left = (of.households ?? 0) - (of.reached ?? 0)
  const open = (of.households ?? 0) - (of.accountedFor ?? 0)
  const shown = {
    ...of,
    households: hide(of.households),
    reached: isFew(left) ? null : hide(of.reached),
    accountedFor: isFew(open) ? null : hide(of.accountedFor),
    levels: hiddenLevels(of.levels),
    told: hide(of.told),
    closed: {
      told_by_neighbour: hide(of.closed.told_by_neighbour),
      moved: hide(of.closed.moved),
      refused: hide(of.closed.refused),
    },
  }
  return JSON.stringify(shown) === JSON.stringify(of) ? shown : { ...shown, hidden: true }
}

/** Homes reached up to each minute in which any was added. */
export function curveOf(minutes: readonly { minute: number; reached: number }[]) {
  let sum = 0
  return minutes.map(({ minute, reached }) => ({ at: new Date(minute * 60_000), reached: (sum += reached) }))
}

/** Seconds after publication at which a share of the homes was reached. */
export function timesOf(curve: readonly { at: Date; reached: number }[], households: number, publishedAt: Date) {
  const after = (share: number) => {
    const found = households ? curve.find(point => point.reached >= Math.ceil(households * share)) : undefined
    return found ? Math.max(0, Math.round((found.at.getTime() - publishedAt.getTime()) / 1000)) : null
  }
  return { half: after(0.5), nineTenths: after(0.9), all: after(1) }
}
