// What channels hear: of parts of messages, what people say, and who comes and goes.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import type { HeardBy } from '#channels'
import { hearParts } from './hear-parts.ts'
import { hearPerson } from './hear-replies.ts'

export async function heardOfChannel(app: App, tx: Tx, { tenant, account, kind, heard }: HeardBy) {
  const parts = heard.flatMap(one =>
    one.is === 'part'
      ? [{ tenant, account, providerId: one.providerId, state: one.state, why: one.why ?? null, at: one.at }]
      : [],
  )
  await hearParts(app, tx, tenant, account, parts)
  for (const one of heard)
    if (one.is !== 'part' && one.is !== 'commented') await hearPerson({ app, tx, tenant, account, kind }, one)
}
