// A published notice with its row, so that the API finds it.
import { now } from '#core/clock'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import type { TestCommune } from '#testing/commune'
import { publishForTests, type Published } from './publish-for-tests.ts'

export async function noticeForTests(
  app: App,
  c: TestCommune,
  more: Partial<Parameters<typeof publishForTests>[1]> = {},
): Promise<Published & { id: string }> {
  const noticeId = newId()
  const author = newId()
  const made = await publishForTests(app, {
    tenant: c.tenant,
    villages: c.villages.map(village => village.id),
    subjectId: noticeId,
    author: { post: author, title: 'UBND xã' },
    publishedAt: new Date(now().getTime() - 600_000),
    ...more,
  })
  await app.sql`
    insert into loa.notice (commune_id, id, state, title, title_folded, body, class, topic, ask, audience, unit_id, unit_path,
      published_id, published_at, audience_paths, made_at, changed_at, author_post)
    values (${c.tenant}, ${made.noticeId}, 'published', 'Dịch', 'dich', 'x', 'normal', 'x', 'acknowledged',
      '{"units":[],"groups":[]}', ${c.unit}, ${c.path}, ${made.publishedId}, ${made.at}, ${[c.path]}, ${made.at}, ${made.at}, ${author})
    on conflict do nothing`
  return { ...made, id: c.out(made.noticeId) }
}
