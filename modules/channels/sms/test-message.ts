// What an officer's own phone gets when an account is tried.
import { nowMs } from '#core/clock'
import { say } from '#core/words'
import { readPhone } from '#people'
import type { ShortMessage } from './sms-adapter.ts'
import { partsOf, weigh } from './text.ts'

export const isNumber = (to: string) => readPhone(to) !== undefined

/** @param to as somebody typed it @returns undefined where that is no number */
export function testMessage(to: string): ShortMessage | undefined {
  const number = readPhone(to)
  if (!number) return undefined
  const { text, encoding } = weigh(say('vi', 'sms.test_body'), { marks: false })
  return { to: number, text, encoding, parts: partsOf(text, encoding), key: `test-${nowMs()}` }
}
