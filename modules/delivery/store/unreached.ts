import type { Db } from '#core/db'
import type { Outcome } from '../outcomes.ts'
import { homesOfPublication } from './audience.ts'
import type { Publication } from './publication.ts'
import { hasPush } from './has-push.ts'
import { isCorrected } from './is-corrected.ts'

export interface UnreachedRow {
  id: string
  no: number
  unitId: string
  level: number
  visibleAt: Date | null
  phoneKind: string
  hasPush: boolean
  state: string | null
  reason: string | null
  outcome: Outcome | null
}

/** What is known of each home that is neither reached nor closed, by household number. */
export async function unreachedRows(
  db: Db,
  p: Publication,
  units: readonly string[],
  after: number,
  limit: number,
): Promise<UnreachedRow[]> {
  return db<UnreachedRow[]>`
    select h.household_id as id, x.no, h.unit_id as "unitId", coalesce(r.level, 0)::int as level, u.visible_at as "visibleAt",
      x.phone_kind as "phoneKind", d.state, d.reason, v.outcome,
      ${hasPush(db, p.tenant, db`h.household_id`)} as "hasPush"
    from (${homesOfPublication(db, p)}) h
    join loa.household x on x.commune_id = ${p.tenant} and x.id = h.household_id
    join loa.reach_unit u on u.commune_id = ${p.tenant} and u.published_id = ${p.publishedId} and u.unit_id = h.unit_id
    left join loa.reach_home r on r.commune_id = ${p.tenant} and r.published_id = ${p.publishedId} and r.household_id = h.household_id
    left join lateral (
      select state, reason from loa.delivery d
      where d.commune_id = ${p.tenant} and d.published_id = ${p.publishedId} and d.household_id = h.household_id
      order by d.step desc, d.changed_at desc limit 1) d on true
    left join lateral (
      select outcome from loa.visit v
      where v.commune_id = ${p.tenant} and v.published_id = ${p.publishedId} and v.household_id = h.household_id
        and v.outcome <> 'taken_back' and not ${isCorrected(db, p.tenant, db`v`)}
      order by v.corrected_at desc, v.id desc limit 1) v on true
    where h.unit_id = any(${[...units]}::uuid[]) and x.no > ${after} and not coalesce(r.is_reached, false) and r.closed is null
    order by x.no limit ${limit}`
}

export interface UnreachedPost {
  id: string
  title: string
  unitId: string
  level: number
}

/** Posts that an internal notice still waits for. */
export async function unreachedPosts(db: Db, p: Publication, units: readonly string[]): Promise<UnreachedPost[]> {
  return db<UnreachedPost[]>`
    select h.household_id as id, x.title, h.unit_id as "unitId", coalesce(r.level, 0)::int as level
    from (${homesOfPublication(db, p)}) h
    join loa.post x on x.id = h.household_id
    left join loa.reach_home r on r.commune_id = ${p.tenant} and r.published_id = ${p.publishedId} and r.household_id = h.household_id
    where h.unit_id = any(${[...units]}::uuid[]) and not coalesce(r.is_reached, false)
    order by h.unit_id, x.id`
}

export interface HomeLevel {
  no: number
  alley: string
  level: number
  isTold: boolean
  isReached: boolean
  isClosed: boolean
}

/** Every home of a village with its level, alley by alley. */
export async function homeLevels(db: Db, p: Publication, unit: string, limit: number): Promise<HomeLevel[]> {
  return db<HomeLevel[]>`
    select x.no, x.alley, coalesce(r.level, 0)::int as level, coalesce(r.is_told, false) as "isTold",
      coalesce(r.is_reached, false) as "isReached", r.closed is not null as "isClosed"
    from (${homesOfPublication(db, p)}) h
    join loa.household x on x.commune_id = ${p.tenant} and x.id = h.household_id
    left join loa.reach_home r on r.commune_id = ${p.tenant} and r.published_id = ${p.publishedId} and r.household_id = h.household_id
    where h.unit_id = ${unit} order by x.alley collate "C", x.no limit ${limit}`
}
