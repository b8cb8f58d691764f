// What channels hear: of parts of messages, and what people say.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import type { HeardBy } from '#channels'
import { hearParts } from './hear-parts.ts'
import { hearReply } from './hear-replies.ts'

export async function heardOfChannel(app: App, tx: Tx, { tenant, account, heard }: HeardBy) {
  const parts = heard.flatMap(one =>
    one.is === 'part'
      ? [{ tenant, account, providerId: one.providerId, state: one.state, why: one.why ?? null, at: one.at }]
      : [],
  )
  await hearParts(app, tx, tenant, account, parts)
  for (const one of heard) if (one.is === 'said') await hearReply(app, tx, tenant, account, one)
}
