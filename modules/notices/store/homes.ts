import type { Db } from '#core/db'

/** Is one of these homes (or posts, of an internal notice) in the audience of any round? Those are named one by one. */
export async function hasGot(db: Db, tenant: number, notice: string, households: readonly string[]): Promise<boolean> {
  const [row] = await db`
    select 1 from loa.publication p
    join loa.audience_home a on a.commune_id = p.commune_id and a.published_id = p.published_id
    where p.commune_id = ${tenant} and p.subject_id = ${notice} and a.household_id = any(${[...households]}::uuid[]) limit 1`
  return Boolean(row)
}

/** How far the newest round of a notice got at one home. */
export async function levelOfHome(db: Db, tenant: number, publishedId: string, household: string) {
  const [row] = await db<{ level: number; level_at: Date }[]>`
    select level, level_at from loa.reach_home
    where commune_id = ${tenant} and published_id = ${publishedId} and household_id = ${household}`
  return row
}

/** The village that a home lives in now. */
export async function villageOfHome(db: Db, tenant: number, household: string): Promise<string | undefined> {
  const [row] = await db<{ unit_id: string }[]>`
    select unit_id from loa.household where commune_id = ${tenant} and id = ${household}`
  return row?.unit_id
}

/** The home of a small number, as short links name it. */
export async function homeByNo(db: Db, tenant: number, no: number): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`
    select id from loa.household where commune_id = ${tenant} and no = ${no} and closed_at is null`
  return row?.id
}

/** Communes that somebody lives or works in, below a path; each gets a copy of its own. */
export const communesBelow = (db: Db, path: string, day: string) => db<
  { tenant: number; unit_id: string; path: string }[]
>`
  select u.commune_id as tenant, u.id as unit_id, v.path from loa.unit_version v
  join loa.unit u on u.id = v.unit_id and u.level = 'commune'
  where starts_with(v.path, ${path}) and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
    and (exists (select 1 from loa.household h where h.commune_id = u.commune_id)
      or exists (select 1 from loa.post p where p.commune_id = u.commune_id))
  order by u.commune_id`

/** What the publication of a small number is about. */
export async function publicationByNo(db: Db, tenant: number, no: number): Promise<string | undefined> {
  const [row] = await db<{ subject_id: string }[]>`
    select subject_id from loa.publication where commune_id = ${tenant} and no = ${no} and subject = 'notice'`
  return row?.subject_id
}

/** The villages that a publication was counted in, those without homes too. */
export const villagesOfPublication = (db: Db, tenant: number, publishedId: string) => db<
  { unitId: string; households: number }[]
>`
  select unit_id as "unitId", households from loa.reach_unit where commune_id = ${tenant} and published_id = ${publishedId}`
