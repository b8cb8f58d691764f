// A post in a group, later a speaker or a board: homes may have come by it. Level *exposed*, which is not reach.
import { createHash } from 'node:crypto'
import { dayOf } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { markDoors } from './changes.ts'
import { levelNo } from './levels.ts'
import { isMonthKept } from './months.ts'
import { give } from './receipt.ts'
import { dropReceipts, homesBelow, homesShownBy, type ShownTo } from './store/exposure.ts'
import { findPublication } from './store/publication.ts'
import { settle } from './store/settle.ts'

export interface Exposure {
  tenant: number
  publishedId: string
  /** What showed it: one posting, one playing. Its receipts are found again by it. */
  by: string
  channel: 'group'
  /** Where: the unit's path on the day of the publication, or the homes of a group's members. */
  to: ShownTo
  version: number
  at: Date
}

/** A receipt's id: the same posting and home make the same one. UUID version 8. */
function idOf(by: string, household: string): string {
  const bytes = createHash('sha256').update(`exposed\n${by}\n${household}`).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** Gives *exposed* to the homes there that are below it. @returns how many */
export async function expose(app: App, tx: Tx, { by, to, at, ...of }: Exposure): Promise<number> {
  const p = await findPublication(tx, of.tenant, of.publishedId)
  if (!p) return 0
  const homes = await homesBelow(tx, p, to, levelNo('exposed'), dayOf(p.publishedAt))
  await give(
    app,
    tx,
    homes.map(householdId => ({ ...of, id: idOf(by, householdId), householdId, level: 'exposed', at })),
  )
  return homes.length
}

/** It was not shown after all: the homes are computed anew from what is left. Of a month that is gone nothing changes. */
export async function takeBackExposure(
  app: App,
  tx: Tx,
  { tenant, publishedId, by, channel }: Pick<Exposure, 'tenant' | 'publishedId' | 'by' | 'channel'>,
): Promise<void> {
  if (!isMonthKept(publishedId)) return
  const of = { tenant, publishedId, channel }
  const shown = await homesShownBy(tx, tenant, publishedId, channel)
  const homes = await dropReceipts(
    tx,
    of,
    shown.map(household => idOf(by, household)),
  )
  const doors = homes.map(householdId => ({ publishedId, householdId }))
  await settle(tx, tenant, doors)
  markDoors(app, tenant, doors)
}
