// A text together with what follows from it: the same questions for a new draft, a change, a preview and the sending.
import { iso } from '#core/clock'
import type { Db } from '#core/db'
import type { Parsed } from '#core/operation'
import type { Language } from '#core/words'
import type { NamedAudience } from './audience.ts'
import type { notices } from './contract.ts'
import type { Wording } from './rules.ts'
import { count, settle, warn, type Asked, type Counted, type Settled, type Whom } from './settle.ts'
import { wordingOf, type NoticeRow } from './store/notices.ts'

export type Draft = Parsed<typeof notices.create>

const moment = (when: string) => (when.length === 10 ? when : iso(new Date(when)))

/** Moments as Vietnam writes them, steps without empty reasons. */
export const wordingFrom = (said: Wording): Wording => ({
  title: said.title,
  body: said.body,
  plain: said.plain,
  topic: said.topic,
  paper: said.paper,
  event: said.event && { at: moment(said.event.at), place: said.event.place },
  steps: said.steps.map(({ act, why }) => (why ? { act, why } : { act })),
  validUntil: said.validUntil && moment(said.validUntil),
})

export const askedOf = (said: Omit<Draft, 'audience'>, audience: NamedAudience, author: string | undefined): Asked => ({
  author,
  class: said.class,
  ask: said.ask,
  internal: said.internal,
  relay: said.relay,
  relayBy: said.relayBy ? new Date(said.relayBy) : null,
  wording: wordingFrom(said),
  audience,
})

export interface Weighed {
  asked: Asked
  settled: Settled
  counted: Counted
}

export async function weigh(db: Db, tenant: number, role: string | undefined, asked: Asked): Promise<Weighed> {
  const settled = settle(asked, role)
  return { asked, settled, counted: await count(db, tenant, asked) }
}

export const warned = (db: Db, tenant: number, { asked, settled, counted }: Weighed, language: Language) =>
  warn(
    db,
    tenant,
    {
      wording: asked.wording,
      class: asked.class,
      isInternal: asked.internal,
      relayBy: asked.relayBy ?? null,
      ...settled,
      ...counted,
    },
    language,
  )

export const whomOfRow = (row: Pick<NoticeRow, 'is_internal' | 'author_post'>, audience: NamedAudience): Whom => ({
  audience,
  internal: row.is_internal,
  author: row.author_post ?? undefined,
})

export const askedOfRow = (row: NoticeRow, audience: NamedAudience): Asked => ({
  ...whomOfRow(row, audience),
  class: row.class,
  ask: row.ask,
  relay: row.relay,
  relayBy: row.relay_by,
  wording: wordingOf(row),
})
