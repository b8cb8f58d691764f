// What goes out: rendered once for all homes of a publication, with one key for each.
import { createHash } from 'node:crypto'
import { now, startOfDay } from '#core/clock'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import type { Outgoing } from '#channels'
import { checkCode } from './check-code.ts'
import type { Batch } from './store/delivery.ts'
import type { Publication } from './store/publication.ts'

/** Hours for which a message is of use where it says no end itself. */
const hoursOfUse = { emergency: 12, priority: 24, normal: 72 }
const maxSeconds = 28 * 86_400

/** After this the message is of no use. */
export const endOf = (p: Pick<Publication, 'class' | 'publishedAt' | 'endsAt' | 'lastUsefulAt'>) => {
  const ends = [p.endsAt, p.lastUsefulAt].filter(end => end !== null).map(end => end.getTime())
  return ends.length ? Math.min(...ends) : p.publishedAt.getTime() + hoursOfUse[p.class] * 3_600_000
}

/** The first words of a text, whole words only. */
const firstWords = (text: string, most = 140) => {
  const flat = text.replaceAll(/\s+/g, ' ').trim()
  return flat.length <= most ? flat : `${flat.slice(0, flat.lastIndexOf(' ', most - 1))}…`
}

/** What of a publication its words are made of. */
export type Rendered = Pick<
  Publication,
  | 'tenant'
  | 'subject'
  | 'subjectId'
  | 'publishedId'
  | 'no'
  | 'version'
  | 'class'
  | 'isPrivate'
  | 'isOptional'
  | 'content'
  | 'authorTitle'
  | 'publishedAt'
  | 'endsAt'
  | 'lastUsefulAt'
>

/** A day without an hour begins with it. */
const eventOf = ({ at, place }: { at: string; place: string }) =>
  at.length === 10 ? { at: startOfDay(at), place, isWholeDay: true } : { at: new Date(at), place }

/** What a channel needs of a publication: rendered once for all its homes. */
export function render(app: App, p: Rendered): Outgoing {
  const seconds = Math.ceil((endOf(p) - now().getTime()) / 1000)
  return {
    tenant: p.tenant,
    subject: p.subject,
    subjectId: outside(p.tenant, p.subjectId),
    publishedId: outside(p.tenant, p.publishedId),
    version: p.version,
    class: p.class,
    isPrivate: p.isPrivate,
    isOptional: p.isOptional,
    title: p.content.title,
    words: firstWords(p.content.plain || p.content.body),
    text: p.content.plain || p.content.body,
    author: p.authorTitle,
    event: p.content.event && eventOf(p.content.event),
    checkCode: checkCode(app.keys, { tenant: p.tenant, publicationNo: p.no }),
    topic: app.keys.mac('topic', `${p.tenant}/${p.subjectId}`).subarray(0, 24).toString('base64url'),
    seconds: Math.min(Math.max(seconds, 60), maxSeconds),
  }
}

/** Message × home × channel × step: the same however often it is handed over. */
export const keyOf = (batch: Pick<Batch, 'publishedId' | 'channel' | 'step'>, householdId: string) =>
  createHash('sha256')
    .update(`${batch.publishedId}/${householdId}/${batch.channel}/${batch.step}`)
    .digest('base64url')
    .slice(0, 32)
