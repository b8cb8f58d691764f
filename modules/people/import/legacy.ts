// Text typed for fonts of before Unicode. In such a file `NguyÔn V¨n` (TCVN3, fonts named .Vn…) or `Nguyeãn Vaên` (VNI-…) stands
// where `Nguyễn Văn` is meant. It is converted when there is one reading, and refused by name otherwise.
import { syllableShare } from './syllable.ts'

export type Font = 'TCVN3' | 'VNI'

const tcvn3From = '¡¢£¤¥¦§¨©ª«¬\u00AD®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ'
const tcvn3To = 'ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ'

/** The table of TCVN 5712:1993 (VN3), in the order of its codes. */
const tcvn3 = new Map(Array.from(tcvn3From, (from, n) => [from, tcvn3To[n]!]))

/** Each vowel with its marks: the letter, then what VNI writes after it, then what is meant. */
const vniVowels =
  'aø à aù á aû ả aõ ã aï ạ aê ă aè ằ aé ắ aú ẳ aü ẵ aë ặ aâ â aà ầ aá ấ aå ẩ aã ẫ aä ậ eø è eù é eû ẻ eõ ẽ eï ẹ eâ ê eà ề eá ế eå ể eã ễ eä ệ ' +
  'oø ò où ó oû ỏ oõ õ oï ọ oâ ô oà ồ oá ố oå ổ oã ỗ oä ộ ôø ờ ôù ớ ôû ở ôõ ỡ ôï ợ uø ù uù ú uû ủ uõ ũ uï ụ öø ừ öù ứ öû ử öõ ữ öï ự yø ỳ yù ý yû ỷ yõ ỹ ' +
  'æ ỉ ó ĩ ò ị ô ơ ö ư î ỵ ñ đ'

const vni = new Map<string, string>()
for (const [, from, to] of vniVowels.matchAll(/(\S+) (\S+)/g)) {
  vni.set(from!, to!)
  vni.set(from!.toUpperCase(), to!.toUpperCase())
  if (from!.length === 2) vni.set(from![0]!.toUpperCase() + from![1]!, to!.toUpperCase())
}

export const fromTcvn3 = (text: string) => Array.from(text, char => tcvn3.get(char) ?? char).join('')

export function fromVni(text: string): string {
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const pair = vni.get(text.slice(at, at + 2))
    if (pair && at + 1 < text.length) {
      out += pair
      at++
    } else out += vni.get(text[at]!) ?? text[at]!
  }
  return out
}

const unicodeVietnamese = /[\u1EA0-\u1EF9ăđơưĂĐƠƯ]|[\u0300-\u0323\u031B]/
/** A sign within a word; alone it may be what it is: `½ sào`. */
const tcvn3Only = /(?<=[\p{L}µ])[¨©ª«¬\u00AD®µ¶·¸¹»¼½¾×÷]|[¨©ª«¬®µ¶·¸¹»¼½¾×÷](?=[\p{L}µ])|[ÇÞßþ]|\p{Ll}[ÆËÎÏÐÑÖØÜ]/u
const vniOnly = /[øûïöñäåëüæ]|[aeouyAEOUY][ùõÙÕ]|[aoAO][âêÂÊ]|e[âã]/

/** The font that a file was typed for, if its texts show one. */
export function fontOf(texts: readonly string[]): Font | undefined {
  const count = (marks: RegExp) => texts.filter(text => marks.test(text) && !unicodeVietnamese.test(text)).length
  const [abc, vniTexts] = [count(tcvn3Only), count(vniOnly)]
  if (!abc && !vniTexts) return undefined
  const shares = (convert: (text: string) => string) =>
    texts.reduce((sum, text) => sum + syllableShare(convert(text)), 0) / texts.length
  return shares(fromTcvn3) >= shares(fromVni) ? 'TCVN3' : 'VNI'
}

const isPlain = (text: string) => !/[^\u0000-\u007F\u00A0\u2000-\u206F]/.test(text) // oxlint-disable-line no-control-regex -- from the first character on

/**
 * One cell of a file with such a font in it. A cell that is clearly Unicode stays; one that reads well both ways is not guessed.
 * @returns undefined when it cannot be told
 */
export function converted(text: string, font: Font, isMixed: boolean): string | undefined {
  if (isPlain(text) || unicodeVietnamese.test(text)) return text
  const changed = (font === 'TCVN3' ? fromTcvn3 : fromVni)(text)
  const isOld = (font === 'TCVN3' ? tcvn3Only : vniOnly).test(text)
  if (isMixed) {
    const [before, after] = [syllableShare(text), syllableShare(changed)]
    if (before === after && !isOld) return undefined
    return after > before ? changed : text
  }
  return tcvn3Only.test(changed) ? undefined : changed
}

/** Does the file hold Unicode texts beside those of an old font? */
export const isMixed = (texts: readonly string[]) => texts.some(text => unicodeVietnamese.test(text))
