// Decisions about chat groups and what is posted there: no database, no clock of their own.
import type { NoticeClass } from './rules.ts'

export const platforms = ['zalo', 'facebook', 'other'] as const
export type Platform = (typeof platforms)[number]

/** Where invitations of each platform begin; of others nobody knows. */
const invitations: Record<Exclude<Platform, 'other'>, RegExp> = {
  zalo: /^zalo\.me\/g\/[\w-]{4,40}$/,
  facebook:
    /^(?:(?:www|m|web)\.)?(?:facebook\.com\/(?:(?:groups|share\/g)\/)?|m\.me\/j\/|fb\.com\/groups\/)(?!(?:groups|share|login)$)[\w.-]{2,80}$/,
}

/**
 * The invitation as it is kept: by https, to the platform's own address, without what follows a `?`.
 * @returns null for an empty one, undefined for one that leads elsewhere
 */
export function linkOf(platform: Platform, said: string): string | null | undefined {
  if (!said.trim()) return null
  const address = said.trim().includes('://') ? said.trim() : `https://${said.trim()}`
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  if (url.protocol !== 'https:' || url.username || url.password || url.port) return undefined
  if (!/^[\w-]+(\.[\w-]+)*\.[a-z]{2,}$/.test(url.hostname)) return undefined
  const path = url.pathname.replace(/\/$/, '')
  if (platform === 'other') return `https://${url.hostname}${path}`
  return invitations[platform].test(url.hostname + path) ? `https://${url.hostname}${path}` : undefined
}

/** Minutes after a notice is seen in the village by which it should stand in the group. Basis: product, not law. */
const minutesToPost: Record<NoticeClass, number> = { emergency: 30, priority: 120, normal: 240 }

export const postBy = (of: NoticeClass, visibleAt: Date) => new Date(visibleAt.getTime() + minutesToPost[of] * 60_000)

/** Days for which a notice waits to be posted, and hours in which "Đã đăng" can be taken back. */
export const daysToPost = 7
export const hoursToUndo = 24

/** What an account does by itself in a chat group or page that it is tied to. */
export const outletActs = ['post', 'change', 'remove'] as const
export type OutletAct = (typeof outletActs)[number]

export type TaskKind = 'post' | 'again' | 'down'

export interface Facts {
  visibleAt: Date | null
  /** The chat group was noted then: what was said long before is not asked for. */
  addedAt: Date
  endsAt: Date | null
  isWithdrawn: boolean
  isReplaced: boolean
  isChatClosed: boolean
  isPosted: boolean
  isDown: boolean
  /** An earlier round stands in the group. */
  wasPosted: boolean
}

/** What is to be done with one publication in one chat group now. */
export function taskOf(f: Facts, at: Date): TaskKind | undefined {
  if (f.isWithdrawn) return f.isPosted && !f.isDown ? 'down' : undefined
  if (f.isPosted || f.isReplaced || f.isChatClosed || !f.visibleAt) return undefined
  const day = 86_400_000
  const isFresh = at.getTime() - f.visibleAt.getTime() < daysToPost * day
  const isOver = Boolean(f.endsAt && f.endsAt <= at)
  const wasBefore = f.visibleAt.getTime() < f.addedAt.getTime() - day
  if (!isFresh || isOver || wasBefore) return undefined
  return f.wasPosted ? 'again' : 'post'
}
