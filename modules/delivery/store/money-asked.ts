// An emergency for which the month's money did not do.
import type { Db, Tx } from '#core/db'

/** Notes that it needs a second person's yes. @returns whether it is new, and whether somebody said yes meanwhile */
export async function setMoneyAsked(tx: Tx, tenant: number, publishedId: string, at: Date) {
  const [row] = await tx<{ isNew: boolean; isApproved: boolean }[]>`
    update loa.publication set money_asked_at = coalesce(money_asked_at, ${at})
    where commune_id = ${tenant} and published_id = ${publishedId} and withdrawn_at is null and replaced_by is null
    returning money_asked_at = ${at} as "isNew", is_approved as "isApproved"`
  return row
}

export interface MoneyWaiting {
  publishedId: string
  subjectId: string
  askedAt: Date
  /** Homes whose message waits. */
  homes: number
}

/** Homes of the publication `p` to which nothing else went in the same step. */
const waitingHomes = (db: Db) => db`
  select count(distinct d.household_id)::int from loa.delivery d
  where d.commune_id = p.commune_id and d.published_id = p.published_id and d.state = 'failed' and d.reason = 'no_budget'
    and not exists (select 1 from loa.reach_home r
      where r.commune_id = p.commune_id and r.published_id = p.published_id and r.household_id = d.household_id
        and (r.is_reached or r.closed is not null))`

/** Publications of these tenants, or of a subject in them, that wait for a second person's yes to more money. */
export async function moneyWaiting(
  db: Db,
  tenants: readonly number[],
  subjectId: string | null,
): Promise<MoneyWaiting[]> {
  return db<MoneyWaiting[]>`
    select p.published_id as "publishedId", p.subject_id as "subjectId", p.money_asked_at as "askedAt",
      (${waitingHomes(db)}) as homes
    from loa.publication p
    where p.commune_id = any(${[...tenants]}::int[]) and p.money_asked_at is not null and not p.is_approved and p.withdrawn_at is null
      and p.replaced_by is null and (${subjectId}::uuid is null or p.subject_id = ${subjectId})
    order by p.money_asked_at, p.published_id limit ${subjectId === null ? 100 : null}`
}

/** A second person said yes. @returns false when there is nothing to say yes to any more */
export async function setApproved(tx: Tx, tenant: number, publishedId: string): Promise<boolean> {
  const rows = await tx`
    update loa.publication set is_approved = true
    where commune_id = ${tenant} and published_id = ${publishedId} and money_asked_at is not null and not is_approved
      and withdrawn_at is null and replaced_by is null`
  return rows.count > 0
}

/** What stopped for want of money is planned again, unless another way of its step took the home. @returns channels that have something to send */
export async function planStopped(tx: Tx, tenant: number, publishedId: string, at: Date): Promise<string[]> {
  await tx`
    delete from loa.delivery_address
    where commune_id = ${tenant} and published_id = ${publishedId} and said = 'failed' and reason = 'no_budget'`
  const rows = await tx<{ channel: string }[]>`
    update loa.delivery d set state = 'planned', reason = null, tries = 0, due_at = ${at}, changed_at = ${at}
    where d.commune_id = ${tenant} and d.published_id = ${publishedId} and d.state = 'failed' and d.reason = 'no_budget'
      and not exists (select 1 from loa.delivery o
        where o.commune_id = ${tenant} and o.published_id = ${publishedId} and o.household_id = d.household_id
          and o.step = d.step and o.channel <> d.channel
          and o.state in ('planned', 'intent', 'handed_over', 'uncertain'))
    returning d.channel`
  return [...new Set(rows.map(row => row.channel))]
}
