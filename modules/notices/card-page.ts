// The picture of a notice's link. What is private, internal, withdrawn or not there has the same picture: of nothing but our name.
import type { Context } from 'hono'
import { createHash } from 'node:crypto'
import type { App } from '#core/module'
import { say } from '#core/words'
import { callerOf } from '#access'
import { unitOfTenant, unitTitle } from '#units'
import { eventWords } from './entry.ts'
import { keptCard } from './share-card/keep.ts'
import type { Card } from './share-card/draw.ts'
import type { NoticeRow } from './store/notices.ts'

/** Previews ask once a link; a few hundred phones behind one address may ask for as many. */
const limit = { calls: 240, seconds: 60 }

const neutral: Card = { place: 'Loa Làng', title: 'Thông báo của chính quyền', class: undefined, event: undefined }

const cardOf = async (app: App, row: NoticeRow): Promise<Card> => {
  const commune = await unitOfTenant(app.sql, row.commune_id)
  return {
    place: commune ? unitTitle(commune) : 'Loa Làng',
    title: row.title,
    class: row.class === 'normal' ? undefined : { is: row.class, words: say('vi', `notices.page.${row.class}`) },
    event: row.event ? eventWords(row.event) : undefined,
  }
}

/** @param row a public notice that stands; undefined for anything else */
export async function cardPage(app: App, c: Context, row: NoticeRow | undefined): Promise<Response> {
  app.limits.spend(`notices.card/${(await callerOf(app, c)).address}`, limit)
  const bytes = row
    ? await keptCard(`${row.commune_id} ${row.id} ${row.version}`, () => cardOf(app, row))
    : await keptCard('', () => Promise.resolve(neutral))
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  const headers = { etag, 'cache-control': 'public, max-age=3600', 'cross-origin-resource-policy': 'cross-origin' }
  if (c.req.header('if-none-match') === etag) return new Response(null, { status: 304, headers })
  return new Response(new Uint8Array(bytes), { headers: { ...headers, 'content-type': 'image/png' } })
}
