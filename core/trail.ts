// The trail: who did what, when, as which post. Entries are chained by hashes, so that a change afterwards shows.
import { createHash } from 'node:crypto'
import type { Caller } from './caller.ts'
import { now } from './clock.ts'
import { inTransaction, type Db, type Sql, type Tx } from './db.ts'
import { newId } from './ids.ts'

export interface TrailEntry {
  tenant: number
  /** `notice.published`, `household.looked`. */
  what: string
  by?: Pick<Caller, 'account' | 'post' | 'helper'> | undefined
  about?: { kind: string; id: string } | undefined
  /** Ids and salted digests only: never a name, a phone or a text, so that erasing a person keeps the chain. */
  data?: Record<string, unknown>
}

/** Writes one entry in the writer's own transaction; a sealer numbers it within a second. Who acts for a home is named by his post. */
export async function record(tx: Db, { tenant, what, by, about, data = {} }: TrailEntry) {
  const who = by?.helper ?? by
  const whole = by?.helper ? { ...data, assist: by.helper.assist } : data
  await tx`
    insert into loa.trail (commune_id, id, at, what, account_id, post_id, about_kind, about_id, data)
    values (${tenant}, ${newId()}, ${now()}, ${what}, ${who?.account ?? null}, ${who?.post ?? null},
      ${about?.kind ?? null}, ${about?.id ?? null}, ${tx.json(whole as never)})`
}

interface Row {
  id: string
  at: Date
  what: string
  account_id: string | null
  post_id: string | null
  about_kind: string | null
  about_id: string | null
  data: unknown
}

/** jsonb gives its keys in an order of its own, so they are put in ours. */
const canonical = (x: unknown): string =>
  JSON.stringify(x, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  )

const chained = (previous: Buffer, no: number, row: Row) =>
  createHash('sha256')
    .update(previous)
    .update(
      canonical([
        no,
        row.id,
        row.at.toISOString(),
        row.what,
        row.account_id,
        row.post_id,
        row.about_kind,
        row.about_id,
        row.data,
      ]),
    )
    .digest()

const start = (tenant: number) => createHash('sha256').update(`loa-lang trail ${tenant}`).digest()

/** Numbers and chains what is unsealed. One sealer a tenant at a time. @returns how many entries were sealed */
export async function sealTrail(sql: Sql, tenant: number): Promise<number> {
  return inTransaction(sql, async tx => {
    await tx`select pg_advisory_xact_lock(7101, ${tenant})`
    const rows = await tx<Row[]>`
      select id, at, what, account_id, post_id, about_kind, about_id, data from loa.trail
      where commune_id = ${tenant} and no is null order by id limit 500`
    if (!rows.length) return 0
    const [head] = await headRow(tx, tenant)
    let { no, hash } = head ?? { no: 0, hash: start(tenant) }
    const sealed = rows.map(row => {
      no += 1
      hash = chained(hash, no, row)
      return { id: row.id, no, hash: hash.toString('hex') }
    })
    await tx`
      update loa.trail t set no = s.no, hash = decode(s.hash, 'hex')
      from unnest(${sealed.map(s => s.id)}::uuid[], ${sealed.map(s => s.no)}::int[], ${sealed.map(s => s.hash)}::text[]) as s(id, no, hash)
      where t.commune_id = ${tenant} and t.id = s.id`
    return rows.length
  })
}

const headRow = (db: Tx | Db, tenant: number) => db<{ no: number; hash: Buffer }[]>`
  select no, hash from loa.trail where commune_id = ${tenant} and no is not null order by no desc limit 1`

/** Tenants that have entries to seal. */
export async function tenantsToSeal(db: Db): Promise<number[]> {
  const rows = await db<{ commune_id: number }[]>`select distinct commune_id from loa.trail where no is null`
  return rows.map(row => row.commune_id)
}

/** The last entry's number and hash as `12-3f…`: what is kept elsewhere, to prove later that nothing before it changed. */
export async function trailHead(db: Db, tenant: number): Promise<string> {
  const [head] = await headRow(db, tenant)
  return head ? `${head.no}-${head.hash.toString('hex')}` : `0-${start(tenant).toString('hex')}`
}

/** Does it have the form of a head: an entry's number and its hash? */
export const isTrailHead = (text: string) => /^\d{1,10}-[\da-f]{64}$/.test(text)

export interface TrailVerdict {
  entries: number
  unsealed: number
  head: string
  isWhole: boolean
  /** The first number at which the chain breaks, or the kept head that is not in it. */
  brokenAt?: number
}

/** Computes the whole chain anew. @param keptHead a head noted earlier: proves that nothing before it changed */
export async function verifyTrail(sql: Sql, tenant: number, keptHead?: string): Promise<TrailVerdict> {
  let hash: Buffer = start(tenant)
  let no = 0
  let brokenAt: number | undefined
  let metHead = !keptHead || keptHead === `0-${hash.toString('hex')}`
  for await (const rows of sql<(Row & { no: number; hash: Buffer })[]>`
    select id, at, what, account_id, post_id, about_kind, about_id, data, no, hash from loa.trail
    where commune_id = ${tenant} and no is not null order by no`.cursor(1000))
    for (const row of rows) {
      hash = chained(hash, no + 1, row)
      no += 1
      if (brokenAt === undefined && (row.no !== no || !row.hash.equals(hash))) brokenAt = no
      if (`${no}-${hash.toString('hex')}` === keptHead) metHead = true
    }
  if (brokenAt === undefined && !metHead) brokenAt = Number(keptHead!.split('-')[0])
  const [rest] = await sql<{ n: number }[]>`
    select count(*)::int as n from loa.trail where commune_id = ${tenant} and no is null`
  const head = await trailHead(sql, tenant)
  return {
    entries: no,
    unsealed: rest!.n,
    head,
    isWhole: brokenAt === undefined,
    ...(brokenAt === undefined ? {} : { brokenAt }),
  }
}
