// The link of one notice for one home: nothing is stored, everything it says is in it. /t/ and at most 24 characters.
import type { Keys } from '#core/secrets'
import { isSame } from '#core/secrets'

export interface MessageLink {
  tenant: number
  /** Small numbers within the tenant. */
  homeNo: number
  publicationNo: number
}

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
  return factor === 1 && numbers.length === 3 ? numbers : undefined
}

const macOf = (keys: Keys, body: Buffer) => keys.mac('message-link', body.toString('hex')).subarray(0, macBytes)

/** Begins with the tenant's number; communes up to 2 million, homes and publications up to 2 million each. */
export function messageToken(keys: Keys, { tenant, homeNo, publicationNo }: MessageLink): string {
  const body = packed([tenant, homeNo, publicationNo])
  return Buffer.concat([body, macOf(keys, body)]).toString('base64url')
}

/** @returns undefined for whatever we did not make */
export function readMessageToken(keys: Keys, text: string): MessageLink | undefined {
  if (!/^[\w-]{15,24}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return undefined
  const body = bytes.subarray(0, -macBytes)
  if (!isSame(bytes.subarray(-macBytes), macOf(keys, body))) return undefined
  const [tenant, homeNo, publicationNo] = unpacked(body) ?? []
  return tenant === undefined ? undefined : { tenant, homeNo: homeNo!, publicationNo: publicationNo! }
}
