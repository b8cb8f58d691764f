import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import type { Db, Tx } from '#core/db'
import { inside, newId, outside } from '#core/ids'
import type { App, PlaceOf } from '#core/module'
import type { Parsed } from '#core/operation'
import { Problem } from '#core/problem'
import { Uuid } from '#core/shapes'
import { say, type Language } from '#core/words'
import { record } from '#core/trail'
import { may, scopesOf, seesMembers } from '#access'
import { lookAt, workingDayAfter } from '#people'
import { isOwner, servedTenants, unitTitle } from '#units'
import type { notices } from './contract.ts'
import { villageOfHome } from './store/homes.ts'
import {
  findQuestion,
  insertQuestion,
  listQuestions,
  questionsOfHome,
  setAnswer,
  type QuestionRow,
} from './store/questions.ts'
import { packOf } from './store/packs.ts'
import { alertAnswerers } from './alert-answerers.ts'
import { replyThere } from './reply-there.ts'
import { getReadable } from './visible.ts'

/** Where an answer stands that everybody can read; what could not be said there a person says there. */
function commentShown(
  { account_name: account, comment_id: id, reply_state: state, reply_why: why }: QuestionRow,
  language: Language,
) {
  const isLeft = state === 'refused' || state === 'unsure'
  const words =
    state === 'unsure' ? say(language, 'notices.comment.unsure') : say(language, `channel.${why ?? 'no_line'}`)
  return {
    account: account ?? '',
    url: `https://www.facebook.com/${encodeURIComponent(id!)}`,
    reply: state === 'begun' ? ('waiting' as const) : state,
    trouble: isLeft ? words : null,
  }
}

interface Showing {
  isNamed: boolean
  language: Language
}

const shown = (tenant: number, row: QuestionRow, { isNamed, language }: Showing) => ({
  id: outside(tenant, row.id),
  noticeId: outside(tenant, row.notice_id),
  noticeTitle: row.notice_title,
  words: row.words,
  at: iso(row.at),
  dueAt: iso(row.due_at),
  unit: row.unit_name === null ? null : unitTitle({ kind: row.unit_kind ?? '', name: row.unit_name }),
  home: isNamed ? row.head_name : null,
  answer: row.answer,
  answeredAt: row.answered_at ? iso(row.answered_at) : null,
  answeredBy: row.answerer,
  askedBy: row.helper,
  comment: row.comment_id === null ? null : commentShown(row, language),
})

/** Keeps a question; with a home, or from somebody whom the open page does not know. Whoever is to answer hears of it. */
export async function keepQuestion(
  app: App,
  tx: Tx,
  of: {
    tenant: number
    notice: string
    household: string | null
    words: string
    helper?: string | undefined
    comment?: { account: string; id: string }
  },
): Promise<string> {
  const id = newId()
  const unit = of.household ? ((await villageOfHome(tx, of.tenant, of.household)) ?? null) : null
  const { tenant, notice, household, words, helper = null, comment = null } = of
  const { answerWorkingDays } = await packOf(tx, tenant, now())
  const dueAt = await workingDayAfter(tx, tenant, now(), answerWorkingDays)
  const isNew = await insertQuestion(tx, tenant, { id, notice, household, unit, words, dueAt, helper, comment })
  if (!isNew) return id
  await alertAnswerers(app, tx, tenant, { notice, unit, says: 'notices.alert.question' })
  return id
}

/** Told by `reply.arrived`: what somebody answered to a message is a question about it. */
export async function replyArrived(
  app: App,
  tx: Tx,
  reply: { tenant: number; subject: string; subjectId: string; household: string | null; words: string },
) {
  const { tenant, subject, subjectId: notice, household, words } = reply
  if (subject === 'notice') await keepQuestion(app, tx, { tenant, notice, household, words })
}

/** @throws Problem not_found when the notice is not for this home */
export async function ask(
  { noticeId, words }: { noticeId: string; words: string },
  { app, db, caller }: { app: App; db: Tx; caller: Caller },
) {
  const { row } = await getReadable(app, caller, noticeId)
  const tenant = row.commune_id
  const helper = caller.helper?.post
  const id = await keepQuestion(app, db, { tenant, notice: row.id, household: caller.household!, words, helper })
  if (caller.helper)
    await record(db, {
      tenant,
      what: 'question.asked',
      by: caller,
      about: { kind: 'notice', id: row.id },
      data: { question: id, household: caller.household },
    })
  const kept = await findQuestion(db, row.commune_id, id, today())
  return shown(row.commune_id, kept!, { isNamed: false, language: caller.language })
}

