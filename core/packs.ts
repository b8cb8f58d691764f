// Rule packs: the law and the product's own rules as data, dated and with their source. A commune's own stands before everybody's.
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import { today } from './clock.ts'
import type { Db, Tx } from './db.ts'
import { fieldsOf } from './fields.ts'
import { Problem } from './problem.ts'
import { line } from './shapes.ts'
import { record, type TrailEntry } from './trail.ts'

export interface Pack {
  kind: string
  /** The first day on which it holds. */
  from: string
  /** The commune set it itself; else it is everybody's. */
  isOwn: boolean
  basis: string
  source: string | null
  body: unknown
}

/** A pack as this version of the product ships it, for everybody. */
export interface ShippedPack<Body extends object> extends Pick<Pack, 'kind' | 'from' | 'basis' | 'source'> {
  body: Body
}

/** What a commune's own pack says beside its rules: on which ground it stands, and where that is written. */
const Grounds = { basis: line(200), source: line(500) }

/** @throws Problem pack_wrong, with what is wrong field by field */
export function readPack(body: v.GenericSchema, said: unknown): Pick<Pack, 'basis' | 'source' | 'body'> {
  const read = v.safeParse(v.strictObject({ ...Grounds, body }), said)
  if (!read.success) throw new Problem('pack_wrong', { fields: fieldsOf(read.issues) })
  return read.output
}

/** The commune's own and everybody's, by kind and day. */
export async function listPacks(db: Db, tenant: number): Promise<Pack[]> {
  return db<Pack[]>`
    select kind, valid_from as "from", commune_id <> 0 as "isOwn", basis, source, body from loa.rule_pack
    where commune_id in (${tenant}, 0) order by kind collate "C", valid_from, commune_id`
}

/** The one that holds on a day: the commune's own before everybody's, the younger before the older. */
export async function findPack(db: Db, tenant: number, kind: string, day: string): Promise<Pack | undefined> {
  const [row] = await db<Pack[]>`
    select kind, valid_from as "from", commune_id <> 0 as "isOwn", basis, source, body from loa.rule_pack
    where commune_id in (${tenant}, 0) and kind = ${kind} and valid_from <= ${day} and (valid_to is null or valid_to > ${day})
    order by commune_id desc, valid_from desc limit 1`
  return row
}

/** What holds for a commune on a day; where that pack is silent, what the product ships. */
export async function packOn<Body extends object>(
  db: Db,
  tenant: number,
  shipped: ShippedPack<Body>,
  day: string,
): Promise<ShippedPack<Body>> {
  const found = await findPack(db, tenant, shipped.kind, day)
  return { ...shipped, ...found, body: { ...shipped.body, ...(found?.body as Partial<Body> | undefined) } }
}

/** Writes everybody's; a newer version of the product may ship a better one. */
export async function shipPack(db: Db, { kind, from, basis, source, body }: ShippedPack<object>): Promise<void> {
  await db`
    insert into loa.rule_pack as r (commune_id, kind, valid_from, basis, source, body)
    values (0, ${kind}, ${from}, ${basis}, ${source}, ${db.json(body as never)})
    on conflict (commune_id, kind, valid_from) do update
      set basis = excluded.basis, source = excluded.source, body = excluded.body
      where (r.body, r.basis, r.source) is distinct from (excluded.body, excluded.basis, excluded.source)`
}

export type NewPack = { tenant: number } & Pick<Pack, 'kind' | 'from' | 'basis' | 'source' | 'body'>

/**
 * Sets a commune's own rules from a day on, with an entry in its trail. One that waits for its day is replaced; what has held stays.
 * @throws Problem pack_past, pack_applied
 */
export async function setPack(
  tx: Tx,
  { tenant, kind, from, basis, source, body }: NewPack,
  by?: TrailEntry['by'],
): Promise<void> {
  if (from < today()) throw new Problem('pack_past', { from })
  const set = await tx`
    insert into loa.rule_pack as r (commune_id, kind, valid_from, basis, source, body)
    values (${tenant}, ${kind}, ${from}, ${basis}, ${source}, ${tx.json(body as never)})
    on conflict (commune_id, kind, valid_from) do update
      set basis = excluded.basis, source = excluded.source, body = excluded.body where r.valid_from > ${today()}`
  if (!set.count) throw new Problem('pack_applied', { kind, from })
  const digest = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  await record(tx, { tenant, what: 'pack.set', by, data: { kind, from, digest } })
}
