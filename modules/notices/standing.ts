import type { Db } from '#core/db'
import { outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Language } from '#core/words'
import { findPublication } from '#delivery'
import { keptAudience } from './audience.ts'
import { isOpenForChange } from './rules.ts'
import { countNow } from './settle.ts'
import { wordingOf, type NoticeRow } from './store/notices.ts'
import { askedOfRow, warned } from './weigh.ts'

const sentStanding = async (db: Db, row: NoticeRow) => {
  const out = row.published_id ? await findPublication(db, row.commune_id, row.published_id) : undefined
  return { households: out?.households ?? null, unreachable: null, warnings: [] }
}

/**
 * Where a notice stands: what every write of it answers with. Once it is sent its reach tells who is left, so nobody is counted again.
 */
export async function standing(db: Db, row: NoticeRow, language: Language) {
  const about = { id: outside(row.commune_id, row.id), version: row.version, state: row.state }
  if (row.published_at) return { ...about, ...(await sentStanding(db, row)) }
  const audience = await keptAudience(db, row.commune_id, row.audience)
  const asked = askedOfRow(row, audience)
  const settled = { ask: row.ask, isPrivate: row.is_private, relay: row.relay }
  const counted = await countNow(db, row.commune_id, asked)
  const { warnings } = await warned(db, row.commune_id, { asked, settled, counted }, language)
  return { ...about, households: counted.households, unreachable: counted.unreachable, warnings }
}

/** A copy from above is changed where it was written. @throws Problem notice_from_above, notice_sent, notice_withdrawn */
export function mustBeOwn(row: NoticeRow) {
  if (row.origin_id) throw new Problem('notice_from_above')
}

/** @throws Problem notice_sent, notice_withdrawn, notice_from_above */
export function mustBeOpen(row: NoticeRow) {
  mustBeOwn(row)
  if (row.state === 'withdrawn') throw new Problem('notice_withdrawn')
  if (!isOpenForChange(row.state)) throw new Problem('notice_sent', { state: row.state })
}

/** Two editors: the second gets both texts and chooses. @throws Problem version_conflict */
export function mustBeVersion(row: NoticeRow, seen: number | undefined, yours: object) {
  if (seen === undefined || seen === row.version) return
  throw new Problem('version_conflict', { version: row.version, theirs: wordingOf(row), yours })
}
