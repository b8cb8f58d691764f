// What a home said of being helped.
import type { Db, Tx } from '#core/db'

/** Holds the home until the transaction ends, so that a yes and a no cannot cross. @returns whether it stands */
export async function holdHome(tx: Tx, tenant: number, household: string): Promise<boolean> {
  const [row] = await tx`
    select 1 from loa.household where commune_id = ${tenant} and id = ${household} and closed_at is null for update`
  return Boolean(row)
}

/** The last thing said. */
export async function wordOnHelp(db: Db, tenant: number, household: string): Promise<string | undefined> {
  const [row] = await db<{ said: string }[]>`
    select said from loa.consent where commune_id = ${tenant} and household_id = ${household} and purpose = 'helper_acts'
    order by at desc, id desc limit 1`
  return row?.said
}
