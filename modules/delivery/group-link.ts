// The link of one publication for one chat group: what it is opened by is counted for the group, never for a person. /g/ and at most 24 characters.
import type { Keys } from '#core/secrets'
import { readShortToken, shortToken } from './short-link.ts'

export interface GroupLink {
  tenant: number
  /** Small numbers within the tenant. */
  chatNo: number
  publicationNo: number
}

/** Begins with the tenant's number; each number up to 2 million. */
export const groupToken = (keys: Keys, { tenant, chatNo, publicationNo }: GroupLink): string =>
  shortToken(keys, 'group-link', [tenant, chatNo, publicationNo])

/** @returns undefined for whatever we did not make */
export function readGroupToken(keys: Keys, text: string): GroupLink | undefined {
  const numbers = readShortToken(keys, 'group-link', text)
  if (numbers?.length !== 3) return undefined
  const [tenant, chatNo, publicationNo] = numbers as [number, number, number]
  return { tenant, chatNo, publicationNo }
}
