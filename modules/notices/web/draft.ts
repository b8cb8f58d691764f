// What stands in the fields of a notice that is being written, and what of it goes to the server.
import type { Answer, Input } from '#core/operation'
import type { notices } from '#notices/contract'
import { dayOf, iso } from '#web/time.ts'

export type NoticeShown = Answer<typeof notices.read>
export type Body = Input<typeof notices.create>
export type Preview = Answer<typeof notices.preview>

export interface Fields {
  class: 'normal' | 'priority' | 'emergency'
  title: string
  /** The words that everybody reads. */
  words: string
  /** The paper's own text, when it differs. */
  official: string
  steps: { act: string; why: string }[]
  day: string
  hour: string
  place: string
  until: string
  paper: { number: string; date: string; issuer: string }
  topic: string
  ask: '' | 'delivered' | 'seen' | 'acknowledged'
  isInternal: boolean
  isRelayed: boolean
  units: string[]
  groups: string[]
  needs: string[]
  /** Send at a time; empty: now. */
  at: string
}

export const emptyFields = (unit: string | undefined): Fields => ({
  class: 'normal',
  title: '',
  words: '',
  official: '',
  steps: [],
  day: '',
  hour: '',
  place: '',
  until: '',
  paper: { number: '', date: '', issuer: '' },
  topic: 'general',
  ask: '',
  isInternal: false,
  isRelayed: true,
  units: unit ? [unit] : [],
  groups: [],
  needs: [],
  at: '',
})

const hourOf = (at: string) => (at.length > 10 ? iso(at).slice(11, 16) : '')

export function fieldsOf(notice: NoticeShown): Fields {
  const { event, paper, audience } = notice
  return {
    class: notice.class,
    title: notice.title,
    words: notice.plain || notice.body,
    official: notice.plain ? notice.body : '',
    steps: notice.steps.map(({ act, why }) => ({ act, why: why ?? '' })),
    day: event ? dayOf(event.at) : '',
    hour: event ? hourOf(event.at) : '',
    place: event?.place ?? '',
    until: notice.validUntil ? dayOf(notice.validUntil) : '',
    paper: paper ?? { number: '', date: '', issuer: '' },
    topic: notice.topic,
    ask: notice.ask === 'acted' ? '' : notice.ask,
    isInternal: notice.internal,
    isRelayed: notice.relay === 'village',
    units: audience.units.map(unit => unit.id),
    groups: audience.groups.map(group => group.id),
    needs: audience.attributes?.needs ?? [],
    at: '',
  }
}

const eventOf = ({ day, hour, place }: Fields) => (day ? { at: hour ? `${day}T${hour}:00+07:00` : day, place } : null)

const paperOf = ({ paper }: Fields) => (paper.number.trim() && paper.date && paper.issuer.trim() ? paper : null)

/** May the village heads pass it on? */
export const isRelayable = (of: Fields) =>
  of.class !== 'emergency' && !of.isInternal && !of.groups.length && !of.needs.length

export const bodyOf = (of: Fields, mayRelay: boolean): Body => ({
  title: of.title,
  body: of.official.trim() || of.words,
  plain: of.official.trim() ? of.words : '',
  class: of.class,
  topic: of.topic,
  paper: paperOf(of),
  event: eventOf(of),
  steps: of.steps.filter(step => step.act.trim()).map(({ act, why }) => (why.trim() ? { act, why } : { act })),
  validUntil: of.until || null,
  ...(of.ask ? { ask: of.ask } : {}),
  audience: {
    units: of.units,
    groups: of.groups,
    ...(of.needs.length ? { attributes: { needs: of.needs } } : {}),
  },
  internal: of.isInternal,
  relay: mayRelay && of.isRelayed && isRelayable(of) ? 'village' : 'none',
})

/** Enough is written to ask how many homes it concerns. */
export const isReady = (of: Fields) =>
  Boolean(of.title.trim() && of.words.trim()) &&
  (of.units.length > 0 || of.groups.length > 0) &&
  (of.class !== 'emergency' || of.isInternal || of.steps.some(step => step.act.trim()))

/** The first thing that is still missing, by the name of its words. */
export const missing = (of: Fields) => {
  if (!of.title.trim()) return 'needs_title'
  if (!of.words.trim()) return 'needs_words'
  if (!of.units.length && !of.groups.length) return 'needs_audience'
  return 'needs_steps'
}
