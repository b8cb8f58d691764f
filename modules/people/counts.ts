import type { Answers } from '#core/serve'
import { getUnit, unitsBelow } from '#units'
import type { countsContract } from './contract-counts.ts'
import { homesByUnit } from './store-counts.ts'

export const countsAnswers = {
  async counts({ unit: ref }, { db }) {
    const unit = await getUnit(db, ref)
    const below = await unitsBelow(db, unit.path)
    const counted = await homesByUnit(db, unit.tenant, [unit.id, ...below.map(one => one.id)])
    const within = (path: string) => {
      const inside = new Set([unit, ...below].filter(one => one.path.startsWith(path)).map(one => one.id))
      const rows = counted.filter(row => inside.has(row.unitId))
      const sum = (of: 'households' | 'people') => rows.reduce((n, row) => n + row[of], 0)
      return { households: sum('households'), people: sum('people') }
    }
    return { ...within(unit.path), units: below.map(one => ({ unitId: one.id, ...within(one.path) })) }
  },
} satisfies Answers<typeof countsContract>
