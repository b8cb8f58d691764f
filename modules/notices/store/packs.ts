import { dayOf } from '#core/clock'
import type { Db } from '#core/db'
import { defaultPack, type NoticePack } from '../rules.ts'

const kind = 'notices'
const validFrom = '2025-07-01'

/** The pack everybody starts with; a commune may set its own from a day on. */
export async function seedPack(db: Db): Promise<void> {
  await db`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, source, body)
    values (0, ${kind}, ${validFrom}, 'product, not law', null, ${db.json(defaultPack as never)})
    on conflict do nothing`
}

/** The commune's own pack of that day, else everybody's. */
export async function packOf(db: Db, tenant: number, at: Date): Promise<NoticePack> {
  const day = dayOf(at)
  const [row] = await db<{ body: Partial<NoticePack> }[]>`
    select body from loa.rule_pack
    where commune_id in (${tenant}, 0) and kind = ${kind} and valid_from <= ${day} and (valid_to is null or valid_to > ${day})
    order by commune_id desc, valid_from desc limit 1`
  return { ...defaultPack, ...row?.body }
}
