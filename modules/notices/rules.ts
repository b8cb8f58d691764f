// Decisions about notices: no database, no clock of their own.
import { dayOf, endOfDay, startOfDay } from '#core/clock'
import { fold } from '#core/fold'
import type { StaffRole } from '#access'
import type { Attributes, Event, Paper, Step } from './shapes.ts'

export type NoticeClass = 'normal' | 'priority' | 'emergency'
export type State = 'draft' | 'waiting_approval' | 'rejected' | 'scheduled' | 'published' | 'withdrawn'
export type Ask = 'delivered' | 'seen' | 'acknowledged' | 'acted'

/** What the product decides unless a commune's pack says otherwise. Basis: product, not law. */
export interface NoticePack {
  /** Minutes that a village head has; an emergency waits for nobody. */
  relayMinutes: { normal: number; priority: number }
  /** Minutes after which the author of a wide emergency may send it alone, with a reason. */
  aloneMinutes: number
  /** Hours before an event at which news of it is still of use. */
  usefulHours: number
  /** Working days within which a home's question is answered. */
  answerWorkingDays: number
  /** Roles asked for the second yes to a wide emergency, by where it was written. */
  approvers: { commune: StaffRole[]; province: StaffRole[] }
}
export const defaultPack: NoticePack = {
  relayMinutes: { normal: 240, priority: 60 },
  aloneMinutes: 5,
  usefulHours: 12,
  answerWorkingDays: 2,
  approvers: { commune: ['commune_chair'], province: ['province_officer'] },
}

const minute = 60_000
const hour = 60 * minute

/** A day as a beginning is its first moment. */
export const beginOf = (when: string) => (when.length === 10 ? startOfDay(when) : new Date(when))
/** A day as an end means 24:00 of it. */
export const endOf = (when: string) => (when.length === 10 ? endOfDay(when) : new Date(when))

export interface Wording {
  title: string
  body: string
  plain: string
  topic: string
  paper: Paper | null
  event: Event | null
  steps: Step[]
  validUntil: string | null
}
const wordingFields = ['title', 'body', 'plain', 'topic', 'paper', 'event', 'steps', 'validUntil'] as const

export interface NamedGroup {
  id: string
  kind: string
  isConfidential: boolean
}
export interface Audience {
  units: readonly unknown[]
  groups: readonly NamedGroup[]
  attributes?: Attributes | undefined
}

export const isEmptyAudience = (audience: Audience) =>
  !audience.units.length && !audience.groups.length && !hasAttributes(audience.attributes)

export const hasAttributes = (attributes: Attributes | undefined) =>
  Boolean(attributes && Object.values(attributes).some(one => one !== undefined))

/** To name a need, a loan or the Party says something about each home that gets the notice: no public page, no board, no subject on a push. */
export const isPrivateAudience = ({ groups, attributes }: Pick<Audience, 'groups' | 'attributes'>) =>
  Boolean(attributes?.needs?.length) || groups.some(group => group.isConfidential || /party|credit/.test(group.kind))

/** Information asks for delivery, an emergency for "Đã rõ", a paper among posts to be seen. */
export function askOf({
  ask,
  class: of,
  internal,
}: {
  ask?: Ask | undefined
  class: NoticeClass
  internal: boolean
}): Ask {
  if (ask) return ask
  if (internal) return 'seen'
  return of === 'emergency' ? 'acknowledged' : 'delivered'
}

/**
 * Only audiences of units are passed on by village heads; an emergency, a paper among posts and a head's own words wait for nobody.
 * @returns undefined when a relay was asked for an audience that cannot have one
 */
export function relayOf(
  asked: 'none' | 'village' | undefined,
  about: { class: NoticeClass; internal: boolean; isVillageAuthor: boolean; audience: Audience },
): 'none' | 'village' | undefined {
  if (asked !== 'village') return 'none'
  if (about.audience.groups.length || hasAttributes(about.audience.attributes)) return undefined
  if (about.class === 'emergency' || about.internal || about.isVillageAuthor) return 'none'
  return 'village'
}

/** When a village sees the notice though nobody passed it on. */
export function relayDue(of: NoticeClass, publishedAt: Date, relayBy: Date | null, pack: NoticePack): Date {
  if (relayBy) return relayBy < publishedAt ? publishedAt : relayBy
  const minutes = of === 'priority' ? pack.relayMinutes.priority : pack.relayMinutes.normal
  return new Date(publishedAt.getTime() + minutes * minute)
}

/** Minutes past its time, when it was passed on late or still is not. */
export const lateMinutes = (dueAt: Date, passedAt: Date | null, at: Date) =>
  Math.max(0, Math.floor(((passedAt ?? at).getTime() - dueAt.getTime()) / minute))

/** More than one village is wide; what crosses a commune's border always is. */
export const isWide = ({ villages, isAbove }: { villages: number; isAbove: boolean }) => isAbove || villages > 1

export const needsSecondPerson = (of: NoticeClass, wide: boolean) => of === 'emergency' && wide

export const aloneFrom = (askedAt: Date, pack: NoticePack) => new Date(askedAt.getTime() + pack.aloneMinutes * minute)

/** The moment until which a home can still act on the news: some hours before the event, or its end. */
export function lastUseful(
  wording: Pick<Wording, 'event' | 'validUntil'>,
  at: Date,
  pack: NoticePack,
): Date | undefined {
  if (!wording.event) return wording.validUntil ? endOf(wording.validUntil) : undefined
  const begins = beginOf(wording.event.at)
  const early = new Date(begins.getTime() - pack.usefulHours * hour)
  return early > at ? early : begins
}

/** After this the notice is history: its own end, or the end of its event's day. */
export function endsAt({ event, validUntil }: Pick<Wording, 'event' | 'validUntil'>): Date | undefined {
  if (validUntil) return endOf(validUntil)
  return event ? endOfDay(dayOf(beginOf(event.at))) : undefined
}

/** The same paper from several senders is one card: issuer, number and date, folded. Without number and date nothing is merged. */
export const paperKey = (paper: Paper | null) =>
  paper ? [paper.issuer, paper.number, paper.date].map(part => fold(part).replaceAll(' ', '')).join('\n') : undefined

const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** The parts of the wording that differ. */
export const changedFields = (before: Wording, after: Wording) =>
  wordingFields.filter(field => !same(before[field], after[field]))

export const isOpenForChange = (state: State) => state === 'draft' || state === 'rejected'
