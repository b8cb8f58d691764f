import type { Unit } from '../contract.ts'
import { api } from '#web/api.ts'
import { everyPage } from '#web/every-page.ts'

export interface VillageLine extends Unit {
  homes: number
  people: number
}

/** The units below one with how many homes and people each has. */
export async function villagesWithHomes(
  unit: string,
): Promise<{ homes: number; people: number; villages: VillageLine[] }> {
  const [units, counts] = await Promise.all([
    everyPage(cursor => api.units.list({ parent: unit, limit: 100, ...cursor })),
    api.people.counts({ unit }),
  ])
  const of = new Map(counts.units.map(count => [count.unitId, count]))
  return {
    homes: counts.households,
    people: counts.people,
    villages: units.map(one => ({
      ...one,
      homes: of.get(one.id)?.households ?? 0,
      people: of.get(one.id)?.people ?? 0,
    })),
  }
}

/** The word that most of them bear; `thôn` where there is none. */
export function usualKind(units: readonly { kind: string }[], otherwise = 'thôn'): string {
  const counts = new Map<string, number>()
  for (const { kind } of units) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? otherwise
}
