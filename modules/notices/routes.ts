import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import { alone, approvals } from './approvals.ts'
import { approve, reject } from './approve.ts'
import { chats } from './chats.ts'
import { change } from './change.ts'
import type { notices } from './contract.ts'
import { correct } from './correct.ts'
import { create, previewDraft } from './create.ts'
import { attach, fileResponse } from './files.ts'
import { list } from './list.ts'
import { outlets } from './outlets.ts'
import { moneyAnswers } from './money.ts'
import { posting } from './posted.ts'
import { postings } from './postings.ts'
import { publish, undo } from './publish.ts'
import { answer, ask, ownQuestions, questions } from './questions.ts'
import { read } from './read.ts'
import { relay } from './relay.ts'
import { relays, relayState } from './relays.ts'
import { isOpenForChange } from './rules.ts'
import { mustBeOpen, mustBeOwn } from './standing.ts'
import { deleteFile, findFile } from './store/files.ts'
import { deleteDraft } from './store/notices.ts'
import { versionsOf } from './store/versions.ts'
import { getForChange, getReadable } from './visible.ts'
import { ways } from './ways.ts'
import { withdraw } from './withdraw.ts'

export const answers = {
  ...chats,
  ...postings,
  ...posting,
  ...moneyAnswers,
  ...outlets,
  create,
  preview: previewDraft,
  ways,
  list,
  read,
  change,
  publish,
  undo,
  approvals,
  sentAlone: alone,
  approve,
  reject,
  correct,
  withdraw,
  relays,
  relay,
  relayState,
  ask,
  questions,
  ownQuestions,
  answer,

  async discard({ noticeId }, { db, caller }) {
    const row = await getForChange(db, caller, noticeId)
    mustBeOpen(row)
    await deleteDraft(db, row.commune_id, row.id)
    return { done: true }
  },

  async addFile({ noticeId, file }, { db, caller }) {
    const row = await getForChange(db, caller, noticeId)
    mustBeOwn(row)
    if (row.state === 'withdrawn') throw new Problem('notice_withdrawn')
    if (!isOpenForChange(row.state) && row.state !== 'published') throw new Problem('notice_sent', { state: row.state })
    return attach(db, row.commune_id, row.id, file)
  },

  async dropFile({ noticeId, fileId }, { db, caller }) {
    const row = await getForChange(db, caller, noticeId)
    mustBeOpen(row)
    await deleteFile(db, row.commune_id, row.id, fileId)
    return { done: true }
  },

  async readFile({ noticeId, fileId }, { app, db, caller }) {
    const { row, as } = await getReadable(app, caller, noticeId)
    const file = await findFile(db, row.commune_id, row.id, fileId)
    const isShown =
      as === 'over' ||
      (await versionsOf(db, row.commune_id, row.id)).some(one => one.content.files.some(shown => shown.id === fileId))
    if (!file || !isShown) throw new Problem('not_found')
    return fileResponse(db, row.commune_id, file, false)
  },
} satisfies Answers<typeof notices>
