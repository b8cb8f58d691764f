// Who is not reached yet, and why.
import { now } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import { outside } from '#core/ids'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { Whole } from '#core/shapes'
import { homesByIds, lookAt } from '#people'
import { findUnit, unitsBelow, unitTitle } from '#units'
import type { reachOperations, unreachedReasons } from './contract-reach.ts'
import { levelName } from './levels.ts'
import type { Publication } from './store/publication.ts'
import { homeLevels, unreachedPosts, unreachedRows, type UnreachedRow } from './store/unreached.ts'
import { getView, type View } from './view.ts'

export type Reason = (typeof unreachedReasons)[number]

const byState: Record<string, Reason> = {
  failed: 'failed',
  no_address: 'no_address',
  opted_out: 'opted_out',
  expired: 'expired',
  uncertain: 'uncertain',
  handed_over: 'not_delivered',
  planned: 'on_the_way',
  intent: 'on_the_way',
}

/** The nearest reason: what a person found, then the evidence (a public notice is opened by its link before the relay too), then the relay it waits for, then what the channels said. */
export function reasonOf(row: Omit<UnreachedRow, 'id' | 'no' | 'unitId'>, at: Date): Reason {
  if (row.outcome === 'nobody_home') return 'nobody_home'
  if (row.level >= 4) return 'seen_only'
  if (row.level === 3) return 'delivered_only'
  if (row.level === 2) return 'heard_only'
  if (!row.visibleAt || row.visibleAt > at) return 'waiting_for_relay'
  const said = row.state ? byState[row.state] : undefined
  if (said) return said
  return row.phoneKind === 'app' || row.hasPush ? 'not_fetched' : 'no_address'
}

/** @throws Problem not_allowed */
function mustSee(units: string[]): string[] {
  if (!units.length) throw new Problem('not_allowed', { needs: 'reach.names' })
  return units
}

/** A unit and what lies in it; none when there is no such unit. */
async function idsWithin(db: Db, ref: string): Promise<string[]> {
  const unit = await findUnit(db, ref)
  return unit ? [unit.id, ...(await unitsBelow(db, unit.path)).map(below => below.id)] : []
}

/** The villages whose homes the caller may see by name, narrowed to the unit asked. @throws Problem not_allowed */
async function villagesSeen(db: Db, view: View, unit: string | undefined): Promise<string[]> {
  const all = [...view.named]
  if (unit === undefined) return mustSee(all)
  // A village that was merged away since is no unit of today.
  if (view.named.has(unit)) return [unit]
  const asked = await idsWithin(db, unit)
  return mustSee(all.filter(id => asked.includes(id)))
}

async function homes(
  call: Call,
  view: View,
  p: Publication,
  units: string[],
  of: { cursor?: string | undefined; limit: number },
) {
  const rows = await unreachedRows(call.db, p, units, readCursor(of.cursor, Whole)?.[0] ?? -1, of.limit + 1)
  const page = pageOf(rows, of.limit, row => [row.no])
  const ids = page.items.map(row => row.id)
  const known = new Map((await homesByIds(call.db, p.tenant, ids)).map(home => [home.id, home]))
  await lookAt(call.db, call.caller, p.tenant, ids, 'reach')
  const names = new Map(view.units.map(unit => [unit.unitId, unitTitle(unit)]))
  const at = now()
  return {
    items: page.items.map(row => {
      const home = known.get(row.id)
      return {
        householdId: outside(p.tenant, row.id),
        no: row.no,
        headName: home?.headName ?? '',
        unitId: row.unitId,
        unit: names.get(row.unitId) ?? '',
        alley: home?.alley ?? '',
        landmark: home?.landmark ?? '',
        maskedPhone: home?.maskedPhone ?? null,
        level: levelName(row.level),
        reason: reasonOf(row, at),
        detail: row.reason,
        lastOutcome: row.outcome,
      }
    }),
    next: page.next,
  }
}

async function posts({ db }: Call, view: View, p: Publication, units: string[]) {
  const names = new Map(view.units.map(unit => [unit.unitId, unitTitle(unit)]))
  const rows = await unreachedPosts(db, p, units)
  return {
    items: rows.map((row, n) => ({
      householdId: outside(p.tenant, row.id),
      no: n + 1,
      headName: row.title,
      unitId: row.unitId,
      unit: names.get(row.unitId) ?? '',
      alley: '',
      landmark: '',
      maskedPhone: null,
      level: levelName(row.level),
      reason: row.level >= 3 ? ('delivered_only' as const) : ('not_fetched' as const),
      detail: null,
      lastOutcome: null,
    })),
    next: null,
  }
}

/** Above this many a village is shown by bars, not by houses. */
const mostInPicture = 400

export const findingUnreached = {
  async unreached(input, call) {
    const view = await getView(call, input.noticeId, input.round)
    const units = await villagesSeen(call.db, view, input.unit)
    const [publication] = view.publications
    return publication!.kind === 'post'
      ? posts(call, view, publication!, units)
      : homes(call, view, publication!, units, input)
  },

  async homes(input, call) {
    const view = await getView(call, input.noticeId, input.round)
    const [unit] = await villagesSeen(call.db, view, input.unit)
    const rows = await homeLevels(call.db, view.publications[0]!, unit!, mostInPicture + 1)
    if (rows.length > mostInPicture) throw new Problem('too_many_homes', { most: mostInPicture })
    return { homes: rows.map(row => ({ ...row, level: levelName(row.level) })) }
  },
} satisfies Pick<Answers<typeof reachOperations>, 'unreached' | 'homes'>
