// What everybody may read. Private and internal notices, drafts and what waits for its time are in none of these rows.
import type { Db } from '#core/db'
import type { FileShown } from '../files.ts'
import type { NoticeClass } from '../rules.ts'
import type { Event, Step } from '../shapes.ts'

export interface PublicRow {
  id: string
  version: number
  title: string
  plain: string
  body: string
  class: NoticeClass
  topic: string
  event: Event | null
  steps: Step[]
  authorTitle: string | null
  publishedAt: Date
  /** The last correction, or the withdrawal. */
  changedAt: Date
  withdrawnAt: Date | null
  withdrawnReason: string | null
  files: FileShown[] | null
}

export interface PublicAsked {
  tenant: number
  /** Only what is for this village or lies in it, once its homes can see it. Undefined: the whole commune. */
  village: { id: string; path: string } | undefined
  topic: string | undefined
  /** Only what has a date on or after this day. */
  datedSince?: string
  before?: { at: Date; id: string } | undefined
  limit: number
}

/** The last change first. */
export const publicNotices = (db: Db, { tenant, village, topic, datedSince, before, limit }: PublicAsked) => db<
  PublicRow[]
>`
  select n.id, n.version, n.title, n.plain, n.body, n.class, n.topic, n.event, n.steps, p.title as "authorTitle",
    n.published_at as "publishedAt", n.changed_at as "changedAt", n.withdrawn_at as "withdrawnAt",
    n.withdrawn_reason as "withdrawnReason", kept.content -> 'files' as files
  from loa.notice n
  left join loa.post p on p.id = n.author_post
  left join lateral (
    select v.content from loa.notice_version v
    where v.commune_id = n.commune_id and v.notice_id = n.id order by v.version desc limit 1) kept on true
  where n.commune_id = ${tenant} and n.published_at is not null and not n.is_private and not n.is_internal
    and (${topic ?? null}::text is null or n.topic = ${topic ?? null})
    and (${before?.at ?? null}::timestamptz is null or (n.changed_at, n.id) < (${before?.at ?? null}, ${before?.id ?? null}::uuid))
    and (${datedSince ?? null}::text is null or left(n.event ->> 'at', 10) collate "C" >= ${datedSince ?? null})
    and (${village?.id ?? null}::uuid is null or (
      exists (
        select 1 from unnest(n.audience_paths) a
        where starts_with(${village?.path ?? ''}, a) or starts_with(a, ${village?.path ?? ''}))
      and not exists (
        select 1 from loa.relay r
        where r.commune_id = n.commune_id and r.notice_id = n.id and r.unit_id = ${village?.id ?? null}::uuid
          and (r.passed_at is null or r.how = 'withdrawn'))))
  order by n.changed_at desc, n.id desc limit ${limit}`
