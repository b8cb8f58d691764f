// The rows that were not taken, whole, as a table to put right and send again.
import { textOf } from './cells.ts'
import type { Column, Field } from './headers.ts'
import type { ReadFile } from './read-homes.ts'
import type { RawRow } from './read-rows.ts'
import type { Refusal } from './refusal.ts'

export interface WholeRows {
  /** The sheets' own headings. */
  columns: string[]
  /** `row` as Excel shows it; `cells` in the order of the columns. */
  rows: { sheet: string; row: number; cells: string[] }[]
}

/** Columns that the register does not keep are not kept here either, nor are numbers of papers. */
const left: ReadonlySet<Field> = new Set<Field>(['dropped', 'idNumber', 'index'])
const villageKey = 'village 0'

/** Each column by what it means, the second telephone apart from the first: sheets of one file may differ in order. */
function keyed(columns: readonly Column[]): { key: string; column: Column }[] {
  const seen = new Map<Field, number>()
  return columns
    .filter(({ field }) => !left.has(field))
    .toSorted((a, b) => a.at - b.at)
    .map(column => {
      const n = seen.get(column.field) ?? 0
      seen.set(column.field, n + 1)
      return { key: `${column.field} ${n}`, column }
    })
}

type Source = ReadFile['sources'][number]

function cellsOf(source: Source, raw: RawRow): Map<string, string> {
  const cells = new Map(keyed(source.head.columns).map(({ key, column }) => [key, textOf(raw.whole[column.at])]))
  // What a heading above or the sheet's title said has no place in a table of single rows.
  if (!cells.get(villageKey)) cells.set(villageKey, raw.village ?? source.village)
  return cells
}

/** @returns every refused row once, with the other rows of its home, which it is told by */
export function wholeRows(sources: ReadFile['sources'], refused: readonly Refusal[]): WholeRows {
  const wanted = new Set(refused.flatMap(({ sheet, row, homeRows }) => (homeRows ?? [row]).map(at => `${sheet}/${at}`)))
  const found = sources.flatMap(source =>
    source.raws
      .filter(({ row }) => wanted.has(`${source.name}/${row}`))
      .map(raw => ({ sheet: source.name, row: raw.row, cells: cellsOf(source, raw) })),
  )
  const headings = new Map<string, string>()
  for (const { head } of sources)
    for (const { key, column } of keyed(head.columns)) if (!headings.has(key)) headings.set(key, column.heading)
  if (!headings.has(villageKey) && found.some(({ cells }) => cells.get(villageKey))) headings.set(villageKey, 'Thôn')
  const keys = [...headings.keys()]
  return {
    columns: [...headings.values()],
    rows: found.map(({ cells, ...row }) => ({ ...row, cells: keys.map(key => cells.get(key) ?? '') })),
  }
}
