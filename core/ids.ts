import { v7 } from 'uuid'
import { nowMs } from './clock.ts'
import { Problem } from './problem.ts'

let last = 0
let sequence = 0

/** A UUIDv7 whose milliseconds come from the product's clock; ids of one process only rise. */
export function newId(): string {
  const ms = Math.floor(nowMs())
  if (ms > last) {
    last = ms
    sequence = Math.floor(Math.random() * 0x40_00_00_00)
  } else sequence++
  return v7({ msecs: last, seq: sequence })
}

/** The smallest UUIDv7 of a moment: a bound for ranges over ids. */
export function firstIdAt(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}

/** When a UUIDv7 was made, to the millisecond. */
export const timeOfId = (id: string) => new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16))

/** What leaves the server: the tenant, a dash and the id's 16 bytes, as opaque text of at most 30 characters. */
export const outside = (tenant: number, id: string) =>
  `${tenant.toString(36)}-${Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')}`

export interface Inside {
  tenant: number
  id: string
}

/** Reads what `outside` made. @throws Problem not_found for anything else, so that a guess learns nothing. */
export function inside(text: string): Inside {
  const found = /^([0-9a-z]{1,7})-([\w-]{22})$/.exec(text)
  if (!found) throw new Problem('not_found')
  const hex = Buffer.from(found[2]!, 'base64url').toString('hex')
  const id = `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
  return { tenant: Number.parseInt(found[1]!, 36), id }
}

/** Like `inside`, but only for the tenant the caller stands in. @throws Problem not_found */
export function insideOf(tenant: number, text: string): string {
  const found = inside(text)
  if (found.tenant !== tenant) throw new Problem('not_found')
  return found.id
}
