// Homes out of a file: a row a home, or a row a person with the head marked or the home's cells merged.
import { fold } from '#core/fold'
import { Problem } from '#core/problem'
import type { Need, PhoneKind } from '../words-of-homes.ts'
import { textOf } from './cells.ts'
import { findHead, type Field, type Head } from './headers.ts'
import { converted, fontOf, isMixed } from './legacy.ts'
import { headingOf, isRefusal, readRow, type ReadRow } from './read-row.ts'
import { readRows, type RawRow } from './read-rows.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import type { Sheet } from './sheet.ts'
import { splitVillage, villageOfTitle } from './village-names.ts'

export interface SheetPerson {
  row: number
  name: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f' | null
  birthYear: number | null
  birthDay: string | null
  phones: string[]
  idNumber: string | null
}

export interface SheetHome {
  row: number
  sheet: string
  /** As the sheet calls it; empty when nothing in the file names one. */
  village: string
  sheetNo: string | null
  /** The head stands first. */
  persons: SheetPerson[]
  alley: string
  landmark: string
  way: string
  languages: string[]
  needs: Need[]
  phoneKind: PhoneKind | null
  /** The sheet's own words over what a refusal may name. */
  headings: Partial<Record<'village' | 'sheetNo' | 'name', string>>
}

export interface ReadFile {
  homes: SheetHome[]
  refused: Refusal[]
  /** Columns that stand in the file and are not kept, by their own words. */
  dropped: string[]
  /** Where the rows stand, for whoever gets those back that were refused. */
  sources: (Source & { raws: readonly RawRow[] })[]
}

/** Texts of old fonts become Unicode; a cell that reads well both ways stays marked as unclear. */
function inUnicode(sheets: readonly Sheet[]): { sheets: Sheet[]; unclear: Set<string> } {
  const texts = sheets.flatMap(sheet => sheet.rows.flatMap(row => row.filter(cell => typeof cell === 'string')))
  const font = fontOf(texts)
  const unclear = new Set<string>()
  if (!font) return { sheets: [...sheets], unclear }
  const mixed = isMixed(texts)
  const changed = sheets.map((sheet, n) => ({
    ...sheet,
    rows: sheet.rows.map((row, at) =>
      row.map(cell => {
        if (typeof cell !== 'string') return cell
        const text = converted(cell, font, mixed)
        if (text === undefined) unclear.add(`${n}/${at + 1}`)
        return text ?? cell
      }),
    ),
  }))
  return { sheets: changed, unclear }
}

const person = (row: ReadRow, isHead: boolean): SheetPerson => ({
  row: row.row,
  name: row.name,
  relation: row.relation || (isHead ? 'chủ hộ' : ''),
  isHead,
  sex: row.sex,
  birthYear: row.birth?.year ?? null,
  birthDay: row.birth?.day ?? null,
  phones: row.phones,
  idNumber: row.idNumber,
})

function home(rows: readonly ReadRow[], head: SheetPerson, persons: SheetPerson[], source: Source): SheetHome {
  const first = <K extends 'alley' | 'landmark' | 'way' | 'sheetNo'>(name: K) =>
    rows.find(row => row[name])?.[name] ?? ''
  return {
    row: head.row,
    sheet: source.name,
    village: rows.find(row => row.village)?.village ?? source.village,
    sheetNo: first('sheetNo') || null,
    persons: [head, ...persons],
    alley: first('alley'),
    landmark: first('landmark'),
    way: first('way'),
    languages: [...new Set(rows.flatMap(row => row.languages))].slice(0, 4),
    needs: [...new Set(rows.flatMap(row => row.needs))],
    phoneKind: rows.find(row => row.phoneKind)?.phoneKind ?? null,
    headings: {
      village: headingOf(source.head, 'village') || headingOf(source.head, 'address'),
      sheetNo: headingOf(source.head, 'sheetNo'),
      name: headingOf(source.head, 'name'),
    },
  }
}

export interface Source {
  name: string
  head: Head
  /** What the title or the sheet's name calls the village. */
  village: string
}

const has = (head: Head, field: Field) => head.columns.some(column => column.field === field)

/** Rows of one home follow each other; a new number, a new head's name or the word "chủ hộ" begins the next. */
function grouped(rows: readonly (ReadRow | Refusal)[], raws: readonly RawRow[], source: Source) {
  const groups: { rows: (ReadRow | Refusal)[]; key: string }[] = []
  const byNumber = has(source.head, 'sheetNo')
  const byHead = has(source.head, 'head') && has(source.head, 'name')
  for (const [n, row] of rows.entries()) {
    const raw = raws[n]!
    const no = textOf(raw.cells.sheetNo)
    const named = textOf(raw.cells.head)
    const key =
      byNumber && no
        ? `no ${no} ${textOf(raw.cells.village) || (raw.village ?? '')}`
        : byHead && named
          ? `head ${fold(named)}`
          : ''
    const last = groups.at(-1)
    const begins = key ? key !== last?.key : !isRefusal(row) && row.isHead
    if (last && (raw.isSameHome || !begins)) last.rows.push(row)
    else groups.push({ rows: [row], key })
  }
  return groups
}

