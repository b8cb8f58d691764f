// Keeping and sending what was written: a draft first, its files, then the publication.
import { api } from '#web/api.ts'
import { untilDone } from '#web/until-done.ts'
import { bodyOf, type Fields } from './draft.ts'

export interface Kept {
  id: string
  version: number
}

/**
 * Keeps the draft of one form, new or changed, and hands over the files that wait. A second try after a lost answer makes neither a
 * second draft nor a second copy of a file.
 */
export function draftKeeper() {
  const makeOnce = untilDone()
  /** It stands, though a file of it may not be there yet. */
  let made: Kept | undefined
  const onceOf = new WeakMap<File, ReturnType<typeof untilDone>>()
  const attach = async (noticeId: string, file: File) => {
    const once = onceOf.get(file) ?? untilDone()
    onceOf.set(file, once)
    await once(how => api.notices.addFile({ noticeId, file }, how))
  }
  return async (fields: Fields, kept: Kept | undefined, files: File[], mayRelay: boolean): Promise<Kept> => {
    const body = bodyOf(fields, mayRelay)
    const was = kept ?? made
    const { id, version } = was
      ? await api.notices.change({ noticeId: was.id, version: was.version, ...body })
      : await makeOnce(how => api.notices.create(body, how))
    made = { id, version }
    while (files.length) {
      await attach(id, files[0]!)
      files.shift()
    }
    return made
  }
}

/** Seconds in which a notice may be taken back before it leaves. An emergency does not wait. */
const undoSeconds = 30

export const publish = (fields: Fields, { id }: Kept) =>
  api.notices.publish({
    noticeId: id,
    ...(fields.at ? { at: `${fields.at}:00+07:00` } : fields.class === 'emergency' ? {} : { undoSeconds }),
  })
