// What a notice hands to delivery: the words as feed, page and channels show them.
import { createHash } from 'node:crypto'
import type { Db } from '#core/db'
import type { Content, Message } from '#delivery'
import { postTitle } from '#access'
import { keep, type NamedAudience } from './audience.ts'
import type { FileShown } from './files.ts'
import { endsAt, lastUseful, paperKey, type NoticePack, type Wording } from './rules.ts'
import { isApproved } from './store/approvals.ts'
import { wordingOf, type NoticeRow } from './store/notices.ts'
import { outside } from '#core/ids'

/** What stands over words that took the place of others. */
export type Corrected = NonNullable<Content['corrected']>

export const contentOf = (wording: Wording, files: FileShown[], corrected?: Corrected): Content => ({
  title: wording.title,
  plain: wording.plain,
  body: wording.body,
  steps: wording.steps.map(({ act, why }) => (why ? { act, why } : { act })),
  ...(wording.paper ? { paper: wording.paper } : {}),
  ...(wording.event ? { event: wording.event } : {}),
  topic: wording.topic,
  files,
  ...(wording.validUntil ? { validUntil: wording.validUntil } : {}),
  ...(corrected ? { corrected } : {}),
})

/** A UUID (version 8) made of a text: the same text names the same card. */
export function idOf(text: string): string {
  const bytes = createHash('sha256').update(text).digest().subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x80
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** The same paper is one card in a commune; what is private or internal shares a card with nothing. */
export function cardOf(row: NoticeRow): string {
  const key = row.is_private || row.is_internal ? undefined : paperKey(row.paper)
  return key ? idOf(`${row.commune_id}\n${key}`) : row.id
}

/** What stands over a notice whose author holds no post. */
export const nobody = 'UBND'

/** One round of a notice. */
export interface Telling {
  audience: NamedAudience
  files: FileShown[]
  round: number
  at: Date
  pack: NoticePack
  cardId: string
  previous?: string
  corrected?: Corrected
}

const authorOf = async (db: Db, { author_post: post }: NoticeRow) => ({
  post: post ?? undefined,
  title: post ? await postTitle(db, post) : nobody,
})

export async function messageOf(db: Db, row: NoticeRow, of: Telling): Promise<Message> {
  const wording = wordingOf(row)
  const { units, groups, attributes } = keep(of.audience)
  return {
    tenant: row.commune_id,
    subject: 'notice',
    subjectId: row.id,
    cardId: of.cardId,
    kind: row.is_internal ? 'post' : 'home',
    round: of.round,
    version: row.version,
    class: row.class,
    ask: row.ask,
    audience: { units, groups, attributes },
    isPrivate: row.is_private,
    isInternal: row.is_internal,
    isApproved: await isApproved(db, row.commune_id, row.id),
    relay: of.previous ? 'none' : row.relay,
    content: contentOf(wording, of.files, of.corrected),
    author: await authorOf(db, row),
    endsAt: endsAt(wording),
    lastUsefulAt: lastUseful(wording, of.at, of.pack),
    originId: row.origin_id ?? undefined,
    publishedAt: of.at,
    ...(of.previous ? { previous: of.previous } : {}),
  }
}

/** The id by which a copy names where it came from. */
export const originOf = (origin: Pick<NoticeRow, 'commune_id' | 'id'>) => outside(origin.commune_id, origin.id)
