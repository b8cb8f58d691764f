// Which column is what: by the words villages write over their lists, in any order and spelling.
import { fold, tidy } from '#core/fold'
import type { Cell, Sheet } from './sheet.ts'

export const fields = [
  'index', 'sheetNo', 'head', 'name', 'surname', 'given', 'relation', 'isHead', 'birth', 'birthDayPart', 'birthMonthPart', 'male', 'female',
  'sex', 'phone', 'phoneKind', 'idNumber', 'village', 'alley', 'address', 'landmark', 'way', 'language', 'need', 'count', 'dropped',
] as const // prettier-ignore
export type Field = (typeof fields)[number]

export interface Column {
  at: number
  field: Field
  /** As the sheet writes it. */
  heading: string
}

export interface Head {
  /** The first row under the heading, from 0. */
  from: number
  columns: Column[]
}

const textOf = (cell: Cell | undefined) => (typeof cell === 'string' ? tidy(cell) : '')
const plain = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** Words whose marks decide: `họ` is a family, `hộ` a home; `năm` a year, `nam` a man. */
const marked: readonly (readonly [RegExp, Field])[] = [
  [/^(họ|họ đệm|họ lót|họ và (chữ )?(đệm|lót)|họ,? (chữ )?(đệm|lót))$/, 'surname'],
  [/^hộ$/, 'sheetNo'],
  [/^nam$/, 'male'],
  [/^nữ$/, 'female'],
  [/^năm$/, 'birth'],
  [/^ngày$/, 'birthDayPart'],
  [/^tháng$/, 'birthMonthPart'],
]

const village =
  /^(ten |dia ban |thuoc )*((thon|ban|tdp|to dan pho|khu pho|ap|buon|khom|phum|soc|lang|tieu khu|khu dan cu|to)( |$))+(xom|so)?$/

/** The first that fits decides, so the narrow ones stand first. */
const known: readonly (readonly [RegExp, Field])[] = [
  [/^(stt|tt|so tt|so thu tu|s t t|no)$/, 'index'],
  [/quan he|^qh( |$)/, 'relation'],
  [/^(la chu ho|danh dau chu ho|chu ho x)/, 'isHead'],
  [/(dan toc|ton giao|ngheo|thu nhap|trinh do|hoc van|nghe|dang vien|bao hiem|bhyt|hon nhan|khuyet tat|benh|noi sinh|que quan|nguyen quan|ngay cap|noi cap|chinh sach|vay von|ghi chu)/, 'dropped'],
  [/(loai (may|dien thoai)|dien thoai thong minh|smartphone|thiet bi)/, 'phoneKind'],
  [/(dien thoai|dtdd|so dt|sdt|di dong|zalo|lien (he|lac)|phone|^tel$|^dt$)/, 'phone'],
  [/(cccd|cmnd|cmt|can cuoc|dinh danh|giay to tuy than)/, 'idNumber'],
  [/(nam nu|nu nam|gioi tinh|^gt$|phai)/, 'sex'],
  [/(ngay|nam|thang) .*sinh|^sinh|sinh (ngay|nam)|^ns$|^nam sinh$|^ngay sinh$/, 'birth'],
  [/^(so|ma|ma so|stt|so so|so dang ky)? ?ho( khau| gia dinh| so| dan)?( so)?$|^so ho/, 'sheetNo'],
  [/chu ho/, 'head'],
  [/(tieng (noi|nghe|dan toc)|ngon ngu|nghe tieng|^tieng)/, 'language'],
  [/(can giup|can ho tro|nhu cau|luu y)/, 'need'],
  [/(nhan khau|so khau|so nguoi|tong khau|^khau$|thanh vien trong ho|so thanh vien)/, 'count'],
  [village, 'village'],
  [/(nhan biet|moc|vi tri|dac diem nha)/, 'landmark'],
  [/(cach di|duong di|loi di)/, 'way'],
  [/(dia chi|cho o|noi o|thuong tru|tam tru|so nha)/, 'address'],
  [/^(ngo|hem|ngach|xom|khu|cum|doi|duong|to lien gia|lien gia)( |$)/, 'alley'],
  [/^(ho (va |)(chu )?(dem|lot)|ho dem)$/, 'surname'],
  [/^(ho (va )?ten|ho ten|ten nguoi|ten thanh vien|ten$|danh sach ho|nguoi trong ho)/, 'name'],
] // prettier-ignore

