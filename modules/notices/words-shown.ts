// The words that wait for a second person's yes, whole: of a draft, or of a correction.
import type { Db } from '#core/db'
import { shown } from './files.ts'
import { toHtml } from './markdown.ts'
import { changedFields, type Wording } from './rules.ts'
import type { Correction } from './store/approvals.ts'
import { filesOf } from './store/files.ts'

/** @param wording as the notice's row has it @param correction what would take its place */
export async function wordsShown(
  db: Db,
  of: { tenant: number; notice: string; wording: Wording; correction: Correction | null },
) {
  const { title, plain, body, steps, paper, event, validUntil } = of.correction?.wording ?? of.wording
  const files = await filesOf(db, of.tenant, of.notice)
  return {
    title,
    plain,
    html: toHtml(body),
    steps,
    paper,
    event,
    validUntil,
    files: files.filter(file => !of.correction || of.correction.files.includes(file.id)).map(file => shown(file)),
    changed: of.correction ? changedFields(of.wording, of.correction.wording) : [],
  }
}
