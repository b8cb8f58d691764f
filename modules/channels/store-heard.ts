// Who spoke to an account when, and what of ours went to whom.
import type { Db, Tx } from '#core/db'
import { column } from '#core/db'

export interface Spoke {
  /** Digest. */
  address: string
  at: Date
}

/** @returns addresses that had never spoken before */
export async function keepSpoken(
  db: Db,
  tenant: number,
  account: string,
  spoken: readonly Spoke[],
): Promise<Set<string>> {
  const newest = new Map(spoken.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(one => [one.address, one]))
  const inOrder = [...newest.values()].toSorted((a, b) => (a.address < b.address ? -1 : 1))
  if (!inOrder.length) return new Set()
  const rows = await db<{ address: string; isNew: boolean }[]>`
    insert into loa.heard_last as h (commune_id, account_id, address, at)
    select ${tenant}::int, ${account}::uuid, g.address, g.at
    from unnest(${column(inOrder, 'address')}::text[], ${inOrder.map(one => one.at.toISOString())}::timestamptz[]) as g(address, at)
    on conflict (commune_id, account_id, address) do update set at = greatest(h.at, excluded.at)
    returning address, xmax = 0 as "isNew"`
  return new Set(rows.filter(row => row.isNew).map(row => row.address))
}

/** When each last spoke. */
export async function lastSpoken(db: Db, tenant: number, account: string, addresses: readonly string[]) {
  const rows = await db<Spoke[]>`
    select address, at from loa.heard_last
    where commune_id = ${tenant} and account_id = ${account} and address = any(${[...addresses]}::text[])`
  return new Map(rows.map(row => [row.address, row.at]))
}

export async function keepSent(
  db: Db,
  tenant: number,
  account: string,
  sent: { address: string; providerId: string; at: Date },
): Promise<void> {
  await db`
    insert into loa.sent_to (commune_id, account_id, address, provider_id, at)
    values (${tenant}, ${account}, ${sent.address}, ${sent.providerId}, ${sent.at}) on conflict do nothing`
}

/** What went to somebody until then and was not told of so far. @returns the provider's names */
export async function sentUntil(
  tx: Tx,
  tenant: number,
  account: string,
  until: { address: string; at: Date; state: 'delivered' | 'seen' },
): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    update loa.sent_to set state = ${until.state}
    where commune_id = ${tenant} and account_id = ${account} and address = ${until.address} and at <= ${until.at}
      and (state is null or state = 'delivered' and ${until.state === 'seen'})
    returning provider_id as id`
  return rows.map(row => row.id).toSorted()
}

/** @param before undefined: all of it */
export async function forgetSpokenAt(db: Db, tenant: number, account: string, before: Date | undefined) {
  await db`
    delete from loa.heard_last
    where commune_id = ${tenant} and account_id = ${account} and (${before === undefined} or at < ${before ?? null})`
}

export async function forgetSpoken(db: Db, before: Date) {
  await db`delete from loa.heard_last where at < ${before}`
}

export async function forgetSent(db: Db, before: Date) {
  await db`delete from loa.sent_to where at < ${before}`
}
