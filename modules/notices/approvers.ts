// Who may be the second person of a wide emergency: another who stands where its author does.
import type { Db } from '#core/db'
import { holdersOf, type Holder } from '#access'
import { findUnit } from '#units'
import type { NoticePack } from './rules.ts'
import type { NoticeRow } from './store/notices.ts'

/** Of a province's text the officers of that province; of all that is written in a commune its chair. The author is among them when he may approve others'. */
export async function approversOf(db: Db, row: NoticeRow, { approvers }: NoticePack): Promise<Holder[]> {
  const tenant = row.commune_id
  const unit = row.unit_id ? await findUnit(db, row.unit_id) : undefined
  return unit?.level === 'province'
    ? holdersOf(db, { tenant, roles: approvers.province, unitIds: [unit.id] })
    : holdersOf(db, { tenant, roles: approvers.commune })
}
