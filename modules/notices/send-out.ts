// A notice leaves: to its own commune at once, to communes below by a copy each.
import type { Caller } from '#core/caller'
import { now, today } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { send } from '#delivery'
import { isAbove, keptAudience, type NamedAudience } from './audience.ts'
import { cardOf, messageOf } from './content.ts'
import { shown } from './files.ts'
import { askForRelays } from './ask-for-relays.ts'
import { isEmptyAudience } from './rules.ts'
import { filesOf } from './store/files.ts'
import { setPublished, wordingOf, type NoticeRow } from './store/notices.ts'
import { packOf } from './store/packs.ts'
import { insertVersion } from './store/versions.ts'

export type By = Pick<Caller, 'account' | 'post'>

export const byOf = (account: string | null, post: string | null): By => ({
  ...(account ? { account } : {}),
  ...(post ? { post } : {}),
})
export const authorOf = (row: NoticeRow): By => byOf(row.author_account, row.author_post)

/** Publishes the first round. @param at the moment as of which the audience is fixed @throws Problem audience_empty */
export async function sendOut(app: App, tx: Tx, row: NoticeRow, by: By, at = now()): Promise<NoticeRow> {
  const tenant = row.commune_id
  const audience = await keptAudience(tx, tenant, row.audience)
  if (isEmptyAudience(audience)) throw new Problem('audience_empty')
  const files = (await filesOf(tx, tenant, row.id)).map(file => shown(file))
  const cardId = cardOf(row)
  const above = isAbove(tenant, audience)
  const publishedId = above ? null : await sendHere(app, tx, row, { audience, files, cardId, at })
  await insertVersion(tx, tenant, row.id, {
    version: row.version,
    publishedId,
    content: { ...wordingOf(row), files },
    account: by.account ?? null,
    post: by.post ?? null,
    toldAgain: true,
  })
  await setPublished(tx, row, { publishedId, cardId, round: 1, at })
  await record(tx, {
    tenant,
    what: 'notice.published',
    by,
    about: { kind: 'notice', id: row.id },
    data: { version: row.version, class: row.class, publishedId, day: today() },
  })
  if (above) await app.jobs.send(tx, 'notices.copies', { tenant, noticeId: row.id })
  return {
    ...row,
    state: 'published',
    published_id: publishedId,
    card_id: cardId,
    round: 1,
    published_at: at,
    publish_at: null,
  }
}

async function sendHere(
  app: App,
  tx: Tx,
  row: NoticeRow,
  of: {
    audience: NamedAudience
    files: ReturnType<typeof shown>[]
    cardId: string
    at: Date
  },
): Promise<string> {
  const pack = await packOf(tx, row.commune_id, of.at)
  const { publishedId } = await send(app, tx, await messageOf(tx, row, { ...of, round: 1, pack }))
  if (row.relay === 'village') await askForRelays(app, tx, row, { at: of.at, publishedId, pack })
  return publishedId
}
