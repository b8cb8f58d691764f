// Something that homes of a tenant are shown has changed.
import type { Tx } from '#core/db'
import { channels } from './changes.ts'
import type { App } from '#core/module'
import { bumpFeed, targetsOf } from './store/feed.ts'

/** A payload holds 8000 bytes; above this many targets everybody is told. */
const mostTargets = 150

/**
 * In the writer's transaction: every process forgets its lists when it commits, and whoever missed the call sees the version.
 * @param targets whose open screens should look; none: all of the tenant
 */
export async function touchFeed(tx: Tx, tenant: number, targets: readonly string[] = []) {
  await bumpFeed(tx, tenant)
  const payload = [tenant, ...(targets.length > mostTargets ? [] : targets)].join(' ')
  await tx`select pg_notify(${channels.feed}, ${payload})`
}

/** A message was shown, changed or withdrawn. */
export async function feedChanged(_: App, tx: Tx, { tenant, publishedId }: { tenant: number; publishedId: string }) {
  await touchFeed(tx, tenant, await targetsOf(tx, tenant, publishedId, mostTargets + 1))
}

/** A home or a unit moved: everybody of the tenant looks anew. */
export async function placesChanged(_: App, tx: Tx, { tenant }: { tenant: number }) {
  await touchFeed(tx, tenant)
}
