// How a notice went its way, told by posts: what "Tin này đi thế nào" shows to everybody who may read it.
import { iso } from '#core/clock'
import type { Db } from '#core/db'
import { postTitle } from '#access'
import { answeredApprovals } from './store/approvals.ts'
import type { NoticeRow } from './store/notices.ts'
import type { RelayState } from './store/relays.ts'
import type { VersionRow } from './store/versions.ts'

export interface Mark {
  what:
    | 'approved'
    | 'sent_alone'
    | 'published'
    | 'relayed'
    | 'passed_by_itself'
    | 'corrected'
    | 'told_again'
    | 'withdrawn'
  at: string
  by: string | null
  words?: string
}

const title = async (db: Db, post: string | null) => (post ? postTitle(db, post) : null)

const relayMark = (relay: RelayState): Mark | undefined => {
  if (!relay.passed_at || !['head', 'time', 'nobody'].includes(relay.how ?? '')) return undefined
  return {
    what: relay.how === 'head' ? 'relayed' : 'passed_by_itself',
    at: iso(relay.passed_at),
    by: relay.by_title,
    ...(relay.words ? { words: relay.words } : {}),
  }
}

/**
 * Publishing, approval, relay of the reader's village, correction and withdrawal, oldest first. Why an author sent it alone was
 * written for those over him: @param seesReason is the reader one of them, or the author?
 */
export async function traceOf(
  db: Db,
  row: NoticeRow,
  versions: readonly VersionRow[],
  ownRelay: RelayState | undefined,
  seesReason: boolean,
): Promise<Mark[]> {
  if (!row.published_at) return []
  const marks: Mark[] = []
  for (const one of await answeredApprovals(db, row.commune_id, row.id))
    if (one.answer !== 'rejected')
      marks.push({
        what: one.answer === 'alone' ? 'sent_alone' : 'approved',
        at: iso(one.answered_at),
        by: one.title,
        ...(one.answer === 'alone' && one.reason && seesReason ? { words: one.reason } : {}),
      })
  for (const [n, one] of versions.entries())
    marks.push({
      what: n === 0 ? 'published' : one.told_again ? 'told_again' : 'corrected',
      at: iso(n === 0 ? row.published_at : one.at),
      by: await title(db, one.by_post),
    })
  const relayed = ownRelay && relayMark(ownRelay)
  if (relayed) marks.push(relayed)
  if (row.withdrawn_at)
    marks.push({ what: 'withdrawn', at: iso(row.withdrawn_at), by: null, words: row.withdrawn_reason ?? '' })
  return marks.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}
