// The link of one notice for one home: nothing is stored, everything it says is in it. /t/ and at most 24 characters.
import type { Keys } from '#core/secrets'
import { readShortToken, shortToken } from './short-link.ts'

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

/**
 * Begins with the tenant's number; communes up to 2 million, homes and publications up to 2 million each. Of a shared address
 * communes up to 16,383, or it would be longer.
 */
export const messageToken = (keys: Keys, { tenant, homeNo, publicationNo, addressMark: mark }: MessageLink): string =>
  shortToken(keys, 'message-link', [tenant, homeNo, publicationNo, ...(mark === undefined ? [] : [mark])])

/** @returns undefined for whatever we did not make */
export function readMessageToken(keys: Keys, text: string): MessageLink | undefined {
  const numbers = readShortToken(keys, 'message-link', text)
  if (numbers?.length !== 3 && numbers?.length !== 4) return undefined
  const [tenant, homeNo, publicationNo, mark] = numbers as [number, number, number, number?]
  const link = { tenant, homeNo, publicationNo }
  return mark === undefined ? link : { ...link, addressMark: mark }
}