/** @returns the people of one home besides its head, refusing a second head and a person written twice */
function members(
  rows: readonly ReadRow[],
  headRow: ReadRow | undefined,
  refuse: (row: ReadRow, field: Field, code: RefusalCode) => void,
) {
  const seen = new Set(headRow ? [`${fold(headRow.name)} ${headRow.birth?.year}`] : [])
  const persons: SheetPerson[] = []
  for (const row of rows) {
    if (row === headRow) continue
    const key = `${fold(row.name)} ${row.birth?.year}`
    if (row.isHead) refuse(row, 'relation', 'two_heads')
    else if (seen.has(key)) refuse(row, 'name', 'duplicate')
    else persons.push(person(row, false))
    seen.add(key)
  }
  return persons
}

function homesOfPeople(rows: readonly (ReadRow | Refusal)[], raws: readonly RawRow[], source: Source, file: ReadFile) {
  const refuse = (homeRows: number[]) => (row: ReadRow, field: Field, code: RefusalCode) => {
    file.refused.push({
      homeRows,
      row: row.row,
      column: headingOf(source.head, field),
      code,
      sheet: source.name,
      value: row.name.slice(0, 40),
    })
  }
  for (const group of grouped(rows, raws, source)) {
    const homeRows = group.rows.map(({ row }) => row)
    const refuseHere = refuse(homeRows)
    const bad = group.rows.filter(row => isRefusal(row))
    const good = group.rows.filter((row): row is ReadRow => !isRefusal(row))
    file.refused.push(...bad.map(one => ({ ...one, homeRows })))
    const named = good.find(row => row.head)?.head ?? ''
    const headRow = good.find(row => row.isHead) ?? good.find(row => named && fold(row.name) === fold(named))
    if (!headRow && !named) {
      // Without its head a home cannot be told from another: its people wait for the head's row to be put right.
      for (const [n, row] of good.entries())
        refuseHere(row, 'relation', bad.length || n ? 'head_refused' : 'head_missing')
      continue
    }
    const persons = members(good, headRow, refuseHere)
    const head = headRow
      ? person(headRow, true)
      : {
          ...person(good[0]!, true),
          name: named,
          relation: 'chủ hộ',
          sex: null,
          birthYear: null,
          birthDay: null,
          phones: [],
          idNumber: null,
        }
    file.homes.push(home(good, head, persons, source))
  }
}

function villageOf(sheet: Sheet, head: Head): string {
  for (const row of sheet.rows.slice(0, head.from - 1))
    for (const cell of row) {
      const found = villageOfTitle(textOf(cell))
      if (found) return found
    }
  return splitVillage(sheet.name).kind ? sheet.name : ''
}

function readSheet(
  sheet: Sheet,
  head: Head,
  unclear: (row: number) => boolean,
  keepIds: boolean,
  thisYear: number,
  file: ReadFile,
) {
  const raws = readRows(sheet, head)
  const source: Source = { name: sheet.name, head, village: villageOf(sheet, head) }
  file.sources.push({ ...source, raws })
  const rows = raws.map(raw => {
    const row = readRow(raw, head, sheet.name, keepIds, thisYear)
    return unclear(raw.row) && !isRefusal(row)
      ? {
          row: raw.row,
          column: headingOf(head, 'name'),
          code: 'text_unclear' as const,
          sheet: sheet.name,
          value: row.name,
        }
      : row
  })
  const isByPerson =
    has(head, 'relation') ||
    has(head, 'isHead') ||
    (has(head, 'head') && has(head, 'name')) ||
    raws.some(raw => raw.isSameHome)
  if (isByPerson) homesOfPeople(rows, raws, source, file)
  else
    for (const row of rows)
      if (isRefusal(row)) file.refused.push(row)
      else file.homes.push(home([row], person(row, true), [], source))
  for (const { field, heading } of head.columns)
    if ((field === 'dropped' || (field === 'idNumber' && !keepIds)) && !file.dropped.includes(heading))
      file.dropped.push(heading)
}

/** @throws Problem import_no_header when no sheet has a heading that names people, import_no_homes when nothing stands below it */
export function readHomes(tables: readonly Sheet[], keepIds: boolean, thisYear: number): ReadFile {
  const { sheets, unclear } = inUnicode(tables)
  const file: ReadFile = { homes: [], refused: [], dropped: [], sources: [] }
  let isHeaded = false
  for (const [n, sheet] of sheets.entries()) {
    const head = findHead(sheet)
    if (!head) continue
    isHeaded = true
    readSheet(sheet, head, row => unclear.has(`${n}/${row}`), keepIds, thisYear, file)
  }
  if (!isHeaded) throw new Problem('import_no_header')
  if (!file.homes.length && !file.refused.length) throw new Problem('import_no_homes')
  return file
}
