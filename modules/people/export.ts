// The register as a table, in the columns that an import reads again.
import { today } from '#core/clock'
import { byGivenName } from '#core/fold'
import type { Call } from '#core/serve'
import { say } from '#core/words'
import { unitsBelow, unitTitle, type UnitNow } from '#units'
import { harmless, writeCsv } from './import/csv.ts'
import { lookAt } from './look.ts'
import { masked, spoken } from './phone.ts'
import { exportRows, type ExportRow } from './store-export.ts'
import { languages } from './words-of-homes.ts'

const columns = [
  'village',
  'sheetNo',
  'name',
  'relation',
  'birth',
  'sex',
  'phone',
  'alley',
  'landmark',
  'way',
  'language',
  'need',
] as const

/** `1960-02-01` → `01/02/1960`, as an import reads it. */
const birth = (row: ExportRow) =>
  row.birthDay ? row.birthDay.split('-').toReversed().join('/') : String(row.birthYear ?? '')

function fields(row: ExportRow, hasPhones: boolean): string[] {
  const phones = row.phones.map(phone => (hasPhones ? spoken(phone) : masked('phone', phone)))
  const sex = row.sex === 'm' ? 'nam' : row.sex === 'f' ? 'nữ' : ''
  const heard = row.isHead ? row.languages.map(tag => languages[tag]?.[0] ?? tag).join(', ') : ''
  const home = row.isHead ? [row.alley, row.landmark, row.way, heard, row.needs.join(', ')] : ['', '', '', '', '']
  const village = unitTitle({ kind: row.unitKind, name: row.unitName })
  return [
    village,
    row.sheetNo ?? '',
    row.name,
    row.relation || (row.isHead ? 'chủ hộ' : ''),
    birth(row),
    sex,
    phones.join('; '),
    ...home,
  ]
}

/** Homes by given name of their heads within each village, the head first. */
const inOrder = (a: ExportRow, b: ExportRow) =>
  a.unitNo - b.unitNo ||
  byGivenName(a.headName, b.headName) ||
  (a.householdId < b.householdId ? -1 : a.householdId > b.householdId ? 1 : Number(b.isHead) - Number(a.isHead))

/** Every cell is text and none begins like a formula. */
async function sheetOf(head: readonly string[], rows: readonly string[][]) {
  // 20 MB that only an export needs
  const { default: writeWorkbook } = await import('write-excel-file/node')
  return writeWorkbook([
    head.map(value => ({ value, type: String, fontWeight: 'bold' as const })),
    ...rows.map(row => row.map(value => ({ value: harmless(value), type: String }))),
  ]).toBuffer()
}

export async function exportTable(
  call: Call,
  unit: UnitNow,
  format: 'xlsx' | 'csv',
  hasPhones: boolean,
): Promise<Response> {
  const { db, caller } = call
  const below = await unitsBelow(db, unit.path)
  const rows = (await exportRows(db, unit.tenant, [unit.id, ...below.map(one => one.id)])).toSorted(inOrder)
  await lookAt(
    db,
    caller,
    unit.tenant,
    rows.map(row => row.householdId),
    hasPhones ? 'export_phones' : 'export',
  )
  const head = columns.map(name => say(caller.language, `export.${name}`))
  const table = rows.map(row => fields(row, hasPhones))
  const isCsv = format === 'csv'
  const body = isCsv ? writeCsv([head, ...table]) : new Uint8Array(await sheetOf(head, table))
  return new Response(body, {
    headers: {
      'content-type': isCsv
        ? 'text/csv; charset=utf-8'
        : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`so-ho-${unit.name}-${today()}.${format}`)}`,
      'cache-control': 'no-store',
    },
  })
}
