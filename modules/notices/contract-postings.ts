// Assisted posting: the words are ready, a person puts them into the chat group and says so.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Done, Id, Limit, page } from '#core/shapes'
import { Platform } from './contract-chats.ts'
import { outletActs } from './chat-rules.ts'
import { Class } from './shapes.ts'

const ChatNamed = v.object({
  id: Id,
  name: v.string(),
  platform: Platform,
  members: v.nullable(v.number()),
  link: v.nullable(v.string()),
  unit: v.string(),
})

const Task = v.object({
  /** `post` in the group · post it `again`, corrected · take it `down` from the group */
  kind: v.picklist(['post', 'again', 'down']),
  noticeId: v.string(),
  title: v.string(),
  class: Class,
  author: v.string(),
  chat: ChatNamed,
  /** What goes into the group as it is, with the group’s own link. */
  text: v.string(),
  /** The first picture of the notice. */
  picture: v.nullable(v.object({ id: v.string(), name: v.string(), media: v.string() })),
  visibleAt: v.string(),
  dueAt: v.string(),
  /** Minutes past its time; 0 while there is time. */
  lateMinutes: v.number(),
  /** It is for the caller’s own post to do, not for one below him. */
  isMine: v.boolean(),
  /** Why it was withdrawn. */
  reason: v.nullable(v.string()),
  /** Why the account that posts there could not: it is a person’s now. Null where a person posts anyway. */
  trouble: v.nullable(v.string()),
})
export type PostingTask = v.InferOutput<typeof Task>

const Posting = v.object({
  chat: ChatNamed,
  state: v.picklist(['waiting', 'again', 'posted', 'down', 'taken_down', 'missed']),
  dueAt: v.nullable(v.string()),
  postedAt: v.nullable(v.string()),
  /** By which post, or which account. */
  by: v.nullable(v.string()),
  /** Where the post is found. */
  url: v.nullable(v.string()),
  /** What the account that posts there has yet to do, and how far it is: waiting, or given up. */
  byItself: v.nullable(
    v.object({
      act: v.picklist(outletActs),
      state: v.picklist(['waiting', 'refused', 'unsure']),
      words: v.nullable(v.string()),
    }),
  ),
  downAt: v.nullable(v.string()),
  lateMinutes: v.number(),
  /** How often the group’s own link was opened. */
  opens: v.number(),
  hasProof: v.boolean(),
})
export type Posting = v.InferOutput<typeof Posting>

const one = { chatId: Id, noticeId: Id }
const Said = v.object({ state: Posting.entries.state, postedAt: v.nullable(v.string()) })

export const postingOperations = {
  postingTasks: operation({
    method: 'GET',
    path: '/posting-tasks',
    summary: 'What is to be posted in the caller’s chat groups or taken down there, the most urgent first',
    who: 'chat.keep',
    takes: v.object({ cursor: Cursor, limit: Limit }),
    gives: page(Task),
    problems: ['bad_cursor'],
  }),
  postings: operation({
    method: 'GET',
    path: '/notices/:noticeId/postings',
    summary: 'In which chat groups a notice stands, who posted it and when, and how often each group’s link was opened',
    who: 'reach.see',
    at: 'noticeId',
    takes: v.object({ noticeId: Id }),
    gives: v.object({ items: v.array(Posting), next: v.null() }),
  }),
  posted: operation({
    method: 'POST',
    path: '/chats/:chatId/notices/:noticeId/posted',
    summary: '“Đã đăng”: it stands in the group. Homes below are exposed, which is not reach; a repeat changes nothing',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object(one),
    gives: Said,
    problems: ['posting_not_asked'],
  }),
  unposted: operation({
    method: 'POST',
    path: '/chats/:chatId/notices/:noticeId/unposted',
    summary: 'Takes “Đã đăng” back within a day: the homes are computed anew, the task is there again',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object(one),
    gives: Said,
    problems: ['posting_missing', 'posting_old', 'posting_of_account'],
  }),
  postAgain: operation({
    method: 'POST',
    path: '/chats/:chatId/notices/:noticeId/again',
    summary: 'The account that posts there tries again what it gave up, or of what nobody knows whether it was done',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object(one),
    gives: Done,
    problems: ['posting_not_asked'],
  }),
  takenDown: operation({
    method: 'POST',
    path: '/chats/:chatId/notices/:noticeId/taken-down',
    summary: 'A withdrawn notice no longer stands in the group; a repeat changes nothing',
    who: 'chat.keep',
    at: 'chatId',
    takes: v.object(one),
    gives: Said,
    problems: ['posting_missing'],
  }),
  addProof: operation({
    method: 'POST',
    path: '/chats/:chatId/notices/:noticeId/proof',
    summary: 'A screenshot of the post; what the phone noted in the picture is removed',
    who: 'chat.keep',
    at: 'chatId',
    status: 201,
    files: ['file'],
    maxBytes: 10_600_000,
    takes: v.object({ ...one, file: v.instance(Blob) }),
    gives: Said,
    problems: ['posting_missing', 'proof_type', 'file_large', 'file_broken'],
  }),
  readProof: operation({
    method: 'GET',
    path: '/chats/:chatId/notices/:noticeId/proof',
    summary: 'The screenshot',
    who: 'chat.keep',
    at: 'chatId',
    media: 'application/octet-stream',
    takes: v.object(one),
    gives: v.any(),
  }),
}
