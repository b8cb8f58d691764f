// A door is a home in one publication. Its outside id carries both, since rows hang on the publication's month.
import { Problem } from '#core/problem'

export interface DoorId {
  tenant: number
  publishedId: string
  householdId: string
}

const bytes = (id: string) => Buffer.from(id.replaceAll('-', ''), 'hex')
const uuid = (hex: string) =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`

/** `1xg-` and 43 characters. */
export const outsideDoor = ({ tenant, publishedId, householdId }: DoorId) =>
  `${tenant.toString(36)}-${Buffer.concat([bytes(publishedId), bytes(householdId)]).toString('base64url')}`

/** @throws Problem not_found for anything that `outsideDoor` did not make */
export function insideDoor(text: string): DoorId {
  const found = /^([0-9a-z]{1,7})-([\w-]{43})$/.exec(text)
  if (!found) throw new Problem('not_found')
  const hex = Buffer.from(found[2]!, 'base64url').toString('hex')
  return {
    tenant: Number.parseInt(found[1]!, 36),
    publishedId: uuid(hex.slice(0, 32)),
    householdId: uuid(hex.slice(32)),
  }
}
