// Who was told what at which number last, and what came back.
import { column, type Db, type Tx } from '#core/db'
import type { Batch } from './delivery.ts'

export interface Told {
  address: string
  householdId: string
  isShared: boolean
}

export async function keepTalks(tx: Tx, batch: Batch, account: string, told: readonly Told[], at: Date) {
  if (!told.length) return
  const inOrder = [...new Map(told.map(one => [one.address, one])).values()].toSorted((a, b) =>
    a.address < b.address ? -1 : 1,
  )
  await tx`
    insert into loa.talk as t (commune_id, account_id, address, published_id, household_id, is_shared, channel, at)
    select ${batch.tenant}::int, ${account}::uuid, g.address, ${batch.publishedId}::uuid, g.home, g.shared = 1, ${batch.channel}, ${at}::timestamptz
    from unnest(${column(inOrder, 'address')}::text[], ${column(inOrder, 'householdId')}::uuid[],
      ${inOrder.map(one => Number(one.isShared))}::smallint[]) as g(address, home, shared)
    on conflict (commune_id, account_id, address) do update set published_id = excluded.published_id,
      household_id = excluded.household_id, is_shared = excluded.is_shared, channel = excluded.channel, at = excluded.at
      where excluded.at >= t.at`
}

export interface Talk {
  publishedId: string
  householdId: string
  isShared: boolean
  /** By which the message went. */
  channel: string
}

export async function findTalk(db: Db, tenant: number, account: string, address: string, since: Date) {
  const [row] = await db<Talk[]>`
    select published_id as "publishedId", household_id as "householdId", is_shared as "isShared", channel from loa.talk
    where commune_id = ${tenant} and account_id = ${account} and address = ${address} and at >= ${since}`
  return row
}

/** @returns false when it was heard before */
export async function keepReply(
  tx: Tx,
  tenant: number,
  account: string,
  r: { id: string; address: string; at: Date },
): Promise<boolean> {
  const rows = await tx`
    insert into loa.reply_heard (commune_id, account_id, id, address, at)
    values (${tenant}, ${account}, ${r.id}, ${r.address}, ${r.at}) on conflict do nothing returning id`
  return rows.length > 0
}

/** Answers begun to an address since then. */
export async function answersTo(db: Db, tenant: number, account: string, address: string, since: Date) {
  const [row] = await db<{ n: number }[]>`
    select count(*)::int as n from loa.reply_heard
    where commune_id = ${tenant} and account_id = ${account} and address = ${address} and at >= ${since}
      and answered_at is not null`
  return row!.n
}

/** @returns false when somebody began it before */
export async function beginAnswer(db: Db, tenant: number, account: string, id: string, at: Date): Promise<boolean> {
  const rows = await db`
    update loa.reply_heard set answered_at = ${at}
    where commune_id = ${tenant} and account_id = ${account} and id = ${id} and answered_at is null returning id`
  return rows.length > 0
}

export async function forgetTalks(tx: Tx, talksBefore: Date, repliesBefore: Date) {
  await tx`delete from loa.talk where at < ${talksBefore}`
  await tx`delete from loa.reply_heard where at < ${repliesBefore}`
}
