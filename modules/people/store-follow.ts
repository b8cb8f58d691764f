import { column, type Tx } from '#core/db'
import { endStays, insertStays } from './store.ts'

/** Living homes of these units, by id. */
export async function homesIn(tx: Tx, tenant: number, units: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select id from loa.household
    where commune_id = ${tenant} and unit_id = any(${[...units]}::uuid[]) and closed_at is null order by id`
  return rows.map(row => row.id)
}

/** The village that each home was taken over from at a moment. */
export async function villagesBefore(
  tx: Tx,
  tenant: number,
  homes: readonly string[],
  units: readonly string[],
  at: Date,
): Promise<Map<string, string>> {
  const rows = await tx<{ home: string; unit: string }[]>`
    select household_id as home, unit_id as unit from loa.household_stay
    where commune_id = ${tenant} and household_id = any(${[...homes]}::uuid[]) and unit_id = any(${[...units]}::uuid[])
      and valid_to = ${at}`
  return new Map(rows.map(row => [row.home, row.unit]))
}

/**
 * The present stay of each home ends, one in its new unit begins. Its number in the list stays that of the village whose list gave it:
 * two homes of one village may have one number now.
 */
export async function takeOver(
  tx: Tx,
  tenant: number,
  homes: readonly { household: string; unit: string }[],
  at: Date,
) {
  const ids = column(homes, 'household')
  const units = column(homes, 'unit')
  await tx`
    update loa.household h set unit_id = t.unit,
      sheet_unit = case when h.sheet_no is not null then nullif(coalesce(h.sheet_unit, h.unit_id), t.unit) end
    from unnest(${ids}::uuid[], ${units}::uuid[]) as t(id, unit)
    where h.commune_id = ${tenant} and h.id = t.id`
  await endStays(tx, tenant, ids, at)
  await insertStays(
    tx,
    tenant,
    homes.map(({ household, unit }) => ({ household, unitId: unit })),
    at,
  )
}
