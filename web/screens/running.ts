// What is under way: the newest notices sent, each with how far it got.
import type { Answer } from '#core/operation'
import { api } from '../api.ts'
import type { Contracts } from '../contracts.ts'

export type Listed = Answer<Contracts['notices']['list']>['items'][number]
export type ReachNow = Answer<Contracts['delivery']['reach']>
export type RelayNow = Answer<Contracts['notices']['relayState']>['items'][number]
export interface Running {
  notice: Listed
  reach: ReachNow
}

/** Days for which an emergency stands before everything else. */
const emergencyDays = 3

const isFresh = ({ publishedAt }: Listed, days: number) =>
  Boolean(publishedAt) && Date.now() - new Date(publishedAt!).getTime() < days * 86_400_000

/** Open emergencies first, then the newest. A notice whose figures are not this person's is left out. */
export async function running(most: number): Promise<Running[]> {
  const { items } = await api.notices.list({ state: 'published', limit: '20' })
  const isUrgent = (notice: Listed) => notice.class === 'emergency' && isFresh(notice, emergencyDays)
  const ordered = items.filter(isUrgent).concat(items.filter(notice => !isUrgent(notice)))
  const found = await Promise.all(
    ordered.slice(0, most).map(async notice => {
      const reach = await api.delivery.reach({ noticeId: notice.id }).catch(() => undefined)
      return reach && { notice, reach }
    }),
  )
  return found.filter(one => one !== undefined)
}

/** The villages' passing on of one notice; none where it is not this person's to see. */
export const relaysOf = async (one: Running | undefined): Promise<RelayNow[]> =>
  one ? (await api.notices.relayState({ noticeId: one.notice.id }).catch(() => ({ items: [] }))).items : []

/** Homes still to be told: neither reached nor closed by a person. */
export const leftOf = ({ households, accountedFor }: { households: number | null; accountedFor: number | null }) =>
  households === null || accountedFor === null ? null : households - accountedFor
