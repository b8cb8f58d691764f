import type { Tx } from './db.ts'

/** Takes the next `count` numbers of a tenant's counter. @returns the first of them, from 1 */
export async function nextNumber(tx: Tx, tenant: number, name: string, count = 1): Promise<number> {
  const [row] = await tx<{ value: number }[]>`
    insert into loa.counter as c (commune_id, name, value) values (${tenant}, ${name}, ${count})
    on conflict (commune_id, name) do update set value = c.value + ${count} returning value`
  return row!.value - count + 1
}
