// What a village added is put right after it was passed on: the same card, the same reach, other words beside it.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { setLocalWords } from './store/audience.ts'

/** @param localWords undefined takes them away */
export async function changeLocalWords(
  app: App,
  tx: Tx,
  change: {
    tenant: number
    publishedId: string
    unitId: string
    localWords: { words: string; title?: string } | undefined
  },
) {
  const { tenant, publishedId } = change
  await setLocalWords(tx, change)
  await app.events.announce(app, tx, 'publication.changed', { tenant, publishedId })
}
