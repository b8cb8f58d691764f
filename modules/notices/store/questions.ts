import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'

export interface QuestionRow {
  tenant: number
  id: string
  notice_id: string
  household_id: string | null
  unit_id: string | null
  words: string
  at: Date
  due_at: Date
  answered_at: Date | null
  answer: string | null
  notice_title: string
  author_post: string | null
  notice_path: string
  /** Of a private notice for groups: whoever asks is in one of them. */
  is_for_members: boolean
  is_of_cell: boolean
  unit_name: string | null
  unit_kind: string | null
  unit_path: string | null
  head_name: string | null
  answerer: string | null
  helper: string | null
  /** Written under a post: of which account, the provider's name for it, and how far the answer there is. */
  account_id: string | null
  account_name: string | null
  comment_id: string | null
  reply_state: 'waiting' | 'begun' | 'done' | 'refused' | 'unsure' | null
  reply_why: string | null
}

const question = (db: Db, day: string) => db`
  select q.commune_id as tenant, q.id, q.notice_id, q.household_id, q.unit_id, q.words, q.at, q.due_at, q.answered_at, q.answer, n.title as notice_title,
    n.author_post, n.unit_path as notice_path, n.is_private and n.audience -> 'groups' <> '[]' as is_for_members,
    exists (select 1 from loa.group_of_people c
      where c.commune_id = n.commune_id and c.is_confidential and n.audience -> 'groups' ? c.id::text) as is_of_cell, v.name as unit_name, v.kind as unit_kind, v.path as unit_path, h.head_name, p.title as answerer,
    o.title as helper, q.account_id, a.name as account_name, q.comment_id, q.reply_state, q.reply_why
  from loa.question q
  join loa.notice n on n.commune_id = q.commune_id and n.id = q.notice_id
  left join loa.unit_version v on v.unit_id = q.unit_id and v.valid_from <= ${day} and (v.valid_to is null or v.valid_to > ${day})
  left join loa.household h on h.commune_id = q.commune_id and h.id = q.household_id
  left join loa.post p on p.id = q.answered_post
  left join loa.post o on o.id = q.helper_post
  left join loa.channel_account a on a.commune_id = q.commune_id and a.id = q.account_id`

export async function findQuestion(db: Db, tenant: number, id: string, day: string): Promise<QuestionRow | undefined> {
  const [row] = await db<QuestionRow[]>`${question(db, day)} where q.commune_id = ${tenant} and q.id = ${id}`
  return row
}

/** @returns false where what was written under a post is kept already */
export async function insertQuestion(
  tx: Tx,
  tenant: number,
  row: {
    id: string
    notice: string
    household: string | null
    unit: string | null
    words: string
    dueAt: Date
    helper: string | null
    comment: { account: string; id: string } | null
  },
): Promise<boolean> {
  const rows = await tx`
    insert into loa.question (commune_id, id, notice_id, household_id, unit_id, words, at, due_at, helper_post, account_id, comment_id)
    values (${tenant}, ${row.id}, ${row.notice}, ${row.household}, ${row.unit}, ${row.words}, ${now()}, ${row.dueAt}, ${row.helper},
      ${row.comment?.account ?? null}, ${row.comment?.id ?? null})
    on conflict do nothing returning 1`
  return rows.length > 0
}

export type ReplyState = NonNullable<QuestionRow['reply_state']>

/** @returns false where it was in another state */
export async function setReply(
  tx: Tx,
  tenant: number,
  id: string,
  { from, to, why = null }: { from: readonly ReplyState[]; to: ReplyState; why?: string | null },
): Promise<boolean> {
  const rows = await tx`
    update loa.question set reply_state = ${to}, reply_why = ${why}
    where commune_id = ${tenant} and id = ${id} and comment_id is not null
      and (reply_state is null or reply_state = any(${[...from]}::text[]))
    returning 1`
  return rows.length > 0
}

export async function setAnswer(
  tx: Tx,
  tenant: number,
  id: string,
  by: { answer: string; account: string | null; post: string | null },
): Promise<void> {
  await tx`
    update loa.question set answer = ${by.answer}, answered_at = ${now()}, answered_by = ${by.account}, answered_post = ${by.post}
    where commune_id = ${tenant} and id = ${id}`
}

/** Open questions of all communes that are past their time and of which nobody was told yet, the oldest first. */
export const lateQuestions = (db: Db, at: Date) => db<{ tenant: number; id: string }[]>`
  select commune_id as tenant, id from loa.question
  where answered_at is null and late_told_at is null and due_at <= ${at} order by due_at limit 200`

/** @returns undefined when it was answered, or told of, in the meantime */
export async function markLateTold(tx: Tx, tenant: number, id: string) {
  const [row] = await tx<{ notice: string; household: string | null; unit: string | null }[]>`
    update loa.question set late_told_at = ${now()}
    where commune_id = ${tenant} and id = ${id} and answered_at is null and late_told_at is null
    returning notice_id as notice, household_id as household, unit_id as unit`
  return row
}

/** Questions of homes below a path and on what this post wrote: those that wait oldest first, else the newest first. */
export function listQuestions(
  db: Db,
  of: {
    tenants: readonly number[]
    path: string | undefined
    /** May see who is in the groups that a private notice is for; else its questions say it. */
    seesMembers: boolean
    post: string | undefined
    notice: string | undefined
    isOpen: boolean | undefined
    /** The last one of the page before. */
    after: string | undefined
    limit: number
    day: string
  },
) {
  const isOldestFirst = of.isOpen === true
  return db<QuestionRow[]>`${question(db, of.day)}
    where q.commune_id = any(${[...of.tenants]}::int[])
      and (${of.notice ?? null}::uuid is null or q.notice_id = ${of.notice ?? null}::uuid)
      and (${of.isOpen ?? null}::boolean is null or (q.answered_at is null) = ${of.isOpen ?? null}::boolean)
      and (${of.after ?? null}::uuid is null or case when ${isOldestFirst} then q.id > ${of.after ?? null}::uuid else q.id < ${of.after ?? null}::uuid end)
      and (n.author_post = ${of.post ?? null}::uuid or (${of.path ?? null}::text is not null
        and (not n.is_private or n.audience -> 'groups' = '[]' or ${of.seesMembers} and not exists (
          select 1 from loa.group_of_people c
          where c.commune_id = n.commune_id and c.is_confidential and n.audience -> 'groups' ? c.id::text)) and
        case when v.path is null then starts_with(n.unit_path, ${of.path ?? null}::text) else starts_with(v.path, ${of.path ?? null}::text) end))
    order by case when ${isOldestFirst} then q.id end, q.id desc limit ${of.limit}`
}

export const questionsOfHome = (db: Db, tenant: number, notice: string, household: string, day: string) => db<
  QuestionRow[]
>`
  ${question(db, day)} where q.commune_id = ${tenant} and q.notice_id = ${notice} and q.household_id = ${household} order by q.id`
