// Short messages as bytes: 3GPP TS 23.038's seven-bit alphabet with one letter an octet, ISO 8859-1, or UCS-2.
import { basic, extended, type Encoding } from './text.ts'

const escape = 0x1b

/** The alphabet's place 27 is the escape itself. */
const codes = new Map(Array.from(basic, (letter, n) => [letter, [n < escape ? n : n + 1]]))
/** In the order of `extended`. */
const afterEscape = [0x0a, 0x14, 0x28, 0x29, 0x2f, 0x3c, 0x3d, 0x3e, 0x40, 0x65]
Array.from(extended).forEach((letter, n) => codes.set(letter, [escape, afterEscape[n]!]))

const letters = new Map(Array.from(codes, ([letter, code]) => [code.join(), letter]))

/** @returns undefined where a letter stands outside the alphabet */
export function toGsm(text: string): Buffer | undefined {
  const bytes: number[] = []
  for (const letter of text) {
    const code = codes.get(letter)
    if (!code) return undefined
    bytes.push(...code)
  }
  return Buffer.from(bytes)
}

/** An escape that means nothing here is a space, as the standard asks. */
export function fromGsm(bytes: Buffer): string {
  let text = ''
  for (let n = 0; n < bytes.length; n++) {
    const code = bytes[n]!
    text += (code === escape ? letters.get(`${escape},${bytes[++n]}`) : letters.get(String(code))) ?? ' '
  }
  return text
}

/** What the SMSC means by its default alphabet (data_coding 0): most mean GSM, some ISO 8859-1. */
export type DefaultAlphabet = 'gsm' | 'latin1'

const toLatin1 = (text: string) => (/^[\0-\u00ff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined)

/** A part as it goes out. @returns undefined where the SMSC's alphabet cannot say it */
export function bytesOf(part: string, encoding: Encoding, alphabet: DefaultAlphabet): Buffer | undefined {
  if (encoding === 'ucs2') return Buffer.from(part, 'utf16le').swap16()
  return alphabet === 'gsm' ? toGsm(part) : toLatin1(part)
}
