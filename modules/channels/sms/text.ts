// What a short message is made of: GSM 03.38 letters in seven bits, or UCS-2, and the parts that it takes. Decisions without I/O.

export const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
/** Each takes an escape before it: two places. */
export const extended = '\f^{}\\[~]|€'
const one = new Set(basic)
const two = new Set(extended)

export type Encoding = 'gsm7' | 'ucs2'

/** 3GPP TS 23.038: whatever stands outside the alphabet turns the whole message to UCS-2. Of Vietnamese letters only à è é ì ò ù stand in it. */
export const encodingOf = (text: string): Encoding =>
  Array.from(text).every(letter => one.has(letter) || two.has(letter)) ? 'gsm7' : 'ucs2'

/** Places in a message alone, and in each part of several: the rest holds the header that joins them (3GPP TS 23.040). */
const room = { gsm7: { alone: 160, part: 153 }, ucs2: { alone: 70, part: 67 } } as const

const placesOf = (letter: string, encoding: Encoding) => (encoding === 'ucs2' ? letter.length : two.has(letter) ? 2 : 1)

/** The parts of a text in order. No letter is cut: neither an escape from its letter, nor half of a pair. */
export function partsOf(text: string, encoding = encodingOf(text)): string[] {
  const letters = Array.from(text.normalize('NFC'))
  const places = letters.reduce((sum, letter) => sum + placesOf(letter, encoding), 0)
  if (places <= room[encoding].alone) return [letters.join('')]
  const parts: string[] = []
  let part = ''
  let used = 0
  for (const letter of letters) {
    const needs = placesOf(letter, encoding)
    if (used + needs > room[encoding].part) {
      parts.push(part)
      part = ''
      used = 0
    }
    part += letter
    used += needs
  }
  return [...parts, part]
}

const likenesses: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  '“': '"',
  '”': '"',
  '„': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '·': '-',
  '×': 'x',
  '₫': 'd',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
}

/** Without marks, in the seven-bit alphabet alone; what has no likeness in it is left out. đ has no marks that could be taken off. */
export const withoutMarks = (text: string) =>
  Array.from(
    text
      .normalize('NFC')
      .replaceAll(/[^\n\r -~]/gu, letter => likenesses[letter] ?? letter.normalize('NFD').replaceAll(/\p{M}/gu, '')),
  )
    .filter(letter => one.has(letter) || two.has(letter))
    .join('')

export interface Weighed {
  text: string
  encoding: Encoding
  parts: number
}

/** As it will be sent, and how many parts that is. */
export function weigh(text: string, { marks }: { marks: boolean }): Weighed {
  const sent = marks ? text.normalize('NFC') : withoutMarks(text)
  const encoding = encodingOf(sent)
  return { text: sent, encoding, parts: partsOf(sent, encoding).length }
}
