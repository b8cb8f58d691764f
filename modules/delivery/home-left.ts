// A home that leaves the commune is closed as moved in every message that is still open to it.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { firstIdAt } from '#core/ids'
import type { App } from '#core/module'
import { markDoors } from './changes.ts'
import { keptDays } from './months.ts'
import { openDoorsOf, settle } from './store/settle.ts'
import { takeBackDoors } from './store/doors.ts'
import { touchFeed } from './touch-feed.ts'

/** Older messages have no evidence left to compute from; their figures stand. */
const oldest = () => firstIdAt(new Date(now().getTime() - (keptDays - 31) * 86_400_000))

/** Told by `household.closed`, once the home's row is closed, and by `household.reopened`: both compute it anew. */
export async function homeLeft(app: App, tx: Tx, { tenant, household }: { tenant: number; household: string }) {
  const doors = await openDoorsOf(tx, tenant, [household], oldest())
  await settle(tx, tenant, doors)
  markDoors(app, tenant, doors)
  await touchFeed(tx, tenant, [household])
}

/** Told by `household.moved`: the village it moved to walks there now; whoever had its door gives it back. */
export async function homeMoved(_: App, tx: Tx, { tenant, household }: { tenant: number; household: string }) {
  await takeBackDoors(tx, tenant, household)
  await touchFeed(tx, tenant)
}

/** Told by `household.merged`: the second entry of one home is gone, its door with it. */
export const homeMerged = (app: App, tx: Tx, { tenant, merged }: { tenant: number; merged: string }) =>
  homeLeft(app, tx, { tenant, household: merged })
