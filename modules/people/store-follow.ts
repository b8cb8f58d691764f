import { column, type Tx } from '#core/db'

/** Living homes of these units, by id. */
export async function homesIn(tx: Tx, tenant: number, units: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from loa.household
    where commune_id = ${tenant} and unit_id = any(${[...units]}::uuid[]) and closed_at is null order by id`
  return rows.map(row => row.id)
}

/** The present stay of each home ends, one in its new unit begins. */
export async function takeOver(
  tx: Tx,
  tenant: number,
  homes: readonly { household: string; unit: string }[],
  at: Date,
) {
  const ids = column(homes, 'household')
  const units = column(homes, 'unit')
  await tx`
    update loa.household h set unit_id = t.unit from unnest(${ids}::uuid[], ${units}::uuid[]) as t(id, unit)
    where h.commune_id = ${tenant} and h.id = t.id`
  await tx`
    update loa.household_stay set valid_to = ${at}
    where commune_id = ${tenant} and household_id = any(${ids}::uuid[]) and valid_to is null`
  await tx`
    insert into loa.household_stay (commune_id, household_id, unit_id, valid_from)
    select ${tenant}, t.id, t.unit, ${at} from unnest(${ids}::uuid[], ${units}::uuid[]) as t(id, unit)`
}
