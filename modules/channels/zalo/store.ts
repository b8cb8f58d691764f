// Everything that is kept of an Official Account beside its settings.
import type { Db, Tx } from '#core/db'
import { forgetSpokenAt } from '../store-heard.ts'

export interface GrantRow {
  verifier: string
  sealed: string | null
  turn: number
  grantedAt: Date | null
  lostAt: Date | null
  hookVariant: string | null
}

export async function findGrant(db: Db, tenant: number, account: string): Promise<GrantRow | undefined> {
  const [row] = await db<GrantRow[]>`
    select verifier, sealed, turn, granted_at as "grantedAt", lost_at as "lostAt", hook_variant as "hookVariant"
    from loa.zalo_grant where commune_id = ${tenant} and account_id = ${account}`
  return row
}

/** The first one's verifier holds: its challenge stands in Zalo's console. */
export async function keepVerifier(db: Db, tenant: number, account: string, verifier: string) {
  await db`
    insert into loa.zalo_grant (commune_id, account_id, verifier) values (${tenant}, ${account}, ${verifier})
    on conflict do nothing`
}

/** Takes the right to renew the pair of this turn. @returns false when somebody has it, or a newer pair is there */
export async function leaseGrant(
  db: Db,
  tenant: number,
  account: string,
  l: { turn: number; at: Date; until: Date },
): Promise<boolean> {
  const rows = await db`
    update loa.zalo_grant set leased_until = ${l.until}
    where commune_id = ${tenant} and account_id = ${account} and turn = ${l.turn} and lost_at is null
      and (leased_until is null or leased_until <= ${l.at}) returning turn`
  return rows.length > 0
}

export async function endLease(db: Db, tenant: number, account: string, turn: number) {
  await db`
    update loa.zalo_grant set leased_until = null where commune_id = ${tenant} and account_id = ${account} and turn = ${turn}`
}

/** A pair is in force as soon as it is written, and not before. */
export async function putPair(db: Db, tenant: number, account: string, p: { sealed: string; at: Date }) {
  await db`
    update loa.zalo_grant set sealed = ${p.sealed}, turn = turn + 1, granted_at = ${p.at}, lost_at = null, leased_until = null
    where commune_id = ${tenant} and account_id = ${account}`
}

/** @returns false when it was known, or a newer pair is there */
export async function loseGrant(tx: Tx, tenant: number, account: string, turn: number, at: Date): Promise<boolean> {
  const rows = await tx`
    update loa.zalo_grant set lost_at = ${at}, leased_until = null
    where commune_id = ${tenant} and account_id = ${account} and turn = ${turn} and lost_at is null returning turn`
  return rows.length > 0
}

/** The first variant that was right holds. */
export async function pinVariant(tx: Tx, tenant: number, account: string, variant: string) {
  await tx`
    update loa.zalo_grant set hook_variant = ${variant}
    where commune_id = ${tenant} and account_id = ${account} and hook_variant is null`
}

export async function forgetVariant(db: Db, tenant: number, account: string) {
  await db`update loa.zalo_grant set hook_variant = null where commune_id = ${tenant} and account_id = ${account}`
}

/** When Zalo was last asked about somebody. */
export async function lastAsked(db: Db, tenant: number, account: string, address: string): Promise<Date | undefined> {
  const [row] = await db<{ at: Date }[]>`
    select asked_at as at from loa.zalo_asked
    where commune_id = ${tenant} and account_id = ${account} and address = ${address}`
  return row?.at
}

export async function noteAsked(db: Db, tenant: number, account: string, address: string, at: Date) {
  await db`
    insert into loa.zalo_asked (commune_id, account_id, address, asked_at) values (${tenant}, ${account}, ${address}, ${at})
    on conflict (commune_id, account_id, address) do update set asked_at = excluded.asked_at`
}

export type Product = 'uid' | 'phone'

