// A typo is put right: the same publication, the same reach, new words.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { Content } from './message.ts'
import { lockPublication, setContent } from './store/publication.ts'

/** What is not handed over yet goes out with the new words. @throws Problem not_found */
export async function changeWords(
  app: App,
  tx: Tx,
  change: { tenant: number; publishedId: string; version: number; content: Content },
) {
  const { tenant, publishedId, version, content } = change
  if (!(await lockPublication(tx, tenant, publishedId))) throw new Problem('not_found')
  await setContent(tx, tenant, publishedId, version, content)
  await app.events.announce(app, tx, 'publication.changed', { tenant, publishedId })
}
