// Links that carry everything they say: a few small numbers and a code that only we can make. Nothing is stored.
import type { Keys } from '#core/secrets'
import { isSame } from '#core/secrets'

const macBytes = 8

/** Seven bits a byte, the lowest first. */
function packed(numbers: readonly number[]): Buffer {
  const bytes: number[] = []
  for (let n of numbers) {
    for (; n > 127; n = Math.floor(n / 128)) bytes.push((n % 128) | 128)
    bytes.push(n)
  }
  return Buffer.from(bytes)
}

function unpacked(bytes: Buffer): number[] | undefined {
  const numbers: number[] = []
  let n = 0
  let factor = 1
  for (const byte of bytes) {
    n += (byte & 127) * factor
    factor *= 128
    if (byte & 128) continue
    numbers.push(n)
    n = 0
    factor = 1
  }
  return factor === 1 ? numbers : undefined
}

/** What a link is for: one of a kind never passes for one of another. */
type Purpose = 'message-link' | 'group-link'

const macOf = (keys: Keys, purpose: Purpose, body: Buffer) =>
  keys.mac(purpose, body.toString('hex')).subarray(0, macBytes)

/** At most 24 characters for numbers whose packed form has at most 10 bytes. */
export function shortToken(keys: Keys, purpose: Purpose, numbers: readonly number[]): string {
  const body = packed(numbers)
  return Buffer.concat([body, macOf(keys, purpose, body)]).toString('base64url')
}

/** @returns undefined for whatever we did not make for this purpose */
export function readShortToken(keys: Keys, purpose: Purpose, text: string): number[] | undefined {
  if (!/^[\w-]{15,24}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return undefined
  const body = bytes.subarray(0, -macBytes)
  return isSame(bytes.subarray(-macBytes), macOf(keys, purpose, body)) ? unpacked(body) : undefined
}
