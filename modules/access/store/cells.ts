// Party cells of a unit and the posts of their secretaries.
import type { Db, Tx } from '#core/db'

/** Open cells of a unit, the oldest first. */
export async function cellsAt(db: Db, tenant: number, unit: string): Promise<{ id: string; hasSecretary: boolean }[]> {
  return db<{ id: string; hasSecretary: boolean }[]>`
    select g.id, exists (select 1 from loa.post p where p.commune_id = g.commune_id and p.group_id = g.id
      and p.role = 'party_secretary' and p.closed_at is null) as "hasSecretary"
    from loa.group_of_people g
    where g.commune_id = ${tenant} and g.unit_id = ${unit} and g.kind = 'party_cell' and g.closed_at is null
    order by g.opened_at, g.id`
}

/** The oldest open secretary's post of a unit that keeps no open cell. */
export async function findSecretaryWithoutCell(db: Db, tenant: number, unit: string): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`
    select p.id from loa.post p
    left join loa.group_of_people g on g.commune_id = p.commune_id and g.id = p.group_id
    where p.commune_id = ${tenant} and p.unit_id = ${unit} and p.role = 'party_secretary' and p.closed_at is null
      and (p.group_id is null or g.closed_at is not null)
    order by p.id limit 1`
  return row?.id
}

export async function setCell(tx: Tx, tenant: number, post: string, group: string) {
  await tx`update loa.post set group_id = ${group} where commune_id = ${tenant} and id = ${post}`
}
