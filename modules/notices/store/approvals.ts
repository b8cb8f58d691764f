import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { Wording } from '../rules.ts'
import type { NoticeRow } from './notices.ts'

/** A correction of a published emergency, as it will be once a second person says yes. */
export interface Correction {
  wording: Wording
  files: string[]
  tellAgain: boolean
}

export interface ApprovalRow {
  id: string
  notice_id: string
  version: number
  asked_at: Date
  asked_by: string | null
  correction: Correction | null
}

export async function openApproval(db: Db, tenant: number, notice: string): Promise<ApprovalRow | undefined> {
  const [row] = await db<ApprovalRow[]>`
    select id, notice_id, version, asked_at, asked_by, correction from loa.approval
    where commune_id = ${tenant} and notice_id = ${notice} and answered_at is null order by asked_at desc limit 1`
  return row
}

export async function insertApproval(
  tx: Tx,
  tenant: number,
  row: { id: string; notice: string; version: number; by: string | null; correction: Correction | null },
): Promise<void> {
  await tx`
    insert into loa.approval (commune_id, id, notice_id, version, asked_at, asked_by, correction)
    values (${tenant}, ${row.id}, ${row.notice}, ${row.version}, ${now()}, ${row.by},
      ${row.correction ? tx.json(row.correction as never) : null})`
}

export async function answerApproval(
  tx: Tx,
  tenant: number,
  id: string,
  by: { answer: 'approved' | 'rejected' | 'alone'; account: string | null; post: string | null; reason: string | null },
): Promise<void> {
  await tx`
    update loa.approval set answered_at = ${now()}, answer = ${by.answer}, answered_by = ${by.account}, answered_post = ${by.post},
      reason = ${by.reason}
    where commune_id = ${tenant} and id = ${id}`
}

/** Did a second person say yes to it, last of all that was answered? Sent alone, or never asked for, is no. */
export async function isApproved(db: Db, tenant: number, notice: string): Promise<boolean> {
  const [row] = await db<{ answer: string }[]>`
    select answer from loa.approval where commune_id = ${tenant} and notice_id = ${notice} and answered_at is not null
    order by answered_at desc limit 1`
  return row?.answer === 'approved'
}

/** An approval that was asked for and is no longer needed: undone, changed or withdrawn. */
export async function dropOpenApprovals(tx: Tx, tenant: number, notice: string): Promise<void> {
  await tx`delete from loa.approval where commune_id = ${tenant} and notice_id = ${notice} and answered_at is null`
}

export interface WaitingRow
  extends
    ApprovalRow,
    Pick<NoticeRow, 'title' | 'body' | 'plain' | 'topic' | 'paper' | 'event' | 'steps' | 'valid_until_said' | 'class'> {
  author_title: string | null
  author_account: string | null
  author_post: string | null
  audience: { units: string[]; groups: string[] }
  is_internal: boolean
}

/** Open requests below a path, oldest first. */
export const waitingApprovals = (
  db: Db,
  of: { tenant: number; path: string; after: { at: Date; id: string } | undefined; limit: number },
) => db<WaitingRow[]>`
  select a.id, a.notice_id, a.version, a.asked_at, a.asked_by, a.correction, n.title, n.body, n.plain, n.topic, n.paper, n.event,
    n.steps, n.valid_until_said, n.class, p.title as author_title, n.author_account, n.author_post, n.audience, n.is_internal
  from loa.approval a
  join loa.notice n on n.commune_id = a.commune_id and n.id = a.notice_id
  left join loa.post p on p.id = n.author_post
  where a.commune_id = ${of.tenant} and a.answered_at is null and starts_with(n.unit_path, ${of.path})
    and (${of.after?.at ?? null}::timestamptz is null
      or (a.asked_at, a.id) > (${of.after?.at ?? null}::timestamptz, ${of.after?.id ?? null}::uuid))
  order by a.asked_at, a.id limit ${of.limit}`

export interface AloneRow {
  id: string
  notice_id: string
  answered_at: Date
  title: string
  class: NoticeRow['class']
  is_correction: boolean
  by_title: string | null
  reason: string | null
}

/** What went without a second person below a path, newest first; a notice that was withdrawn since comes too. */
export const sentAlone = (
  db: Db,
  of: {
    tenant: number
    path: string
    /** Else a private notice for a group is its author's alone. */
    seesMembers: boolean
    since: Date
    before: { at: Date; id: string } | undefined
    limit: number
  },
) => db<AloneRow[]>`
  select a.id, a.notice_id, a.answered_at, n.title, n.class, a.correction is not null as is_correction, p.title as by_title, a.reason
  from loa.approval a
  join loa.notice n on n.commune_id = a.commune_id and n.id = a.notice_id
  left join loa.post p on p.id = a.answered_post
  where a.commune_id = ${of.tenant} and a.answer = 'alone' and a.answered_at >= ${of.since} and starts_with(n.unit_path, ${of.path})
    and (not n.is_private or n.audience -> 'groups' = '[]' or ${of.seesMembers})
    and (${of.before?.at ?? null}::timestamptz is null
      or (a.answered_at, a.id) < (${of.before?.at ?? null}::timestamptz, ${of.before?.id ?? null}::uuid))
  order by a.answered_at desc, a.id desc limit ${of.limit}`

export interface AnsweredRow {
  asked_at: Date
  answered_at: Date
  answer: 'approved' | 'rejected' | 'alone'
  title: string | null
  reason: string | null
  is_correction: boolean
}

/** How a notice got its yes, its no, or went alone. */
export const answeredApprovals = (db: Db, tenant: number, notice: string) => db<AnsweredRow[]>`
  select a.asked_at, a.answered_at, a.answer, p.title, a.reason, a.correction is not null as is_correction
  from loa.approval a left join loa.post p on p.id = a.answered_post
  where a.commune_id = ${tenant} and a.notice_id = ${notice} and a.answered_at is not null order by a.answered_at`
