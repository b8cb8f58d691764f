import type { Db } from '#core/db'

export interface GroupRow {
  tenant: number
  id: string
  kind: string
  name: string
  isConfidential: boolean
  unitPath: string | null
}

/** Open groups of these tenants by id, each with the path of the unit it belongs to. */
export const groupsByIds = (db: Db, tenants: readonly number[], ids: readonly string[], day: string) => db<GroupRow[]>`
  select g.commune_id as tenant, g.id, g.kind, g.name, g.is_confidential as "isConfidential", v.path as "unitPath"
  from loa.group_of_people g
  left join loa.unit_version v on v.unit_id = g.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  where g.commune_id = any(${[...tenants]}::int[]) and g.id = any(${[...ids]}::uuid[]) and g.closed_at is null`