/** What a heading means, if anything. */
export function fieldOf(heading: string): Field | undefined {
  const raw = tidy(heading).toLowerCase()
  const folded = plain(heading)
  if (!folded || folded.length > 60) return undefined
  for (const [shape, field] of marked) if (shape.test(raw)) return field
  for (const [shape, field] of known) if (shape.test(folded)) return field
  return undefined
}

const says = (row: readonly Cell[]) =>
  row.map((cell, at) => ({ at, heading: textOf(cell), field: fieldOf(textOf(cell)) }))
const isNamed = (found: readonly { field: Field | undefined }[]) =>
  found.some(({ field }) => field === 'name' || field === 'head' || field === 'surname' || field === 'given')

/** How many different things a row names; a title or a home names fewer than two. */
function score(row: readonly Cell[]): number {
  const found = says(row)
  return isNamed(found) ? new Set(found.map(({ field }) => field).filter(Boolean)).size : 0
}

const subheads: ReadonlySet<Field> = new Set<Field>([
  'male',
  'female',
  'birth',
  'birthDayPart',
  'birthMonthPart',
  'surname',
  'given',
  'name',
  'phone',
])

/** A second row of headings under a merged one: `Ngày sinh` over `Nam` and `Nữ`. */
function withSubheads(columns: Column[], row: readonly Cell[] | undefined): Column[] | undefined {
  const below = row ? says(row).filter(({ heading }) => heading) : []
  if (!below.length || below.some(({ field }) => !field || !subheads.has(field))) return undefined
  const replaced = below.map(({ at, heading, field }) => ({ at, heading, field: field! }))
  return [...columns.filter(({ at }) => !replaced.some(one => one.at === at)), ...replaced]
}

/** `(1) (2) (3)` or `A B 1 2` under the headings. */
function isNumbering(row: readonly Cell[] | undefined, nameAt: number): boolean {
  const cells = (row ?? []).map(cell => (cell === null ? '' : String(cell).trim())).filter(Boolean)
  const name = String(row?.[nameAt] ?? '').trim()
  return cells.length > 1 && name !== '' && cells.every(cell => /^\(?(\d{1,2}|[A-Z])\)?(\s*=.*)?$/.test(cell))
}

/** `Tên` beside `Họ đệm` is the given name; `ho` without marks beside `ten` too; a nameless column right of the name holds the rest. */
function settleNames(columns: Column[], sheet: Sheet, from: number): Column[] {
  const surname = columns.find(({ field }) => field === 'surname')
  const settled = columns.map(column =>
    surname && column.field === 'name' && plain(column.heading) === 'ten'
      ? { ...column, field: 'given' as const }
      : column,
  )
  const name = settled.find(({ field }) => field === 'name')
  if (!name || settled.some(({ at }) => at === name.at + 1)) return settled
  const rest = sheet.rows.slice(from, from + 50).filter(row => textOf(row[name.at]) && textOf(row[name.at + 1])).length
  const named = sheet.rows.slice(from, from + 50).filter(row => textOf(row[name.at])).length
  return rest * 2 > named && !sheet.rows[from - 1]?.[name.at + 1]
    ? [...settled, { at: name.at + 1, field: 'given', heading: name.heading }]
    : settled
}

/** A column `Chủ hộ` of crosses marks the head; it does not name him. */
const settleHead = (columns: Column[], sheet: Sheet, from: number) =>
  columns.map(column => {
    if (column.field !== 'head') return column
    const cells = sheet.rows
      .slice(from, from + 200)
      .map(row => textOf(row[column.at]).toLowerCase())
      .filter(Boolean)
    const isMark = cells.length > 0 && cells.every(cell => /^(x|1|✓|✔|v|có|co)$/.test(cell))
    return isMark ? { ...column, field: 'isHead' as const } : column
  })

/** Where the headings stand and what they mean; undefined for a table that names no people. */
export function findHead(sheet: Sheet): Head | undefined {
  const scores = sheet.rows.slice(0, 60).map(row => score(row))
  const best = Math.max(0, ...scores)
  if (best < 2) return undefined
  const at = scores.indexOf(best)
  let columns: Column[] = says(sheet.rows[at]!).flatMap(({ at: column, heading, field }) =>
    field ? [{ at: column, heading, field }] : [],
  )
  let from = at + 1
  const second = withSubheads(columns, sheet.rows[from])
  if (second) {
    columns = second
    from++
  }
  const nameAt = columns.find(({ field }) => field === 'name' || field === 'head' || field === 'surname')!.at
  if (isNumbering(sheet.rows[from], nameAt)) from++
  return { from, columns: settleHead(settleNames(columns, sheet, from), sheet, from) }
}
