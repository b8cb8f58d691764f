// Rows of people out of a table: what is above, between and below them is no home.
import { fold, tidy } from '#core/fold'
import { textOf } from './cells.ts'
import type { Field, Head } from './headers.ts'
import type { Cell, Sheet } from './sheet.ts'
import { villageOfHeading } from './village-names.ts'

export interface RawRow {
  /** As Excel shows it. */
  row: number
  /** The village named by a heading above, if any. */
  village: string | undefined
  cells: Partial<Record<Field, Cell>>
  /** Every telephone column of the row. */
  phones: Cell[]
  /** It lies inside the merged block of the row above: the same home. */
  isSameHome: boolean
  /** All cells of the row, what a merged block says in each of its rows. */
  whole: readonly Cell[]
}

const isTotal = (text: string) => /^(tổng( cộng| số|$|:| toàn)|tong (cong|so)|cộng|sum\b|total)/i.test(tidy(text))

const signature =
  /^\(?(nguoi (lap|viet|ke khai|tong hop|kiem tra)|ky (ten|, ghi|ghi)|ky va|tm\.? ?(ubnd|uy ban|ban|chi)|truong (thon|ban|ap|khu|xom)|to truong|bi thu|xac nhan|chu tich|pho chu tich|thu truong|can bo|dai dien|noi nhan|ghi chu:)/
const isDateLine = (folded: string) => /ngay[ .…\d]*thang[ .…\d]*nam/.test(folded)

function isSignature(row: readonly Cell[]): boolean {
  const texts = row.map(cell => fold(textOf(cell))).filter(Boolean)
  return texts.length > 0 && texts.length <= 4 && texts.some(text => signature.test(text) || isDateLine(text))
}

/** Columns whose merged block means one home on several rows. */
const homeColumns: ReadonlySet<Field> = new Set<Field>([
  'sheetNo',
  'head',
  'village',
  'alley',
  'address',
  'landmark',
  'way',
  'language',
  'need',
])

/** Copies what a merged block says into each of its rows. */
function unmerged(sheet: Sheet, head: Head): { rows: Cell[][]; same: Set<number> } {
  const rows = sheet.rows.map(row => [...row])
  const same = new Set<number>()
  for (const merge of sheet.merges) {
    if (merge.bottom === merge.top || merge.top < head.from) continue
    const column = head.columns.find(one => one.at === merge.left)
    if (!column || (!homeColumns.has(column.field) && column.field !== 'index')) continue
    for (let at = merge.top + 1; at <= merge.bottom && at < rows.length; at++) {
      if (column.field !== 'index') rows[at]![merge.left] = rows[merge.top]![merge.left] ?? null
      if (column.field !== 'village') same.add(at)
    }
  }
  return { rows, same }
}

const isFilled = (cell: Cell | undefined) => textOf(cell) !== ''

/** Only a number of order, or a count: a line waiting to be filled in. */
const isBlank = (cells: RawRow['cells'], phones: readonly Cell[]) =>
  !phones.some(cell => isFilled(cell)) &&
  Object.entries(cells).every(
    ([field, cell]) => ['index', 'count', 'dropped', 'village'].includes(field) || !isFilled(cell),
  )

function cellsOf(row: readonly Cell[], head: Head) {
  const cells: RawRow['cells'] = {}
  const phones: Cell[] = []
  for (const { at, field } of head.columns) {
    const cell = row[at] ?? null
    if (field === 'phone') phones.push(cell)
    if (!isFilled(cells[field])) cells[field] = cell
  }
  return { cells, phones }
}

const nameOf = (cells: RawRow['cells']) =>
  tidy([cells.name, cells.surname, cells.given].map(cell => textOf(cell)).join(' ')) || textOf(cells.head)

/** The rows that name somebody or ought to; totals are passed over, a signature ends the table. */
export function readRows(sheet: Sheet, head: Head): RawRow[] {
  const { rows, same } = unmerged(sheet, head)
  const found: RawRow[] = []
  let village: string | undefined
  for (let at = head.from; at < rows.length; at++) {
    const row = rows[at]!
    const filled = row.filter(cell => isFilled(cell))
    if (!filled.length) continue
    const { cells, phones } = cellsOf(row, head)
    const name = nameOf(cells)
    if (filled.length <= 2 && !isFilled(cells.birth) && !phones.some(cell => isFilled(cell))) {
      // A home of which only village and name are written is no heading.
      const heading = (filled.length === 1 ? filled : filled.filter(cell => cell !== cells.village))
        .map(cell => villageOfHeading(textOf(cell)))
        .find(Boolean)
      if (heading) {
        village = heading
        continue
      }
    }
    if (row.some(cell => isTotal(textOf(cell))) && (isTotal(name) || !name || !isFilled(cells.birth))) continue
    if (found.length && isSignature(row) && !isFilled(cells.relation)) break
    if (isBlank(cells, phones)) continue
    found.push({ row: at + 1, village, cells, phones, isSameHome: same.has(at), whole: row })
  }
  return found
}

export { nameOf }
