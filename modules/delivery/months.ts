// Receipts, deliveries and their parts live in months of their publication, and are dropped with the whole month.
import { dayOf, now, startOfDay } from '#core/clock'
import type { Db } from '#core/db'
import { firstIdAt, timeOfId } from '#core/ids'

/** Days after a month's first day until its receipts and deliveries go. Basis: design, the shortest time in which a dispute comes up. */
export const keptDays = 90

const tables = ['receipt', 'delivery', 'handed_part'] as const

const firstOf = (at: Date) => startOfDay(`${dayOf(at).slice(0, 7)}-01`)
const nextMonth = (first: Date) => firstOf(new Date(first.getTime() + 32 * 86_400_000))
const isOver = (first: Date) => first.getTime() + keptDays * 86_400_000 <= now().getTime()

/** Is the month of this publication still there? */
export const isMonthKept = (publishedId: string) => !isOver(firstOf(timeOfId(publishedId)))

const nameOf = (table: string, first: Date) => `${table}_${dayOf(first).slice(0, 7).replace('-', '_')}`

/** Makes the months that publications of the next weeks fall into, and of the last ones that are still kept. */
export async function makeMonths(db: Db) {
  const end = now().getTime() + 62 * 86_400_000
  for (let first = firstOf(now()); first.getTime() < end; first = nextMonth(first))
    for (const table of tables)
      await db.unsafe(`create table if not exists loa.${nameOf(table, first)} partition of loa.${table}
        for values from ('${firstIdAt(first)}') to ('${firstIdAt(nextMonth(first))}')`)
}

/** Drops whole months whose time is over: evidence about persons goes, the row of the home stays. @returns their names */
export async function dropOldMonths(db: Db): Promise<string[]> {
  const rows = await db<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent
    join pg_namespace n on n.oid = p.relnamespace
    where n.nspname = 'loa' and p.relname = any(${[...tables]}::text[]) and c.relname ~ '_[0-9]{4}_[0-9]{2}$' order by 1`
  const old = rows.filter(({ name }) => isOver(startOfDay(`${name.slice(-7).replace('_', '-')}-01`)))
  for (const { name } of old) await db.unsafe(`drop table loa.${name}`)
  // Few rows, and of use only while deliveries are made.
  const since = new Date(now().getTime() - keptDays * 86_400_000)
  await db`delete from loa.delivery_address where published_id < ${firstIdAt(since)}`
  return old.map(({ name }) => name)
}

/** A row in a default partition means that its month was not made in time. */
export async function strayRows(db: Db): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    select (select count(*) from loa.receipt_default)::int + (select count(*) from loa.delivery_default)::int
      + (select count(*) from loa.handed_part_default)::int as n`
  return row!.n
}
