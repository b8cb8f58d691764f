// What somebody means who answers a message. Decisions without I/O.
import { fold } from '#core/fold'

export type Meaning = 'known' | 'stop' | 'again' | 'question' | 'nothing'

const known = new Set(['1', 'ro', 'da ro', 'ok', '1 ro'])
const stop = /^(huy|stop)( |$)/
// Whole words only: “Nhận lại giấy tờ ở đâu?” is a question.
const again = new Set(['nhan lai', 'nhan tin lai', 'nhan lai tin', 'start'])

/** A home's code for linking, alone or as "mã 123456"; with a gap too, as screens and pages show it. */
export const codeIn = (words: string) =>
  /^(?:(?:nhan |lien ket |ket noi )?(?:ma(?: so)? )?)(\d{3} ?\d{3})$/
    .exec(
      fold(words)
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    )?.[1]
    ?.replace(' ', '')

/** "1" is "Đã rõ", HỦY or STOP at the beginning stops what is optional, NHẬN LẠI alone takes it back, everything else is a question. */
export function meaningOf(words: string): Meaning {
  const said = fold(words)
    .replaceAll(/[^\p{L}\p{N}? ]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  if (!said) return 'nothing'
  if (known.has(said)) return 'known'
  if (again.has(said)) return 'again'
  return stop.test(said) ? 'stop' : 'question'
}
