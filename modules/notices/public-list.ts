// Whose feed is asked for, and what stands in it.
import type { Context } from 'hono'
import { dayOf, iso, now } from '#core/clock'
import { pageOf } from '#core/cursor'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { callerOf } from '#access'
import { findUnit, unitInWords, unitOfTenant, unitTitle, type UnitNow } from '#units'
import { idOf } from './content.ts'
import { entryOf, topicName, words, type Entry, type Feed } from './entry.ts'
import { momentAfter } from './list.ts'
import { publicNotices, type PublicRow } from './store/public.ts'

export interface Whose {
  unit: UnitNow
  /** `Thôn Phú Hưng, xã Sơn Động` */
  name: string
  topic: string | undefined
}

/** One address may stand for a whole village's phones, or for a service that many people read with. */
const limit = { calls: 600, seconds: 60 }

const topicOf = (c: Context) => {
  const said = c.req
    .query('topic')
    ?.replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .normalize('NFC')
  return said ? said.slice(0, 40) : undefined
}

/** @param ref a village or commune, by its id or official code. @throws Problem not_found, too_many_requests */
export async function whoseList(app: App, c: Context, ref: string): Promise<Whose> {
  app.limits.spend(`notices.public/${(await callerOf(app, c)).address}`, limit)
  const unit = /^[\w-]{1,40}$/.test(ref) ? await findUnit(app.sql, ref) : undefined
  if (unit?.level !== 'commune' && unit?.level !== 'village') throw new Problem('not_found')
  const commune = unit.level === 'village' ? await unitOfTenant(app.sql, unit.tenant) : undefined
  const name = commune ? `${unitTitle(unit)}, ${unitInWords(commune)}` : unitTitle(unit)
  return { unit, name, topic: topicOf(c) }
}

const villageOf = ({ level, id, path }: UnitNow) => (level === 'village' ? { id, path } : undefined)

const askedOf = ({ unit, topic }: Whose) => ({ tenant: unit.tenant, village: villageOf(unit), topic })

export interface Listed {
  entries: Entry[]
  /** The newest change; undefined for an empty list. */
  changedAt: Date | undefined
  next: string | undefined
}

const listed = (app: App, { unit }: Whose, rows: readonly PublicRow[], next: string | null): Listed => ({
  entries: rows.map(row => entryOf(app.config.publicUrl, unit.tenant, row)),
  changedAt: rows[0]?.changedAt,
  next: next ?? undefined,
})

/** The last change first; `?before=` goes on where a page ended. @throws Problem bad_cursor */
export async function publicList(app: App, c: Context, whose: Whose, limitTo: number): Promise<Listed> {
  const before = momentAfter(c.req.query('before'))
  const rows = await publicNotices(app.sql, { ...askedOf(whose), before, limit: limitTo + 1 })
  const { items, next } = pageOf(rows, limitTo, row => [row.changedAt.toISOString(), row.id])
  return listed(app, whose, items, next)
}

const month = 31 * 86_400_000
/** Far more dates than a commune has before it. */
const mostDates = 500

/** Dates to come, and those of the last month. */
export async function publicDates(app: App, whose: Whose): Promise<Listed> {
  const datedSince = dayOf(new Date(now().getTime() - month))
  const rows = await publicNotices(app.sql, { ...askedOf(whose), datedSince, limit: mostDates })
  return listed(app, whose, rows, null)
}

const queryOf = (said: Record<string, string | undefined>) => {
  const kept = Object.entries(said).filter((pair): pair is [string, string] => pair[1] !== undefined)
  return kept.length ? `?${new URLSearchParams(kept).toString()}` : ''
}

/** @param before where this page begins */
export function feedOf(app: App, whose: Whose, list: Listed, before: string | undefined): Feed {
  const { unit, name, topic } = whose
  const page = `${app.config.publicUrl}/feeds/${unit.id}`
  return {
    id: `urn:uuid:${idOf(`feed\n${unit.id}\n${topic ?? ''}`)}`,
    title:
      topic === undefined
        ? words('title', { unit: name })
        : words('title_topic', { unit: name, topic: topicName(topic) }),
    about: words('about'),
    page,
    address: page,
    query: queryOf({ topic, before }),
    next: list.next && queryOf({ topic, before: list.next }),
    // Of a feed that has nothing yet, a moment that stays the same.
    updatedAt: iso(list.changedAt ?? new Date(0)),
    entries: list.entries,
  }
}