export async function ownQuestions(
  { noticeId }: { noticeId: string },
  { app, db, caller }: { app: App; db: Db; caller: Caller },
) {
  const { row } = await getReadable(app, caller, noticeId)
  const rows = await questionsOfHome(db, row.commune_id, row.id, caller.household!, today())
  return { items: rows.map(one => shown(row.commune_id, one, { isNamed: false, language: caller.language })) }
}

const unitPlace = (row: Pick<QuestionRow, 'unit_path' | 'notice_path'>) => row.unit_path ?? row.notice_path

/** A question stands in its home's village, and with whoever wrote the notice. */
export const placeOfQuestion: PlaceOf = async (app, value, _, caller) => {
  let found
  try {
    found = inside(String(value))
  } catch {
    return undefined
  }
  const row = await findQuestion(app.sql, found.tenant, found.id, today())
  if (!row) return undefined
  const isAuthor = caller.post !== undefined && caller.post === row.author_post
  if (found.tenant !== caller.tenant && !isAuthor) return undefined
  if (!isAuthor && (row.is_of_cell || (row.is_for_members && !seesMembers(caller)))) return undefined
  const place = { tenant: found.tenant, path: unitPlace(row), author: row.author_post ?? undefined }
  // An author from another unit answers by having written the notice.
  return isAuthor && caller.path ? [{ ...place, path: caller.path }] : [place]
}

/** @throws Problem not_found for a notice of another commune */
function noticeOf(tenants: readonly number[], text: string) {
  const { tenant, id } = inside(text)
  if (!tenants.includes(tenant) && !isOwner(tenant)) throw new Problem('not_found')
  return id
}

/** Those that wait oldest first, else the newest first. Names of homes only for those who may see them; showing them is noted. */
export async function questions(
  { noticeId, open, cursor, limit }: Parsed<typeof notices.questions>,
  { app, db, caller }: { app: App; db: Db; caller: Caller },
) {
  // What homes ask about an owner's notice stands with its copies.
  const own = caller.tenant!
  const tenants = isOwner(own) ? await servedTenants(db, own, true) : [own]
  const isBelow = scopesOf(caller, 'question.answer').includes('below')
  const rows = await listQuestions(db, {
    tenants,
    path: isBelow ? caller.path : undefined,
    post: caller.post,
    notice: noticeId ? noticeOf(tenants, noticeId) : undefined,
    seesMembers: seesMembers(caller),
    isOpen: open,
    after: readCursor(cursor, Uuid)?.[0],
    limit: limit + 1,
    day: today(),
  })
  const { items, next } = pageOf(rows, limit, row => [row.id])
  const named = new Set<string>()
  const placeOf = ({ tenant, ...row }: QuestionRow) => ({
    tenant,
    path: unitPlace(row),
    household: row.household_id ?? undefined,
  })
  for (const row of items)
    if (row.household_id && (await may(app, caller, 'people.see', placeOf(row)))) named.add(row.household_id)
  if (named.size) await app.sql.begin(tx => lookAt(tx, caller, own, [...named], 'question'))
  return {
    items: items.map(row =>
      shown(row.tenant, row, { isNamed: named.has(row.household_id ?? ''), language: caller.language }),
    ),
    next,
  }
}

/** Anyone who may answer may put an answer right. @throws Problem not_found */
export async function answer(
  { questionId, answer: words }: { questionId: string; answer: string },
  { app, db, caller }: { app: App; db: Tx; caller: Caller },
) {
  const { tenant, id } = inside(questionId)
  const row = await findQuestion(db, tenant, id, today())
  if (!row) throw new Problem('not_found')
  await setAnswer(db, tenant, id, { answer: words, account: caller.account ?? null, post: caller.post ?? null })
  await record(db, {
    tenant,
    what: 'question.answered',
    by: caller,
    about: { kind: 'notice', id: row.notice_id },
    data: { question: id },
  })
  await replyThere(app, db, tenant, id)
  const after = await findQuestion(db, tenant, id, today())
  return shown(tenant, after!, { isNamed: false, language: caller.language })
}
