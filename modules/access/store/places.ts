// Reads of lower levels that titles and pages need.
import { today } from '#core/clock'
import type { Db } from '#core/db'

export interface GroupNamed {
  tenant: number
  id: string
  name: string
  unitId: string | null
}

export async function findGroup(db: Db, tenant: number, id: string): Promise<GroupNamed | undefined> {
  const [row] = await db<GroupNamed[]>`
    select commune_id as tenant, id, name, unit_id as "unitId" from loa.group_of_people
    where commune_id = ${tenant} and id = ${id} and closed_at is null`
  return row
}

export async function isCreditGroup(db: Db, tenant: number, id: string): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.group_of_people
    where commune_id = ${tenant} and id = ${id} and kind = 'credit_group' and not is_confidential`
  return Boolean(row)
}

export interface HomeNamed {
  id: string
  no: number
  headName: string
  unitId: string
  unitName: string
  unitKind: string
  /** The village's number in the commune: printed on the card. */
  villageNo: number
}

/** A living home with its village, for the page that lets a phone in and for "who am I". */
export async function findHome(db: Db, tenant: number, id: string): Promise<HomeNamed | undefined> {
  const [row] = await db<HomeNamed[]>`
    select h.id, h.no, h.head_name as "headName", h.unit_id as "unitId", v.name as "unitName", v.kind as "unitKind",
      u.no as "villageNo"
    from loa.household h
    join loa.unit u on u.id = h.unit_id
    join loa.unit_version v on v.unit_id = h.unit_id
      and v.valid_from <= ${today()} and (v.valid_to is null or v.valid_to > ${today()})
    where h.commune_id = ${tenant} and h.id = ${id} and h.closed_at is null`
  return row
}

/** A tenant: a commune, a province or another owner. */
export async function findCommune(db: Db, tenant: number) {
  const [row] = await db<{ tenant: number; kind: string; name: string; unitId: string | null }[]>`
    select commune_id as tenant, kind, name, unit_id as "unitId" from loa.commune where commune_id = ${tenant}`
  return row
}

/** Communes that use this installation: where somebody holds a post. */
export async function communesWithPosts(db: Db): Promise<{ tenant: number; name: string }[]> {
  return db<{ tenant: number; name: string }[]>`
    select c.commune_id as tenant, c.name from loa.commune c
    where c.kind = 'commune' and c.closed_on is null
      and exists (select 1 from loa.post p where p.commune_id = c.commune_id and p.closed_at is null)
    order by c.name collate "C"`
}