/** Takes one of the day's. @param most where Zalo has said no number yet @returns false when none is left */
export async function takeUnasked(
  db: Db,
  tenant: number,
  account: string,
  q: { product: Product; day: string; most: number | undefined },
): Promise<boolean> {
  const most = q.most ?? null
  const rows = await db`
    insert into loa.zalo_quota as q (commune_id, account_id, product, day, used)
    values (${tenant}, ${account}, ${q.product}, ${q.day}, 1)
    on conflict (commune_id, account_id, product) do update
      set day = excluded.day, used = case when q.day = excluded.day then q.used + 1 else 1 end,
        remaining = case when q.day = excluded.day then q.remaining - 1 end
      where q.day <> excluded.day or q.used < coalesce(q.most, ${most}::int, 1000000000) and coalesce(q.remaining, 1) > 0
    returning used`
  return rows.length > 0
}

export async function returnUnasked(db: Db, tenant: number, account: string, product: Product, day: string) {
  await db`
    update loa.zalo_quota set used = used - 1, remaining = remaining + 1
    where commune_id = ${tenant} and account_id = ${account} and product = ${product} and day = ${day} and used > 0`
}

/** What Zalo says of the day. @param remaining undefined: it said only how many a day */
export async function putQuota(
  db: Db,
  tenant: number,
  account: string,
  q: { product: Product; day: string; most: number | undefined; remaining: number | undefined },
) {
  const [most, remaining] = [q.most ?? null, q.remaining ?? null]
  await db`
    insert into loa.zalo_quota as q (commune_id, account_id, product, day, most, remaining)
    values (${tenant}, ${account}, ${q.product}, ${q.day}, ${most}, ${remaining})
    on conflict (commune_id, account_id, product) do update set most = coalesce(excluded.most, q.most), day = excluded.day,
      used = case when q.day = excluded.day then q.used else 0 end,
      remaining = case when q.day = excluded.day and excluded.remaining is null then q.remaining else excluded.remaining end`
}

export async function quotasOf(db: Db, tenant: number, account: string) {
  return db<{ product: Product; day: string; used: number; most: number | null; remaining: number | null }[]>`
    select product, day, used, most, remaining from loa.zalo_quota
    where commune_id = ${tenant} and account_id = ${account} order by product`
}

/** Our clock is behind Zalo's by so many minutes: what it calls cannot be heard. */
export const clockBehind = 'clock behind'

export async function putNews(db: Db, tenant: number, account: string, n: { about: string; said: string; at: Date }) {
  await db`
    insert into loa.zalo_news as n (commune_id, account_id, about, said, at)
    values (${tenant}, ${account}, ${n.about}, ${n.said}, ${n.at})
    on conflict (commune_id, account_id, about) do update set said = excluded.said, at = excluded.at where excluded.at >= n.at`
}

export async function dropNews(db: Db, tenant: number, account: string, about: string) {
  await db`delete from loa.zalo_news where commune_id = ${tenant} and account_id = ${account} and about = ${about}`
}

export async function newsOf(db: Db, tenant: number, account: string) {
  return db<{ about: string; said: string; at: Date }[]>`
    select about, said, at from loa.zalo_news where commune_id = ${tenant} and account_id = ${account} order by about`
}

/** Tokens and what was kept of followers go with the account. */
export async function forgetGrant(tx: Tx, tenant: number, account: string) {
  await tx`delete from loa.zalo_grant where commune_id = ${tenant} and account_id = ${account}`
  await tx`delete from loa.zalo_article where commune_id = ${tenant} and account_id = ${account}`
  await tx`delete from loa.zalo_asked where commune_id = ${tenant} and account_id = ${account}`
  await forgetSpokenAt(tx, tenant, account, undefined)
}

/** Whoever did nothing for so long is outside every window: nothing is kept of him. */
export async function forgetFollowers(db: Db, tenant: number, account: string, before: Date) {
  await forgetSpokenAt(db, tenant, account, before)
  await db`
    delete from loa.zalo_asked where commune_id = ${tenant} and account_id = ${account} and asked_at < ${before}`
}
