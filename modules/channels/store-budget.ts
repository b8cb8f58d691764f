// The commune's money for messages: put aside before they go, settled when it is known what they came to.
import { dayOf } from '#core/clock'
import type { Db, Tx } from '#core/db'

export const monthOf = (at: Date) => `${dayOf(at).slice(0, 7)}-01`

export interface Spent {
  messages: number
  parts: number
  dong: number
}

export interface Budget {
  /** Null: no limit. */
  dong: number | null
  /** 0: never set. */
  version: number
  /** This month, with what is put aside. */
  spent: Spent
}

/** @param month its first day */
async function spentOf(db: Db, tenant: number, month: string): Promise<Spent> {
  const [spent] = await db<Spent[]>`
    select messages, parts, dong::float8 as dong from loa.channel_spent where commune_id = ${tenant} and month = ${month}`
  return spent ?? { messages: 0, parts: 0, dong: 0 }
}

export async function budgetAt(db: Db, tenant: number, at: Date): Promise<Budget> {
  const [[kept], spent] = await Promise.all([
    db<{ dong: number | null; version: number }[]>`
      select dong::float8 as dong, version from loa.channel_budget where commune_id = ${tenant}`,
    spentOf(db, tenant, monthOf(at)),
  ])
  return {
    dong: kept?.dong ?? null,
    version: kept?.version ?? 0,
    spent,
  }
}

/** @param month `2026-11` */
export async function spentIn(db: Db, tenant: number, month: string) {
  const [[kept], total, kinds] = await Promise.all([
    db<{ dong: number | null }[]>`select dong::float8 as dong from loa.channel_budget where commune_id = ${tenant}`,
    spentOf(db, tenant, `${month}-01`),
    usesIn(db, tenant, month),
  ])
  const known = kinds.reduce((sum, kind) => sum + kind.dong, 0)
  return { budget: kept?.dong ?? null, total, kinds: [...kinds], unclear: Math.max(0, total.dong - known) }
}

/** @returns false when somebody else changed it first */
export async function setBudget(tx: Tx, tenant: number, b: { dong: number | null; version: number; at: Date }) {
  const rows = await tx`
    insert into loa.channel_budget as b (commune_id, dong, version, changed_at)
    select ${tenant}::int, ${b.dong}::bigint, 1, ${b.at}::timestamptz where ${b.version} = 0
      or exists (select 1 from loa.channel_budget where commune_id = ${tenant})
    on conflict (commune_id) do update set dong = excluded.dong, version = b.version + 1, changed_at = excluded.changed_at
      where b.version = ${b.version}`
  return rows.count > 0
}

interface Wish {
  tenant: number
  at: Date
  /** Đồng for one message at most. */
  each: number
  count: number
  isAboveBudget: boolean
}

/** For how many messages there is money. */
export function grantedOf(
  { each, count, isAboveBudget }: Pick<Wish, 'each' | 'count' | 'isAboveBudget'>,
  { dong, budget }: { dong: number; budget: number | null },
): number {
  if (isAboveBudget || budget === null || each === 0) return count
  return Math.min(count, Math.max(0, Math.floor((budget - dong) / each)))
}

/** Puts money aside for messages that are about to go. @returns for how many of them there is money */
export async function putAside(tx: Tx, wish: Wish): Promise<number> {
  const { tenant, at, each } = wish
  const month = monthOf(at)
  await tx`insert into loa.channel_spent (commune_id, month) values (${tenant}, ${month}) on conflict do nothing`
  const [held] = await tx<{ dong: number; budget: number | null }[]>`
    select s.dong::float8 as dong, (select b.dong::float8 from loa.channel_budget b where b.commune_id = ${tenant}) as budget
    from loa.channel_spent s where s.commune_id = ${tenant} and s.month = ${month} for update`
  const granted = grantedOf(wish, held!)
  if (granted)
    await tx`
      update loa.channel_spent set dong = dong + ${granted * each} where commune_id = ${tenant} and month = ${month}`
  return granted
}

/** What it came to takes the place of what was put aside. */
export async function settleAside(tx: Tx, s: Spent & { tenant: number; at: Date; aside: number }) {
  await tx`
    insert into loa.channel_spent as c (commune_id, month, messages, parts, dong)
    values (${s.tenant}, ${monthOf(s.at)}, ${s.messages}, ${s.parts}, ${s.dong - s.aside})
    on conflict (commune_id, month) do update set dong = c.dong + excluded.dong, messages = c.messages + excluded.messages,
      parts = c.parts + excluded.parts`
}

/** What accounts were asked for in a month, by kind, trials among them. */
async function usesIn(db: Db, tenant: number, month: string): Promise<(Spent & { kind: string })[]> {
  return db<(Spent & { kind: string })[]>`
    select a.kind, sum(u.accepted)::int as messages, sum(u.parts)::int as parts, sum(u.dong)::float8 as dong
    from loa.channel_use u join loa.channel_account a on a.commune_id = ${tenant} and a.id = u.account_id
    where u.commune_id = ${tenant} and u.day >= ${`${month}-01`}::date and u.day < ${`${month}-01`}::date + interval '1 month'
    group by a.kind having sum(u.accepted) > 0 order by 4 desc, 1`
}
