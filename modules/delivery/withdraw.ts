// A message is taken back: nothing unsent goes out, no door is knocked at; its card stays with the reason.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { stopUnsent } from './store/ladder.ts'
import { lockPublication, setWithdrawn } from './store/publication.ts'

/** Withdraws every round of the publication's subject; a repeat changes nothing. @throws Problem not_found */
export async function withdraw(
  app: App,
  tx: Tx,
  { tenant, publishedId, reason }: { tenant: number; publishedId: string; reason: string },
) {
  const p = await lockPublication(tx, tenant, publishedId)
  if (!p) throw new Problem('not_found')
  if (p.withdrawnAt) return
  const at = now()
  const rounds = await setWithdrawn(tx, tenant, publishedId, reason, at)
  await stopUnsent(tx, tenant, rounds, 'withdrawn', at)
  await app.events.announce(app, tx, 'publication.withdrawn', { tenant, publishedId })
}
