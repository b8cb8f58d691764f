// The commune's job for an audience with attributes; what a lost job left is written by whoever looks next.
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { countLater } from './send.ts'
import { lockPublication, uncounted } from './store/publication.ts'

export async function writeHomes(app: App, job: { tenant: number; publishedId: string }) {
  await inTransaction(app.sql, async tx => {
    const p = await lockPublication(tx, job.tenant, job.publishedId)
    if (p) await countLater(app, tx, p)
  })
}

/** A job has a minute; after that nobody waits for it. */
export async function writeLostHomes(app: App) {
  for (const one of await uncounted(app.sql, new Date(now().getTime() - 60_000))) await writeHomes(app, one)
}
