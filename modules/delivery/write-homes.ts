// The commune's job for an audience with attributes.
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import type { Audience } from './audience.ts'
import { countLater } from './send.ts'
import { lockPublication } from './store/publication.ts'

export async function writeHomes(app: App, job: { tenant: number; publishedId: string; audience: Audience }) {
  await inTransaction(app.sql, async tx => {
    const p = await lockPublication(tx, job.tenant, job.publishedId)
    if (p) await countLater(app, tx, p, job.audience)
  })
}
