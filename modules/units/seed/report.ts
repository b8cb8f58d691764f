import { unitTitle } from '../names.ts'
import { shippedTable } from './shipped.ts'
import type { Unresolved } from './table.ts'

export interface UnitReportRow {
  /** no_old_code: the table names an old unit without its code, so it stays a search alias · no_old_unit: it says nothing of what was there. */
  reason: Unresolved['reason']
  /** Rows of the conversion table, by their numbers. */
  rows: string
  old: string
  new: { code: string; title: string }
}

/** What the conversion table of 1-7-2025 names without proving it: for `loa import units --report`. */
export function unitsReport(): UnitReportRow[] {
  const { present, unresolved } = shippedTable()
  const byNo = new Map(present.map(unit => [unit.no, unit]))
  return unresolved.map(one => {
    const now = byNo.get(one.became)!
    const old =
      one.reason === 'no_old_unit' ? '' : [unitTitle(one), one.district, one.province].filter(Boolean).join(', ')
    return { reason: one.reason, rows: one.rows, old, new: { code: now.code, title: unitTitle(now) } }
  })
}
