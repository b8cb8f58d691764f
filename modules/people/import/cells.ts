// What one cell says. `undefined` means "cannot be read"; `null` means "says nothing".
import { fold, tidy } from '#core/fold'
import { readPhone } from '../phone.ts'
import { languages, type Need, type PhoneKind } from '../words-of-homes.ts'
import type { Cell } from './sheet.ts'

const nothing =
  /^(-+|–|\.+|\?+|0|k|ko|kg|khong|khong (co|ro|nho|biet)|kr|chua (co|ro)|khong (co )?(dt|sdt|dien thoai)|n\/?a|x)$/

/** `9.12345678E8` is a telephone number, not a measure. */
const wordsOf = (number: number) => (Number.isInteger(number) ? BigInt(number).toString() : String(number))

/** A cell's words; whole numbers without a point. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return tidy(cell)
  if (typeof cell === 'number') return Number.isFinite(cell) ? wordsOf(cell) : ''
  if (typeof cell === 'boolean') return String(cell)
  return Number.isNaN(cell.getTime()) ? '' : cell.toISOString().slice(0, 10)
}

const saysNothing = (text: string) => text === '' || nothing.test(fold(text))

export interface Birth {
  year: number
  /** `1960-02-01`, when the day is known. */
  day: string | null
}

const oldest = 1900

function dayOfBirth(year: number, month: number, day: number): Birth | undefined {
  const at = new Date(Date.UTC(year, month - 1, day))
  if (at.getUTCFullYear() !== year || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return undefined
  return year >= oldest ? { year, day: at.toISOString().slice(0, 10) } : undefined
}

/** Excel counts days from the end of 1899; below this a number is a year. */
function fromNumber(number: number): Birth | undefined {
  if (Number.isInteger(number) && number >= oldest && number <= 2100) return { year: number, day: null }
  if (number < 3000 || number > 60_000) return undefined
  const at = new Date(Date.UTC(1899, 11, 30) + Math.floor(number) * 86_400_000)
  return dayOfBirth(at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate())
}

/** Day before month, as Vietnam writes it; a year of two digits is not guessed. */
export function readBirth(cell: Cell | undefined): Birth | null | undefined {
  if (cell instanceof Date)
    return Number.isNaN(cell.getTime())
      ? undefined
      : dayOfBirth(cell.getUTCFullYear(), cell.getUTCMonth() + 1, cell.getUTCDate())
  if (typeof cell === 'number') return fromNumber(cell)
  const text = textOf(cell).replace(/^(sn|sinh năm|năm)\s*:?\s*/i, '')
  if (saysNothing(text)) return null
  if (/^\d{4,5}$/.test(text)) return fromNumber(Number(text))
  const full = /^(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{4})$/.exec(text)
  if (full) {
    const [day, month, year] = full.slice(1).map(Number) as [number, number, number]
    return day === 0 && month === 0 ? fromNumber(year) : dayOfBirth(year, month, day)
  }
  const turned = /^(\d{4})-(\d{2})-(\d{2})/.exec(text)
  if (turned) return dayOfBirth(Number(turned[1]), Number(turned[2]), Number(turned[3]))
  const month = /^(\d{1,2})\s*[/.-]\s*(\d{4})$/.exec(text)
  return month && Number(month[1]) <= 12 ? fromNumber(Number(month[2])) : undefined
}

/** All numbers of a cell, each as dialled abroad: `0912345678 / 0987 654 321`. */
export function readPhones(cell: Cell | undefined): string[] | undefined {
  const text = textOf(cell)
  if (saysNothing(text)) return []
  const parts = text
    .split(/[/;,\n|]|\s+-\s+|\s+hoặc\s+|\s+và\s+/i)
    .map(part => part.replace(/^(đt|dt|sđt|sdt|zalo|tel)\s*[.:]?\s*/i, '').trim())
  const phones = parts.filter(Boolean).map(part => readPhone(part))
  return phones.every(phone => phone !== undefined) ? [...new Set(phones)] : undefined
}

export function readSex(cell: Cell | undefined): 'm' | 'f' | null | undefined {
  const text = fold(textOf(cell))
  if (text === '') return null
  if (/^(nam|m|male|trai|1)$/.test(text)) return 'm'
  return /^(nu|f|female|gai|0|2)$/.test(text) ? 'f' : undefined
}

const tags = new Map(Object.entries(languages).flatMap(([tag, words]) => words.map(word => [fold(word), tag] as const)))
for (const [tag] of Object.entries(languages)) tags.set(tag.toLowerCase(), tag)

/** `Sán Chí, Kinh` → tags; undefined when one of them is no language we know. */
export function readLanguages(cell: Cell | undefined): string[] | undefined {
  const text = textOf(cell)
  if (saysNothing(text)) return []
  const found = text.split(/[,;/+]|\s+và\s+/).map(part => {
    const word = fold(part).replace(/^tieng /, '')
    return tags.get(word) ?? tags.get(word.replaceAll('-', ' '))
  })
  return found.every(tag => tag !== undefined) ? [...new Set(found)] : undefined
}

const needWords: readonly (readonly [RegExp, Need])[] = [
  [/(gia|song|o) (ca )?mot minh|don than|neo don|don chiec|elder_alone/, 'elder_alone'],
  [/nghe kem|lang tai|khiem thinh|diec|hard_of_hearing/, 'hard_of_hearing'],
  [/mat kem|khiem thi|mu|sees_badly/, 'sees_badly'],
  [/khong biet (doc|chu)|mu chu|cannot_read/, 'cannot_read'],
  [/di lai (kho|yeu)|kho di lai|xe lan|walks_badly/, 'walks_badly'],
]
/** The needs that a cell's words name; other words are not kept. */
export const readNeeds = (cell: Cell | undefined): Need[] =>
  needWords.filter(([words]) => words.test(fold(textOf(cell)))).map(([, need]) => need)

export function readPhoneKind(cell: Cell | undefined): PhoneKind | null | undefined {
  const text = fold(textOf(cell))
  if (text === '') return null
  if (/(thong minh|smart|cam ung|zalo|^app$|^co$|^x$)/.test(text)) return 'app'
  if (/(cuc gach|phim|thuong|nghe goi|^voice$|den trang)/.test(text)) return 'voice'
  return /(khong|^none$|^0$)/.test(text) ? 'none' : undefined
}

/** 9 digits of the old card or 12 of the present number, with the zeros that spreadsheets lose. */
export function readIdNumber(cell: Cell | undefined): string | null | undefined {
  const text = textOf(cell).replace(/[\s.'’-]/g, '')
  if (saysNothing(text)) return null
  if (/^\d{10,11}$/.test(text)) return text.padStart(12, '0')
  return /^(\d{9}|\d{12})$/.test(text) ? text : undefined
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()

/** A name as it is spoken to: NFC, and not shouted. undefined for what is no name. */
export function readName(text: string): string | undefined {
  const name = tidy(text)
  if (name.length > 100 || !/^\p{L}[\p{L}\p{M}\d'’.()\- ]+$/u.test(name) || /\d{6}/.test(name)) return undefined
  return name === name.toUpperCase()
    ? name
        .split(' ')
        .map(word => capital(word))
        .join(' ')
    : name
}

/** What Excel puts where a formula fails. */
export const isCellError = (cell: Cell | undefined) =>
  typeof cell === 'string' && /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!)$/.test(cell.trim())
