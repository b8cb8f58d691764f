// Keeping and sending what was written: a draft first, its files, then the publication.
import { api } from '#web/api.ts'
import { newId } from '#web/id.ts'
import { bodyOf, type Fields } from './draft.ts'

export interface Kept {
  id: string
  version: number
}

/** Keeps the draft, new or changed, and hands over the files that wait. */
export async function keepDraft(
  fields: Fields,
  kept: Kept | undefined,
  files: File[],
  mayRelay: boolean,
): Promise<Kept> {
  const body = bodyOf(fields, mayRelay)
  const said = kept
    ? await api.notices.change({ noticeId: kept.id, version: kept.version, ...body })
    : await api.notices.create(body, { once: newId() })
  const now = { id: said.id, version: said.version }
  while (files.length) {
    await api.notices.addFile({ noticeId: now.id, file: files[0]! })
    files.shift()
  }
  return now
}

/** Seconds in which a notice may be taken back before it leaves. An emergency does not wait. */
const undoSeconds = 30

export const publish = (fields: Fields, { id }: Kept) =>
  api.notices.publish({
    noticeId: id,
    ...(fields.at ? { at: `${fields.at}:00+07:00` } : fields.class === 'emergency' ? {} : { undoSeconds }),
  })
