// What was sent, as tables: a workbook or separated text, told apart by content and never by name.
import { Problem } from '#core/problem'
import { readCsv, unharmed } from './csv.ts'
import { fontOf, fromTcvn3, fromVni } from './legacy.ts'
import { mostRows, type Cell, type Merge, type Sheet } from './sheet.ts'
import { syllableShare } from './syllable.ts'
import { openZip, type Zipped } from './zip.ts'

/** Unpacked bytes of one table; a list of 20,000 homes needs about a tenth. */
const mostUnpacked = 200_000_000

const begins = (bytes: Buffer, ...start: number[]) => start.every((byte, at) => bytes[at] === byte)

/** What the first bytes say that it is, when it is no table we read. @throws Problem by name */
function refuseByName(bytes: Buffer) {
  if (!bytes.length) throw new Problem('import_empty')
  if (begins(bytes, 0xd0, 0xcf, 0x11, 0xe0))
    throw new Problem(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'import_locked' : 'import_xls')
  if (begins(bytes, 0x25, 0x50, 0x44, 0x46)) throw new Problem('import_not_sheet', { kind: 'PDF' })
  if (begins(bytes, 0xff, 0xd8) || begins(bytes, 0x89, 0x50, 0x4e, 0x47) || begins(bytes, 0x47, 0x49, 0x46))
    throw new Problem('import_not_sheet', { kind: 'JPEG/PNG/GIF' })
  if (begins(bytes, 0x52, 0x61, 0x72, 0x21) || begins(bytes, 0x37, 0x7a))
    throw new Problem('import_not_sheet', { kind: 'RAR/7z' })
  if (/^\s*(<!doctype html|<html|<table|<\?xml)/i.test(bytes.toString('latin1', 0, 200)))
    throw new Problem('import_not_sheet', { kind: 'HTML/XML' })
}

function refuseArchive(files: readonly Zipped[]) {
  const has = (name: string) => files.some(file => file.name === name)
  if (has('xl/workbook.xml')) return
  if (has('word/document.xml')) throw new Problem('import_not_sheet', { kind: 'Word' })
  if (has('xl/workbook.bin')) throw new Problem('import_not_sheet', { kind: '.xlsb' })
  if (has('content.xml')) throw new Problem('import_not_sheet', { kind: '.ods' })
  throw new Problem('import_not_sheet', { kind: 'ZIP' })
}

const lettersToColumn = (letters: string) =>
  Array.from(letters).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

function mergesIn(xml: string): Merge[] {
  return [...xml.matchAll(/<mergeCell [^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"/g)].map(
    ([, left, top, right, bottom]) => ({
      top: Number(top) - 1,
      left: lettersToColumn(left!),
      bottom: Number(bottom) - 1,
      right: lettersToColumn(right!),
    }),
  )
}

const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]

/** The archive's file of each sheet, in the workbook's order. */
function sheetFiles(files: readonly Zipped[]): (Zipped | undefined)[] {
  const text = (name: string) =>
    files
      .find(file => file.name === name)
      ?.read(5_000_000)
      .toString('utf8') ?? ''
  const targets = new Map(
    [...text('xl/_rels/workbook.xml.rels').matchAll(/<Relationship [^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target')?.replace(/^\/?xl\//, ''),
    ]),
  )
  return [...text('xl/workbook.xml').matchAll(/<sheet [^>]*>/g)].map(([tag]) => {
    const target = targets.get(attribute(tag, 'r:id'))
    return files.find(file => file.name === `xl/${target}`)
  })
}

async function openWorkbook(bytes: Buffer): Promise<Sheet[]> {
  const files = openZip(bytes)
  if (!files) throw new Problem('import_broken')
  refuseArchive(files)
  // The reader unpacks whatever the archive holds, not only its tables.
  if (files.reduce((sum, file) => sum + file.size, 0) > mostUnpacked)
    throw new Problem('import_too_big', { most: mostRows })
  try {
    // An archive may claim less than it holds: each part is unpacked once under its own claim before the reader may have it.
    for (const file of files) file.read(Math.max(file.size, 1))
    const merges = sheetFiles(files).map(file => (file ? mergesIn(file.read(file.size).toString('latin1')) : []))
    // 20 MB that only an import needs
    const { default: readWorkbook } = await import('read-excel-file/node')
    const sheets = await readWorkbook(bytes)
    return sheets.map(({ sheet, data }, n) => ({
      name: sheet,
      rows: data as unknown as Cell[][],
      merges: merges[n] ?? [],
    }))
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Problem('import_too_big', { most: mostRows })
    throw new Problem('import_broken')
  }
}

const utf16 = (bytes: Buffer) => {
  if (begins(bytes, 0xff, 0xfe)) return 'utf-16le'
  if (begins(bytes, 0xfe, 0xff)) return 'utf-16be'
  const odd = bytes.subarray(0, 400).filter((byte, at) => at % 2 === 1 && byte === 0).length
  return odd > 60 && odd > bytes.length / 8 ? 'utf-16le' : undefined
}

/** Bytes without a name of their encoding: the reading with the most Vietnamese words, if it has enough. @throws Problem import_encoding */
function readOldText(bytes: Buffer): string {
  const plain = bytes.toString('latin1')
  const sample = plain.slice(0, 20_000)
  if (!fontOf(sample.split(/[\r\n,;\t]/))) throw new Problem('import_encoding')
  const cp1258 = (text: string) => new TextDecoder('windows-1258').decode(Buffer.from(text, 'latin1')).normalize('NFC')
  const readings = [fromTcvn3, fromVni, cp1258].map(read => ({ read, share: syllableShare(read(sample)) }))
  const best = readings.toSorted((a, b) => b.share - a.share)[0]!
  if (best.share < 0.5) throw new Problem('import_encoding')
  return best.read(plain)
}

/** @throws Problem import_broken for bytes that are no text */
function whole(text: string): string {
  if (text.includes('\0')) throw new Problem('import_broken')
  return text
}

function textOf(bytes: Buffer): string {
  const wide = utf16(bytes)
  if (wide) return whole(new TextDecoder(wide).decode(bytes))
  if (bytes.includes(0)) throw new Problem('import_broken')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return readOldText(bytes)
  }
}

/** @throws Problem import_empty, import_xls, import_locked, import_not_sheet, import_broken, import_too_big, import_encoding */
export async function openFile(bytes: Buffer): Promise<Sheet[]> {
  refuseByName(bytes)
  const sheets = begins(bytes, 0x50, 0x4b)
    ? await openWorkbook(bytes)
    : [
        {
          name: '',
          rows: readCsv(textOf(bytes)).map(row => row.map(field => (field === '' ? null : unharmed(field)))),
          merges: [],
        },
      ]
  const isEmpty = (row: readonly Cell[]) => row.every(cell => cell === null || String(cell).trim() === '')
  if (sheets.every(sheet => sheet.rows.every(isEmpty))) throw new Problem('import_empty')
  if (sheets.some(sheet => sheet.rows.length > mostRows)) throw new Problem('import_too_big', { most: mostRows })
  return sheets
}
