// A chat group's own link: opens the public page, and is counted for the group. A number, never who.
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { readGroupToken } from '#delivery'
import { chatByNo } from './store/chats.ts'
import { countOpen, publishedByNo } from './store/postings.ts'

/** @returns undefined for a link that we did not make */
export async function findGroupPage(app: App, token: string) {
  const link = readGroupToken(app.keys, token)
  if (!link) return undefined
  const { tenant } = link
  const published = await publishedByNo(app.sql, tenant, link.publicationNo)
  const chat = published && (await chatByNo(app.sql, tenant, link.chatNo))
  return chat ? { tenant, notice: published.subject_id, publishedId: published.published_id, chat } : undefined
}

/** More openings of one link in an hour than a group has members are somebody who counts himself. */
const mostAnHour = 2000

/** One opening more; told by the picture in the page, which previews do not fetch. */
export async function keepOpen(app: App, token: string): Promise<void> {
  const found = await findGroupPage(app, token)
  if (!found) return
  try {
    app.limits.spend(`notices.group.open/${token}`, { calls: mostAnHour, seconds: 3600 })
  } catch (error) {
    if (error instanceof Problem) return
    throw error
  }
  await countOpen(app.sql, found.tenant, found.publishedId, found.chat)
}
