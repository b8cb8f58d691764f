// A short code by which anybody can ask whether a commune really said it. Nothing is stored: it names a publication and proves it.
import type { Keys } from '#core/secrets'

export interface Checked {
  tenant: number
  publicationNo: number
}

/** Crockford's letters: none that a tired eye takes for another. */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const tenantBits = 18n
const proofBits = 20n

const proofOf = (keys: Keys, body: bigint) =>
  BigInt(keys.mac('check-code', body.toString()).readUIntBE(0, 3)) >> (24n - proofBits)

function written(n: bigint): string {
  let text = ''
  for (let left = n; left > 0n; left /= 32n) text = letters[Number(left % 32n)]! + text
  return text
}

/** 9 or 10 letters for the first thousands of a commune's messages. Tenants up to 262,143. */
export function checkCode(keys: Keys, { tenant, publicationNo }: Checked): string {
  const body = (BigInt(publicationNo) << tenantBits) | BigInt(tenant)
  return written((body << proofBits) | proofOf(keys, body))
}

/** As people type it: small letters, spaces, O for 0, I or L for 1. @returns undefined for whatever we did not make */
export function readCheckCode(keys: Keys, typed: string): Checked | undefined {
  const text = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  if (!/^[0-9A-HJKMNP-TV-Z]{5,13}$/.test(text)) return undefined
  let n = 0n
  for (const letter of text) n = n * 32n + BigInt(letters.indexOf(letter))
  const body = n >> proofBits
  if ((n & ((1n << proofBits) - 1n)) !== proofOf(keys, body)) return undefined
  return { tenant: Number(body & ((1n << tenantBits) - 1n)), publicationNo: Number(body >> tenantBits) }
}
