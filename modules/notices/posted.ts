// "Đã đăng": a person says that a notice stands in a chat group. Taken back within a day; taken down when it was withdrawn.
import type { Tx } from '#core/db'
import { iso, now, today } from '#core/clock'
import { storeFile } from '#core/files'
import { inside, newId } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { record } from '#core/trail'
import { takeBackExposure } from '#delivery'
import { hoursToUndo, taskOf } from './chat-rules.ts'
import { getChat } from './chat-scope.ts'
import type { postingOperations } from './contract-postings.ts'
import { exposeIn } from './expose-in-chat.ts'
import { fileResponse, pictureOf } from './files.ts'
import { factsOf } from './postings.ts'
import type { ChatRow } from './store/chats.ts'
import {
  deletePosting,
  findProof,
  insertPosting,
  pairsOfChat,
  setDown,
  setProof,
  type PostingRow,
} from './store/postings.ts'
import { reopenActs } from './store/outlets.ts'

interface Named {
  chatId: string
  noticeId: string
}

/** The newest round in the chat group. @throws Problem not_found, posting_not_asked */
async function newest(call: Call, { chatId, noticeId }: Named) {
  const { db, caller } = call
  const chat = await getChat(db, caller, chatId)
  const notice = inside(noticeId).id
  const rounds = await pairsOfChat(db, chat.tenant, notice, chat.id, today())
  const [row] = rounds
  if (!row) throw new Problem('posting_not_asked')
  return { chat, notice, row, rounds }
}

/** @throws Problem posting_missing */
async function standing(call: Call, named: Named) {
  const found = await newest(call, named)
  const there = found.rounds.find(row => row.posting_id)
  if (!there) throw new Problem('posting_missing')
  return { ...found, there }
}

const note = (call: Call<Tx>, what: string, chat: ChatRow, row: PostingRow, data: object = {}) =>
  record(call.db, {
    tenant: chat.tenant,
    what,
    by: call.caller,
    about: { kind: 'notice', id: row.notice_id },
    data: { chat: chat.id, publishedId: row.published_id, ...data },
  })

const said = (row: PostingRow, state: 'posted' | 'waiting' | 'again' | 'taken_down') => ({
  state,
  postedAt: row.posted_at ? iso(row.posted_at) : null,
})

/** @throws Problem posting_not_asked */
async function posted(named: Named, call: Call<Tx>) {
  const { app, db, caller } = call
  const { chat, notice, row } = await newest(call, named)
  if (row.posting_id) return said(row, 'posted')
  const kind = taskOf(factsOf(row), now())
  if (kind !== 'post' && kind !== 'again') throw new Problem('posting_not_asked')
  const [tenant, publishedId, at, id] = [chat.tenant, row.published_id, now(), newId()]
  const by = { account: caller.account ?? null, post: caller.post ?? null }
  const of = { tenant, publishedId, chat: chat.id, id, notice, version: row.version, at }
  // Somebody else said so at the same moment.
  if (!(await insertPosting(db, of, by))) return said((await newest(call, named)).row, 'posted')
  const homes = await exposeIn(app, db, chat, { publishedId, by: id, version: row.version, at })
  await note(call, 'notice.posted', chat, row, { homes, again: kind === 'again' })
  return { state: 'posted' as const, postedAt: iso(at) }
}

/** @throws Problem posting_missing, posting_old, posting_of_account */
async function unposted(named: Named, call: Call<Tx>) {
  const { chat, row } = await newest(call, named)
  if (!row.posting_id) throw new Problem('posting_missing')
  if (now().getTime() - row.posted_at!.getTime() > hoursToUndo * 3_600_000) throw new Problem('posting_old')
  if (row.posted_account) throw new Problem('posting_of_account')
  const { tenant } = chat
  const { published_id: publishedId, posting_id: by } = row
  await deletePosting(call.db, tenant, publishedId, chat.id)
  await takeBackExposure(call.app, call.db, { tenant, publishedId, by, channel: 'group' })
  await note(call, 'notice.unposted', chat, row)
  return { state: row.was_posted ? ('again' as const) : ('waiting' as const), postedAt: null }
}

/** @throws Problem posting_missing */
async function takenDown(named: Named, call: Call<Tx>) {
  const { chat, notice, there: row } = await standing(call, named)
  const count = await setDown(call.db, chat.tenant, { notice, chat: chat.id, post: call.caller.post ?? null })
  if (count) await note(call, 'notice.taken_down', chat, row)
  return said(row, 'taken_down')
}

/** An account may try again what it could not do. @throws Problem posting_not_asked */
async function postAgain(named: Named, call: Call<Tx>) {
  const { app, db } = call
  const { chat, rounds } = await newest(call, named)
  let count = 0
  for (const row of rounds) count += await reopenActs(db, chat.tenant, row.published_id, chat.id)
  if (!count) throw new Problem('posting_not_asked')
  await app.jobs.send(db, 'notices.outlets', { tenant: chat.tenant })
  await note(call, 'notice.post_again', chat, rounds[0]!)
  return { done: true as const }
}

/** @throws Problem posting_missing, proof_type, file_large, file_broken */
async function addProof({ file, ...named }: Named & { file: Blob }, call: Call<Tx>) {
  const { chat, there: row } = await standing(call, named)
  const picture = await pictureOf(file)
  if (!picture) throw new Problem('proof_type')
  const { hash } = await storeFile(call.db, chat.tenant, picture.bytes, picture.media, 'anh-chup')
  await setProof(call.db, chat.tenant, {
    publishedId: row.published_id,
    chat: chat.id,
    hash,
    media: picture.media,
  })
  await note(call, 'notice.post_shown', chat, row)
  return said(row, 'posted')
}

export const posting = {
  posted,
  unposted,
  postAgain,
  takenDown,
  addProof,
  async readProof(named, { db, caller }) {
    const chat = await getChat(db, caller, named.chatId)
    const proof = await findProof(db, chat.tenant, inside(named.noticeId).id, chat.id)
    if (!proof) throw new Problem('not_found')
    const { hash, media } = proof
    return fileResponse(db, chat.tenant, { hash, media, name: 'anh-chup' }, false)
  },
} satisfies Pick<
  Answers<typeof postingOperations>,
  'posted' | 'unposted' | 'postAgain' | 'takenDown' | 'addProof' | 'readProof'
>
