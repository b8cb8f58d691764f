// The story's own figures, counted from its book; the servers' figures; and a count by SQL from the raw evidence. All three must be one.
import type { Sql } from '#core/db'
import { levelNames, type LevelName, type Page } from './phones.ts'
import type { Network } from './http.ts'
import type { Village } from './staff.ts'

export type Levels = Record<LevelName, number>

export interface VillageFigures {
  name: string
  households: number
  levels: Levels
  reached: number
  toldAtDoor: number
  accountedFor: number
}

export interface Reach {
  households: number
  reached: number
  accountedFor: number
  levels: Levels
  told: number
  villages: (Omit<VillageFigures, 'toldAtDoor'> & { unitId: string; told: number })[]
  curve: { at: string; reached: number }[]
}

const noLevels = () => Object.fromEntries(levelNames.map(name => [name, 0])) as Levels

/** From what phones and people at doors saw. */
export function fromBook(page: Page, villages: readonly Village[]): VillageFigures[] {
  return villages.map(({ name, homes }) => {
    const levels = noLevels()
    let [reached, toldAtDoor, closed] = [0, 0, 0]
    for (const { id } of homes) {
      const level = page.levels.get(id) ?? 'none'
      levels[level]++
      const isReached = level === 'acknowledged' || level === 'acted'
      if (isReached) reached++
      else if (page.closed.has(id)) closed++
      if (page.told.has(id)) toldAtDoor++
    }
    return { name, households: homes.length, levels, reached, toldAtDoor, accountedFor: reached + closed }
  })
}

/** As the commune's screen shows them. */
export async function fromScreen(net: Network, officer: string, noticeId: string, villages: readonly Village[]) {
  const reach = await net.get<Reach>('GET', `/api/v1/notices/${noticeId}/reach`, { cookie: officer })
  const figures = villages.map(({ id }): VillageFigures => {
    const { name, households, levels, reached, accountedFor, told } = reach.villages.find(one => one.unitId === id)!
    return { name, households, levels, reached, toldAtDoor: told, accountedFor }
  })
  return { reach, figures }
}

interface Counted {
  unit_id: string
  level: number
  homes: number
  told: number
  closed: number
}

/** Counted anew from receipts and visits; no roll-up is read. */
export async function fromEvidence(
  sql: Sql,
  subjectId: string,
  villages: readonly Village[],
): Promise<VillageFigures[]> {
  const rows = await sql<Counted[]>`
    with p as (select commune_id, published_id, published_at from loa.publication where subject_id = ${subjectId} order by round desc limit 1),
    home as (
      select s.commune_id, s.household_id, s.unit_id, p.published_id from p join loa.household_stay s on s.commune_id = p.commune_id
        and s.valid_from <= p.published_at and (s.valid_to is null or s.valid_to > p.published_at)),
    visited as (
      select v.commune_id, v.household_id,
        bool_or(v.outcome = 'told') as told, bool_or(v.outcome in ('told_by_neighbour', 'moved', 'refused')) as closed
      from loa.visit v join p on p.commune_id = v.commune_id and p.published_id = v.published_id
      where v.outcome <> 'taken_back' and not exists (select 1 from loa.visit c where c.commune_id = v.commune_id and c.corrects = v.id
        and not exists (select 1 from loa.visit t where t.commune_id = v.commune_id and t.corrects = c.id and t.outcome = 'taken_back'))
      group by 1, 2),
    said as (
      select r.commune_id, r.household_id, max(r.level) as level from loa.receipt r
      join p on p.commune_id = r.commune_id and p.published_id = r.published_id group by 1, 2)
    select h.unit_id, greatest(coalesce(s.level, 0), case when v.told then 5 else 0 end)::int as level, count(*)::int as homes,
      (count(*) filter (where v.told))::int as told, (count(*) filter (where v.closed))::int as closed
    from home h
    left join said s on s.commune_id = h.commune_id and s.household_id = h.household_id
    left join visited v on v.commune_id = h.commune_id and v.household_id = h.household_id
    group by 1, 2`
  return villages.map(({ id, name }) => {
    const mine = rows.filter(row => row.unit_id === id)
    const levels = noLevels()
    for (const row of mine) levels[levelNames[row.level]!] += row.homes
    const sum = (pick: (row: Counted) => number) => mine.reduce((total, row) => total + pick(row), 0)
    const reached = levels.acknowledged + levels.acted
    return {
      name,
      households: sum(row => row.homes),
      levels,
      reached,
      toldAtDoor: sum(row => row.told),
      accountedFor: reached + sum(row => (row.level < 5 ? row.closed : 0)),
    }
  })
}

/** Where two counts differ, in words. */
export function differences(what: string, a: readonly VillageFigures[], b: readonly VillageFigures[]): string[] {
  return a.flatMap((one, n) => {
    const [left, right] = [JSON.stringify(one), JSON.stringify(b[n])]
    return left === right ? [] : [`${what}: ${left} ≠ ${right}`]
  })
}
