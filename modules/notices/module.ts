import type { Module } from '#core/module'
import { shipPack } from '#core/packs'
import { placeOfAudience } from './audience.ts'
import { chatsFollow } from './chats-follow.ts'
import { placeOfChat } from './chat-scope.ts'
import { notices as contract } from './contract.ts'
import { bringCopy, spreadCopies } from './copies.ts'
import { sendDue } from './due.ts'
import { hearComments } from './hear-comments.ts'
import { moneyFollows } from './money.ts'
import { outletsFollow } from './outlets-follow.ts'
import { pages } from './pages.tsx'
import { lookAtOutlets, postInOutlets } from './post-in-outlets.ts'
import { placeOfQuestion, replyArrived } from './questions.ts'
import { tellOfLateQuestions } from './late-questions.ts'
import { sayThere } from './reply-there.ts'
import { passOverdue } from './relay.ts'
import { answers } from './routes.ts'
import { NoticePackShape } from './pack-shape.ts'
import { noticePack } from './store/packs.ts'
import { placeOfNotice } from './visible.ts'
import { noticesEn } from './words.en.ts'
import { noticesVi } from './words.vi.ts'

export const notices: Module = {
  name: 'notices',
  contract,
  answers,
  places: { noticeId: placeOfNotice, audience: placeOfAudience, questionId: placeOfQuestion, chatId: placeOfChat },
  listeners: {
    ...chatsFollow,
    ...outletsFollow,
    ...moneyFollows,
    'reply.arrived': replyArrived,
    'channel.heard': hearComments,
  },
  jobs: {
    'notices.copies': spreadCopies,
    'notices.copy': bringCopy,
    'notices.outlets': postInOutlets,
    'notices.reply_there': sayThere,
  },
  ticks: [
    { name: 'notices.due', ms: 500, run: sendDue },
    { name: 'notices.outlets', ms: 5000, run: lookAtOutlets },
    { name: 'notices.relays', ms: 1000, run: passOverdue },
    { name: 'notices.late-questions', ms: 60_000, run: tellOfLateQuestions },
  ],
  pages,
  problems: {
    steps_needed: 422,
    relay_needs_units: 422,
    notice_sent: 409,
    notice_not_sent: 409,
    notice_withdrawn: 409,
    notice_from_above: 409,
    time_past: 422,
    alone_too_early: 409,
    approver_same: 403,
    nothing_to_approve: 409,
    nothing_changed: 422,
    correction_waits: 409,
    file_type: 415,
    file_large: 413,
    file_broken: 422,
    files_many: 409,
    chat_link_wrong: 422,
    chat_name_taken: 409,
    chat_post_unknown: 422,
    chat_group_secret: 422,
    chat_closed: 409,
    posting_not_asked: 409,
    posting_missing: 409,
    posting_old: 409,
    posting_of_account: 409,
    outlet_unknown: 422,
    outlet_taken: 409,
    proof_type: 415,
  },
  seed: db => shipPack(db, noticePack),
  packs: { notices: NoticePackShape },
  words: { vi: noticesVi, en: noticesEn },
}
