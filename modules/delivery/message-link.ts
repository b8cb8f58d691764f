// The link of one notice for one home: nothing is stored, everything it says is in it. /t/ and at most 24 characters.
import type { Keys } from '#core/secrets'
import { isSame } from '#core/secrets'

export interface MessageLink {
  tenant: number
  /** Small numbers within the tenant. */
  homeNo: number
  publicationNo: number
  /** The address that it went to is shared: which one of the home's. Whoever opens it chooses whose it is. */
  addressMark?: number
}

/** Tells a home's addresses apart, no more: 14 bits of the digest. */
export const addressMark = (digest: Buffer) => digest.readUInt16BE(0) % 16_384

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
  return factor === 1 && (numbers.length === 3 || numbers.length === 4) ? numbers : undefined
}

const macOf = (keys: Keys, body: Buffer) => keys.mac('message-link', body.toString('hex')).subarray(0, macBytes)

/**
 * Begins with the tenant's number; communes up to 2 million, homes and publications up to 2 million each. Of a shared address
 * communes up to 16,383, or it would be longer.
 */
export function messageToken(keys: Keys, { tenant, homeNo, publicationNo, addressMark: mark }: MessageLink): string {
  const body = packed([tenant, homeNo, publicationNo, ...(mark === undefined ? [] : [mark])])
  return Buffer.concat([body, macOf(keys, body)]).toString('base64url')
}

/** @returns undefined for whatever we did not make */
export function readMessageToken(keys: Keys, text: string): MessageLink | undefined {
  if (!/^[\w-]{15,24}$/.test(text)) return undefined
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) return undefined
  const body = bytes.subarray(0, -macBytes)
  if (!isSame(bytes.subarray(-macBytes), macOf(keys, body))) return undefined
  const [tenant, homeNo, publicationNo, mark] = unpacked(body) ?? []
  if (tenant === undefined) return undefined
  const link = { tenant, homeNo: homeNo!, publicationNo: publicationNo! }
  return mark === undefined ? link : { ...link, addressMark: mark }
}
