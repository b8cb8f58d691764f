// What follows from a draft: private or not, who passes it on, what it asks for, how many it concerns.
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import { say, type Language } from '#core/words'
import { preview } from '#delivery'
import { unitsBelow } from '#units'
import { isAbove, keep, type NamedAudience } from './audience.ts'
import {
  askOf,
  hasAttributes,
  isEmptyAudience,
  isPrivateAudience,
  isWide,
  lastUseful,
  relayDue,
  relayOf,
  type Ask,
  type NoticeClass,
  type Wording,
} from './rules.ts'
import { packOf } from './store/packs.ts'
import { warningsOf } from './warnings.ts'

export interface Whom {
  audience: NamedAudience
  internal: boolean
  /** The post that writes: an internal notice does not go back to it. */
  author: string | undefined
}

export interface Asked extends Whom {
  class: NoticeClass
  ask?: Ask | undefined
  relay?: 'none' | 'village' | undefined
  relayBy?: Date | null
  wording: Wording
}

export interface Settled {
  ask: Ask
  isPrivate: boolean
  relay: 'none' | 'village'
}

const villageRoles = new Set(['village_head', 'party_secretary'])

/** @throws Problem audience_empty, steps_needed, relay_needs_units */
export function settle(asked: Asked, role: string | undefined): Settled {
  if (isEmptyAudience(asked.audience)) throw new Problem('audience_empty')
  if (asked.class === 'emergency' && !asked.internal && !asked.wording.steps.length) throw new Problem('steps_needed')
  const relay = relayOf(asked.relay, {
    class: asked.class,
    internal: asked.internal,
    isVillageAuthor: villageRoles.has(role ?? ''),
    audience: asked.audience,
  })
  if (!relay) throw new Problem('relay_needs_units')
  return { ask: askOf(asked), isPrivate: !asked.internal && isPrivateAudience(asked.audience), relay }
}

export interface Counted {
  households: number | null
  unreachable: number | null
  villages: { unitId: string; name: string; households: number; unreachable: number }[]
  isWide: boolean
}

/** Homes (posts of an internal notice) that it concerns now; nobody counts above the commune. */
export async function countNow(db: Db, tenant: number, { audience, internal, author }: Whom): Promise<Counted> {
  if (isAbove(tenant, audience)) return { households: null, unreachable: null, villages: [], isWide: true }
  const { units, groups, attributes } = keep(audience)
  if (!units.length && !groups.length) return { households: 0, unreachable: 0, villages: [], isWide: false }
  const found = await preview(db, {
    tenant,
    audience: { units, groups, attributes },
    kind: internal ? 'post' : 'home',
    author,
  })
  const isByUnits = !groups.length && !hasAttributes(attributes)
  const villages = isByUnits ? wideUnits(audience, found.villages.length) : found.villages.length
  return { ...found, isWide: isWide({ villages, isAbove: false }) }
}

/** Does it go to more than one village? Answered without counting homes where units alone are named. */
export async function isWideNow(db: Db, tenant: number, whom: Whom): Promise<boolean> {
  const { audience, internal } = whom
  if (isAbove(tenant, audience)) return true
  const { units, groups, attributes } = audience
  if (groups.length || hasAttributes(attributes)) return (await countNow(db, tenant, whom)).isWide
  if (units.length > 1) return true
  const [unit] = units
  if (!unit || unit.level === 'village' || unit.level === 'hamlet') return false
  return internal || (await unitsBelow(db, unit.path)).filter(one => one.level === 'village').length > 1
}

/** @throws Problem audience_empty when there is nobody */
export async function count(db: Db, tenant: number, whom: Whom): Promise<Counted> {
  const counted = await countNow(db, tenant, whom)
  if (counted.households === 0) throw new Problem('audience_empty')
  return counted
}

/** Posts have no villages of their own: a commune named as a whole is more than one. */
const wideUnits = ({ units }: NamedAudience, villages: number) =>
  Math.max(villages, units.length, units.some(unit => unit.level === 'commune') ? 2 : 1)

/** Sentences for the writer, in his language. */
export async function warn(
  db: Db,
  tenant: number,
  of: { wording: Wording; class: NoticeClass; isInternal: boolean; relayBy: Date | null } & Settled & Counted,
  language: Language,
) {
  const at = now()
  const pack = await packOf(db, tenant, at)
  const relayDueAt = of.relay === 'village' ? relayDue(of.class, at, of.relayBy, pack) : undefined
  const about = {
    wording: of.wording,
    isInternal: of.isInternal,
    isPrivate: of.isPrivate,
    unreachable: of.unreachable ?? 0,
    households: of.households ?? 0,
    relayDueAt,
  }
  const warnings = warningsOf(about, at, pack).map(({ code, data }) => ({
    code,
    message: say(language, `notices.warning.${code}`, data),
  }))
  return { warnings, relayDueAt, lastUsefulAt: lastUseful(of.wording, at, pack) }
}
