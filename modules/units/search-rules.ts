// How a typed name meets the names that units have or had. No I/O.
import { fold, tidy } from '#core/fold'
import { unitTitle, type Level } from './names.ts'

/** Words that stand before a name. Villages may use others, so the whole text is looked for, too. */
const kindWords = new Set(
  [
    'thành phố',
    'thị trấn',
    'thị xã',
    'đặc khu',
    'tỉnh',
    'huyện',
    'quận',
    'phường',
    'xã',
    'tổ dân phố',
    'tổ dân cư',
    'tiểu khu',
    'khu dân cư',
    'khu phố',
    'thôn',
    'làng',
    'bản',
    'buôn',
    'bon',
    'plei',
    'phum',
    'sóc',
    'ấp',
    'xóm',
    'khóm',
    'khối',
    'khu',
    'tổ',
  ].map(word => fold(word)),
)

const tones = /[\u0300\u0301\u0303\u0309\u0323]/gu

/** Lower case with marks, the tone at the end of its syllable: `hoà` and `hòa` are one spelling. */
export const marked = (text: string) =>
  tidy(text)
    .toLowerCase()
    .split(' ')
    .map(word => {
      const apart = word.normalize('NFD')
      return (apart.replaceAll(tones, '') + (apart.match(tones) ?? []).join('')).normalize('NFC')
    })
    .join(' ')

export interface Asked {
  /** What may be its folded name: as typed, and without a kind word before it. */
  names: readonly string[]
  /** The same with their marks. */
  marked: readonly string[]
  /** The kind word typed, folded. */
  kind: string
  /** Folded names it must lie in: `…, Huyện Sơn Động, Bắc Giang`. */
  within: readonly string[]
}

/** The kind word at the head, folded, and the rest as typed. */
export function splitKind(text: string): { kind: string; rest: string } {
  const words = tidy(text).split(' ')
  for (let n = Math.min(3, words.length - 1); n > 0; n--) {
    const kind = fold(words.slice(0, n).join(' '))
    if (kindWords.has(kind)) return { kind, rest: words.slice(n).join(' ') }
  }
  return { kind: '', rest: tidy(text) }
}

/** `xã an châu, huyện Sơn Động` → the name, its kind and what it lies in. */
export function readName(text: string): Asked {
  const [first = '', ...rest] = text.split(',').map(part => tidy(part))
  const { kind, rest: bare } = splitKind(first)
  const names = [...new Set([bare, first])].filter(Boolean)
  return {
    names: names.map(name => fold(name)),
    marked: names.map(name => marked(name)),
    kind,
    within: rest.map(part => fold(splitKind(part).rest)).filter(Boolean),
  }
}

export interface Named {
  name: string
  kind: string
  level: Level
  /** The name is not that of the day asked. */
  isOld: boolean
}

/** Lower is better: right marks, whole name, name of the day, right kind word, higher level. */
export function rankOf(asked: Asked, hit: Named): readonly number[] {
  const ownMarks = [marked(hit.name), marked(unitTitle(hit))]
  const own = new Set([fold(hit.name), fold(unitTitle(hit))])
  const hasMarks = asked.marked.some(text => ownMarks.some(mine => mine.startsWith(text)))
  const isWhole = asked.names.some(text => own.has(text))
  const isKind = !asked.kind || asked.kind === fold(hit.kind)
  const levels: Level[] = ['country', 'province', 'commune', 'village', 'hamlet']
  return [isWhole ? 0 : 1, hasMarks ? 0 : 1, hit.isOld ? 1 : 0, isKind ? 0 : 1, levels.indexOf(hit.level)]
}

export function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [n, mine] of a.entries()) {
    const difference = mine - (b[n] ?? 0)
    if (difference) return difference
  }
  return 0
}

/** Does it lie in everything that was asked for? @param names where it lies or lay, kind words left out or not */
export const liesIn = (asked: Asked, names: readonly string[]) => {
  const places = names.flatMap(name => [fold(name), fold(splitKind(name).rest)])
  return asked.within.every(part => places.some(place => place.startsWith(part)))
}
