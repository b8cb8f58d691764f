import { today } from '#core/clock'
import type { Db } from '#core/db'

export interface ExportRow {
  householdId: string
  unitNo: number
  unitName: string
  unitKind: string
  sheetNo: string | null
  headName: string
  alley: string
  landmark: string
  way: string
  languages: string[]
  needs: string[]
  name: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f' | null
  birthYear: number | null
  birthDay: string | null
  phones: string[]
}

/** One row a person of the homes that stand in these units. */
export async function exportRows(db: Db, tenant: number, units: readonly string[]): Promise<ExportRow[]> {
  return db<ExportRow[]>`
    select h.id as "householdId", u.no as "unitNo", v.name as "unitName", v.kind as "unitKind", h.sheet_no as "sheetNo",
      h.head_name as "headName", h.alley, h.landmark, h.way, h.languages, h.needs, p.name, p.relation, p.is_head as "isHead", p.sex,
      p.birth_year as "birthYear", p.birth_day as "birthDay",
      array(select c.value from loa.contact c where c.commune_id = p.commune_id and c.household_id = h.id and c.kind = 'phone'
        and c.ended_at is null and (c.person_id = p.id or (c.person_id is null and p.is_head)) order by c.added_at, c.id) as phones
    from loa.household h
    join loa.person p on p.commune_id = h.commune_id and p.household_id = h.id and p.left_at is null and p.died_on is null
    join loa.unit u on u.id = h.unit_id
    join loa.unit_version v on v.unit_id = h.unit_id and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
    where h.commune_id = ${tenant} and h.unit_id = any(${[...units]}::uuid[]) and h.closed_at is null`
}
