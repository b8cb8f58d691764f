// Figures are read from roll-ups, never counted.
import type { Db } from '#core/db'
import { levelName } from '../levels.ts'
import { columns, type Publication } from './publication.ts'

/** Rounds of a notice from above, one a commune. */
export async function copiesOf(db: Db, subjectId: string, originId: string, round?: number): Promise<Publication[]> {
  const rows = await db<(Omit<Publication, 'ask'> & { ask: number })[]>`
    select distinct on (commune_id) ${columns(db)} from loa.publication
    where commune_id in (select c.commune_id from loa.commune c where c.kind = 'commune') and subject_id = ${subjectId}
      and origin_id = ${originId} and (${round ?? null}::int is null or round = ${round ?? null})
    order by commune_id, round desc`
  return rows.map(row => ({ ...row, ask: levelName(row.ask) }))
}

export interface UnitFigures {
  households: number
  none: number
  sent: number
  exposed: number
  delivered: number
  seen: number
  acknowledged: number
  acted: number
  told: number
  reached: number
  told_by_neighbour: number
  moved: number
  refused: number
}

export interface ReachedUnit extends UnitFigures {
  tenant: number
  publishedId: string
  unitId: string
  kind: string
  name: string
  path: string
  visibleAt: Date | null
}

/** Villages of a publication with their figures, named as on the day it went out. */
export async function reachedUnits(db: Db, tenant: number, publishedId: string, day: string): Promise<ReachedUnit[]> {
  return db<ReachedUnit[]>`
    select u.commune_id as tenant, u.published_id as "publishedId", u.unit_id as "unitId", v.kind, v.name, coalesce(n.path, v.path) as path,
      u.visible_at as "visibleAt", u.households, u.none, u.sent, u.exposed, u.delivered, u.seen, u.acknowledged, u.acted, u.told,
      u.reached, u.told_by_neighbour, u.moved, u.refused
    from loa.reach_unit u
    join loa.unit x on x.id = u.unit_id
    join loa.unit_version v on v.unit_id = u.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
    left join loa.unit_version n on n.unit_id = u.unit_id and n.valid_to is null
    where u.commune_id = ${tenant} and u.published_id = ${publishedId}
    order by x.no, u.unit_id`
}

/** Homes reached in a minute (since 1970), of several publications together. */
export async function minutesOf(db: Db, of: readonly Publication[]): Promise<{ minute: number; reached: number }[]> {
  return db<{ minute: number; reached: number }[]>`
    select m.minute, sum(m.reached)::int as reached
    from unnest(${of.map(p => p.tenant)}::int[], ${of.map(p => p.publishedId)}::uuid[]) as p(commune_id, published_id)
    join loa.reach_minute m on m.commune_id = p.commune_id and m.published_id = p.published_id
    where m.reached <> 0 group by m.minute order by m.minute`
}

export async function channelsOf(db: Db, of: readonly Publication[]): Promise<{ channel: string; reached: number }[]> {
  return db<{ channel: string; reached: number }[]>`
    select m.channel, sum(m.reached)::int as reached
    from unnest(${of.map(p => p.tenant)}::int[], ${of.map(p => p.publishedId)}::uuid[]) as p(commune_id, published_id)
    join loa.reach_channel m on m.commune_id = p.commune_id and m.published_id = p.published_id
    where m.reached <> 0 group by m.channel order by 2 desc, 1`
}

export interface StepFigures {
  step: number
  channel: string
  dueAt: Date
  doneVillages: number
  villages: number
}

export async function stepsReached(db: Db, of: readonly Publication[]): Promise<StepFigures[]> {
  return db<StepFigures[]>`
    select s.step::int, s.channel, min(s.due_at) as "dueAt", (count(*) filter (where s.state = 'done'))::int as "doneVillages",
      count(*)::int as villages
    from unnest(${of.map(p => p.tenant)}::int[], ${of.map(p => p.publishedId)}::uuid[]) as p(commune_id, published_id)
    join loa.ladder_step s on s.commune_id = p.commune_id and s.published_id = p.published_id and s.step < 100
    group by s.step, s.channel order by min(s.due_at), s.step`
}

/** How often a subject was told. */
export async function countRounds(db: Db, tenant: number, subjectId: string): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    select count(*)::int as n from loa.publication where commune_id = ${tenant} and subject_id = ${subjectId}`
  return row!.n
}

export interface CommuneName {
  tenant: number
  unitId: string
  kind: string
  name: string
}

export async function communeNames(db: Db, tenants: readonly number[], day: string): Promise<CommuneName[]> {
  return db<CommuneName[]>`
    select c.commune_id as tenant, v.unit_id as "unitId", v.kind, v.name from loa.commune c
    join loa.unit_version v on v.unit_id = c.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
    where c.commune_id = any(${[...tenants]}::int[])`
}
