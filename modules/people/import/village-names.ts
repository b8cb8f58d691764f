// How lists call a village: `Thôn Phú Hưng`, `thon phu hung`, `Phú Hưng`, `TDP số 01`.
import { fold, tidy } from '#core/fold'

/** Words before a village's name, as they are written and what they mean. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(tổ dân phố|to dan pho|tdp|t\.d\.p|tổ|to)(?=[\s.]|\d)/iu, 'tổ dân phố'],
  [/^(thôn|thon|t\.)(?=[\s.]|\d|\p{Lu})/iu, 'thôn'],
  [/^(bản|ban)(?=[\s.]|\d)/iu, 'bản'],
  [/^(buôn|buon)(?=[\s.]|\d)/iu, 'buôn'],
  [/^(ấp|ap)(?=[\s.]|\d)/iu, 'ấp'],
  [/^(làng|lang)(?=[\s.]|\d)/iu, 'làng'],
  [/^(xóm|xom)(?=[\s.]|\d)/iu, 'xóm'],
  [/^(khu phố|khu pho|kp)(?=[\s.]|\d)/iu, 'khu phố'],
  [/^(tiểu khu|tieu khu)(?=[\s.]|\d)/iu, 'tiểu khu'],
  [/^(khóm|khom)(?=[\s.]|\d)/iu, 'khóm'],
  [/^(phum|sóc|soc)(?=[\s.]|\d)/iu, 'phum'],
]

export interface VillageName {
  /** `thôn`, when the text says it. */
  kind: string | undefined
  name: string
}

/** @returns the kind that the text names and the name without it */
export function splitVillage(text: string): VillageName {
  const whole = tidy(text).replace(/^tên\s+/iu, '')
  for (const [shape, kind] of kinds) {
    const found = shape.exec(whole)
    if (!found) continue
    const name = tidy(
      whole
        .slice(found[0].length)
        .replace(/^[\s.:]+/, '')
        .replace(/^số\s+/iu, ''),
    )
    if (name) return { kind, name: name === name.toUpperCase() && name.length > 3 ? tidy(titled(name)) : name }
  }
  return { kind: undefined, name: whole === whole.toUpperCase() && whole.length > 3 ? titled(whole) : whole }
}

const titled = (text: string) =>
  text
    .split(' ')
    .map(word => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase())
    .join(' ')

const key = (text: string) =>
  fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\b0+(?=\d)/g, '')
    .trim()

export interface KnownVillage {
  id: string
  /** The closed village whose name this was. */
  was?: string
  kind: string
  name: string
}

/**
 * The village that a text means: by its whole name, else without the word before it. Marks decide between two.
 * @returns undefined for none, `unclear` for several
 */
export function findVillage<V extends KnownVillage>(villages: readonly V[], text: string): V | 'unclear' | undefined {
  const [whole, bare] = [key(text), key(splitVillage(text).name)]
  const ways: ((village: V) => boolean)[] = [
    village => [key(village.name), key(`${village.kind} ${village.name}`)].includes(whole),
    village => key(village.name) === bare,
    village => key(splitVillage(village.name).name) === bare,
  ]
  for (const fits of ways) {
    // A village stands twice when it is known by an older name too.
    const found = [...new Map(villages.filter(village => fits(village)).map(village => [village.id, village])).values()]
    if (found.length === 1) return found[0]
    if (!found.length) continue
    const said = splitVillage(text).name.toLowerCase()
    const exact = found.filter(village => splitVillage(village.name).name.toLowerCase() === said)
    return exact.length === 1 ? exact[0] : 'unclear'
  }
  return undefined
}

/** Names that mean one village have one of these. */
export const villageKey = (text: string) => key(splitVillage(text).name)

/** Words that are nobody's family name: `To`, `Ban` and `Lang` without marks may be. */
const headingKind =
  /^(tổ dân phố|to dan pho|tdp|tổ|thôn|thon|bản|buôn|ấp|làng|xóm|khu phố|khu pho|tiểu khu|tieu khu|khóm)[\s.:]+\S/iu

/** A row of one cell that names the village of the rows below it: `II. THÔN MẬT (45 hộ)`. */
export function villageOfHeading(text: string): string | undefined {
  const bare = tidy(
    text
      .replace(/\(.*?\)/g, '')
      .replace(/[:;,.\s]+$/, '')
      .replace(/^\s*([IVX]+|\d+|[A-Z])\s*[.)/-]\s*/, ''),
  )
  return bare.length <= 60 && headingKind.test(bare) ? bare : undefined
}

/** The village that a title names: `DANH SÁCH HỘ GIA ĐÌNH THÔN PHÚ HƯNG NĂM 2026`. */
export function villageOfTitle(text: string): string | undefined {
  const whole = tidy(text)
  const found = /(?:^|\s)((?:tổ dân phố|thôn|bản|buôn|ấp|làng|khu phố|tiểu khu|khóm)\s*:?\s+)(.+)$/iu.exec(whole)
  if (!found) return undefined
  const name = found[2]!
    .split(/\s*[-–,;(]|\s+(?:xã|phường|năm|tháng|huyện|thị trấn|tỉnh)\s/iu)[0]!
    .replace(/[:.…\s]+$/, '')
  return name && name.length <= 40 && !/^(gồm|có|và|của|theo|\/)/iu.test(name)
    ? `${found[1]!.replace(/[:\s]+$/, '')} ${name}`
    : undefined
}
