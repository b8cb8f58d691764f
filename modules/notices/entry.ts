// A public notice as feeds, calendars and the list in another page tell it.
import { dayOf, iso } from '#core/clock'
import { outside } from '#core/ids'
import { say } from '#core/words'
import { hourWords, weekday } from '#web/time.ts'
import type { FileShown } from './files.ts'
import { toHtml } from './markdown.ts'
import type { NoticeClass } from './rules.ts'
import type { Event, Step } from './shapes.ts'
import { vi as screenWords } from './web/words.vi.ts'

/** What an entry is made of; `store/public.ts` reads it. */
export interface Told {
  id: string
  version: number
  title: string
  plain: string
  body: string
  class: NoticeClass
  topic: string
  event: Event | null
  steps: readonly Step[]
  authorTitle: string | null
  publishedAt: Date
  changedAt: Date
  withdrawnAt: Date | null
  withdrawnReason: string | null
  files: readonly FileShown[] | null
}

export interface Entry {
  /** Never changes: neither by a correction nor when the server moves to another address. */
  id: string
  url: string
  title: string
  /** Without a word of its class or that it is withdrawn. */
  plainTitle: string
  summary: string
  html: string
  author: string
  topic: { key: string; name: string }
  class: NoticeClass
  publishedAt: string
  updatedAt: string
  event: Event | null
  version: number
  isWithdrawn: boolean
  files: { url: string; name: string; media: string; size: number }[]
}

export const words = (key: string, data: Record<string, unknown> = {}) => say('vi', `notices.feed.${key}`, data)

/** A topic that no screen offers is called as it was written. */
export const topicName = (topic: string) => (screenWords as Readonly<Record<string, string>>)[`topic_${topic}`] ?? topic

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

const paragraph = (text: string) => (text ? `<p>${escaped(text)}</p>` : '')

/** `7 giờ, thứ Tư 25/11/2026, Trạm Y tế xã`: what is read years later names the year. */
export function eventWords({ at, place }: Event): string {
  const time = at.length > 10 ? `${hourWords(at)}, ` : ''
  const day = (at.length > 10 ? dayOf(new Date(at)) : at).split('-').toReversed().map(Number).join('/')
  return `${time}${weekday(at)} ${day}${place ? `, ${place}` : ''}`
}

const htmlOf = ({ plain, body, event, steps }: Told) =>
  [
    paragraph(plain),
    event ? paragraph(words('when', { when: eventWords(event) })) : '',
    steps.length ? `<ol>${steps.map(step => `<li>${escaped(step.act)}</li>`).join('')}</ol>` : '',
    toHtml(body),
  ].join('')

const short = (text: string) => (text.length > 280 ? `${text.slice(0, 279).trimEnd()}…` : text)

/** Readers keep what they fetched: what is withdrawn stays under its id and says so, or its old words would stand for ever. */
const wordsOf = (row: Told) => {
  const reason = words('withdrawn', { reason: row.withdrawnReason ?? '' })
  return row.withdrawnAt
    ? { title: words('withdrawn_title', { title: row.title }), summary: reason, html: paragraph(reason), files: [] }
    : {
        title: row.class === 'emergency' ? words('emergency', { title: row.title }) : row.title,
        summary: row.plain || short(row.body),
        html: htmlOf(row),
        files: row.files ?? [],
      }
}

/** @param base the server's public address */
export function entryOf(base: string, tenant: number, row: Told): Entry {
  const url = `${base}/n/${outside(tenant, row.id)}`
  const { files, ...said } = wordsOf(row)
  return {
    id: `urn:uuid:${row.id}`,
    url,
    ...said,
    plainTitle: row.title,
    author: row.authorTitle ?? 'UBND',
    topic: { key: row.topic, name: topicName(row.topic) },
    class: row.class,
    publishedAt: iso(row.publishedAt),
    updatedAt: iso(row.changedAt),
    event: row.event,
    // A withdrawal is news of the last version.
    version: row.version + (row.withdrawnAt ? 1 : 0),
    isWithdrawn: Boolean(row.withdrawnAt),
    files: files.map(file => ({ url: `${url}/f/${file.id}`, name: file.name, media: file.media, size: file.size })),
  }
}

/** A page of a feed. */
export interface Feed {
  id: string
  title: string
  about: string
  /** The page that people read. */
  page: string
  /** Without its ending. */
  address: string
  query: string
  next: string | undefined
  updatedAt: string
  entries: readonly Entry[]
}
