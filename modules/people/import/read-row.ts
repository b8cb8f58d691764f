// One row, read: what it says of a person and of the home, or why it cannot be taken.
import { tidy } from '#core/fold'
import { fold } from '#core/fold'
import type { Need, PhoneKind } from '../words-of-homes.ts'
import {
  isCellError,
  readBirth,
  readIdNumber,
  readLanguages,
  readName,
  readNeeds,
  readPhoneKind,
  readPhones,
  readSex,
  textOf,
  type Birth,
} from './cells.ts'
import type { Field, Head } from './headers.ts'
import { nameOf, type RawRow } from './read-rows.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import type { Cell } from './sheet.ts'

export interface ReadRow {
  row: number
  isSameHome: boolean
  village: string
  sheetNo: string
  /** Named in a column of its own, beside the people. */
  head: string
  name: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f' | null
  birth: Birth | null
  phones: string[]
  idNumber: string | null
  alley: string
  landmark: string
  way: string
  languages: string[]
  needs: Need[]
  phoneKind: PhoneKind | null
}

class Refused extends Error {
  readonly field: Field
  readonly code: RefusalCode
  readonly value: string
  constructor(field: Field, code: RefusalCode, value = '') {
    super(code)
    this.field = field
    this.code = code
    this.value = value
  }
}

/** @throws Refused when the cell cannot be read */
function need<T>(value: T | undefined, field: Field, code: RefusalCode, cell: Cell | undefined): T {
  if (value === undefined) throw new Refused(field, code, textOf(cell))
  return value
}

const isHeadWord = (relation: string) =>
  /^(la )?(chu ho|ch|chu nha|chuho|c h)$/.test(fold(relation).replaceAll('.', ''))

const short = (cells: RawRow['cells'], field: Field, most: number) => {
  const text = textOf(cells[field])
  if (text.length > most) throw new Refused(field, 'text_too_long', text)
  return text
}

/** The year stands under `Nam` or under `Nữ`, or a cross does. */
function birthAndSex(cells: RawRow['cells'], thisYear: number) {
  const under = (['male', 'female'] as const).find(field => textOf(cells[field]) !== '')
  const mark = under && /^(x|✓|✔|v|1)$/i.test(textOf(cells[under]))
  const field: Field = under && !mark ? under : 'birth'
  const parts = [cells.birthDayPart, cells.birthMonthPart, cells.birth].map(cell => textOf(cell))
  const cell = parts[0] && parts[1] ? parts.join('/') : cells[field]
  const birth = need(readBirth(cell), field, 'birth_unreadable', cell)
  if (birth && birth.year > thisYear) throw new Refused(field, 'birth_future', textOf(cell))
  const sex = under ? (under === 'male' ? 'm' : 'f') : need(readSex(cells.sex), 'sex', 'sex_unreadable', cells.sex)
  return { birth, sex } as const
}

/** `Thôn Phú Hưng, xã …` in a column of addresses: the part that names a village, and the rest. */
function address(cells: RawRow['cells'], hasVillage: boolean) {
  const parts = textOf(cells.address)
    .split(/\s*[,;]\s*|\s+-\s+/)
    .filter(Boolean)
  const at = hasVillage
    ? -1
    : parts.findIndex(part => /^(tổ dân phố|tdp|thôn|bản|buôn|ấp|làng|khu phố|tiểu khu|khóm)\s/iu.test(part))
  const rest = parts.filter((part, n) => n !== at && !/^(xã|phường|thị trấn|huyện|tỉnh|tp)[\s.]/iu.test(part))
  return { village: at >= 0 ? parts[at]! : '', rest: rest.join(', ').slice(0, 200) }
}

function read({ row, village, cells, phones, isSameHome }: RawRow, keepIds: boolean, thisYear: number): ReadRow {
  for (const [field, cell] of Object.entries(cells))
    if (isCellError(cell)) throw new Refused(field as Field, 'cell_error', textOf(cell))
  const said = nameOf(cells)
  if (!said) throw new Refused('name', 'name_missing')
  const name = need(readName(said), 'name', 'name_unreadable', said)
  const head = textOf(cells.head)
  const relation = short(cells, 'relation', 50)
  const place = address(cells, textOf(cells.village) !== '' || village !== undefined)
  const numbers = phones.flatMap(cell => need(readPhones(cell), 'phone', 'phone_unreadable', cell))
  return {
    row,
    isSameHome,
    village: textOf(cells.village) || village || place.village,
    sheetNo: short(cells, 'sheetNo', 30),
    head: head && need(readName(head), 'head', 'name_unreadable', head),
    name,
    relation,
    isHead: isHeadWord(relation) || /^(x|1|✓|✔|v|có|true)$/i.test(textOf(cells.isHead)),
    ...birthAndSex(cells, thisYear),
    phones: [...new Set(numbers)],
    idNumber: keepIds ? need(readIdNumber(cells.idNumber), 'idNumber', 'id_unreadable', cells.idNumber) : null,
    alley: short(cells, 'alley', 100) || place.rest.slice(0, 100),
    landmark: short(cells, 'landmark', 200),
    way: short(cells, 'way', 200),
    languages: need(readLanguages(cells.language), 'language', 'language_unknown', cells.language),
    needs: readNeeds(cells.need),
    phoneKind: need(readPhoneKind(cells.phoneKind), 'phoneKind', 'phone_kind_unknown', cells.phoneKind),
  }
}

const nameFields: readonly Field[] = ['name', 'surname', 'given', 'head']

/** The sheet's own words over a column. */
export function headingOf(head: Head, field: Field): string {
  const wanted = field === 'name' ? nameFields : [field]
  for (const one of wanted) {
    const column = head.columns.find(({ field: of }) => of === one)
    if (column) return column.heading
  }
  return ''
}

/** @returns the row, or its refusal by the sheet's own words */
export function readRow(raw: RawRow, head: Head, sheet: string, keepIds: boolean, thisYear: number): ReadRow | Refusal {
  try {
    return read(raw, keepIds, thisYear)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return {
      row: raw.row,
      column: headingOf(head, error.field),
      code: error.code,
      sheet,
      value: tidy(error.value).slice(0, 40),
    }
  }
}

export const isRefusal = (row: ReadRow | Refusal): row is Refusal => 'code' in row
