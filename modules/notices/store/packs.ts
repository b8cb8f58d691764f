import { dayOf } from '#core/clock'
import type { Db } from '#core/db'
import { packOn, type ShippedPack } from '#core/packs'
import { defaultPack, type NoticePack } from '../rules.ts'

/** The pack everybody starts with; a commune may set its own from a day on. */
export const noticePack: ShippedPack<NoticePack> = {
  kind: 'notices',
  from: '2025-07-01',
  basis: 'product, not law',
  source: null,
  body: defaultPack,
}

/** The commune's own rules of that moment's day, else everybody's. */
export const packOf = async (db: Db, tenant: number, at: Date): Promise<NoticePack> =>
  (await packOn(db, tenant, noticePack, dayOf(at))).body
