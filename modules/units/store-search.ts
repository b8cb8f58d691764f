import type { Db } from '#core/db'
import type { Level } from './names.ts'

export interface NameRow {
  unitId: string
  level: Level
  name: string
  kind: string
  /** The old district, and the parents' names of that time. */
  district: string
  parentName: string | null
  until: string | null
}

/** Names that units have or had up to a day, equal to one of the folded names or beginning with it. */
export async function namesLike(db: Db, names: readonly string[], day: string, most: number): Promise<NameRow[]> {
  return db<NameRow[]>`
    select v.unit_id as "unitId", u.level, v.name, v.kind, v.district, v.valid_to as until, p.name as "parentName"
    from unnest(${[...names]}::text[]) as q(text)
    join loa.unit_version v on v.folded >= q.text and v.folded < q.text || '~'
    join loa.unit u on u.id = v.unit_id
    left join lateral (select name from loa.unit_version o where o.unit_id = v.parent_id and o.valid_from <= v.valid_from
      order by o.valid_from desc limit 1) p on true
    where v.valid_from <= ${day}
    order by v.folded = q.text desc, v.valid_to desc nulls first, u.commune_id, u.no limit ${most}`
}

export interface AliasRow {
  unitId: string
  level: Level
  /** The whole old address: `Phường Ngã Tư Sở, Quận Đống Đa, Thành phố Hà Nội`. */
  name: string
}

/** Old names that the table could not prove: each points to where it may be today. */
export async function aliasesLike(db: Db, names: readonly string[], most: number): Promise<AliasRow[]> {
  return db<AliasRow[]>`
    select a.unit_id as "unitId", u.level, a.name
    from unnest(${[...names]}::text[]) as q(text)
    join loa.unit_alias a on a.folded >= q.text and a.folded < q.text || '~'
    join loa.unit u on u.id = a.unit_id
    order by a.folded = q.text desc, a.name collate "C" limit ${most}`
}

/** What became of closed units by a day, through however many mergers: pairs of (then, now). */
export async function successorsOf(
  db: Db,
  ids: readonly string[],
  day: string,
): Promise<{ then: string; now: string }[]> {
  // A merger that was taken back led somewhere only until then; what it made leads back.
  const led = db`c.on_date <= ${day} and (c.undone_on is null or c.undone_on > ${day})
    and c.kind in ('merge_whole', 'merge_part', 'split', 'undo_merge', 'undo_split')`
  return db<{ then: string; now: string }[]>`
    with recursive step (origin, unit_id, depth) as (
      select c.from_unit as origin, c.to_unit as unit_id, 1 as depth from loa.unit_change c
      where c.from_unit = any(${[...ids]}::uuid[]) and ${led}
      union
      select s.origin, c.to_unit, s.depth + 1 from step s join loa.unit_change c on c.from_unit = s.unit_id
      where ${led} and s.depth < 20)
    select distinct s.origin as then, s.unit_id as now from step s
    join loa.unit_version v on v.unit_id = s.unit_id
    where v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})`
}

/** The unit that bore a code last before a day on which nothing bears it. */
export async function lastOfCode(db: Db, code: string, day: string) {
  const [row] = await db<{ unitId: string; name: string; kind: string; until: string }[]>`
    select unit_id as "unitId", name, kind, valid_to as until from loa.unit_version
    where code = ${code} and valid_to <= ${day} order by valid_to desc limit 1`
  return row
}
