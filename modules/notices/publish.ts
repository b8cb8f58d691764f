import type { Caller } from '#core/caller'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import type { Parsed } from '#core/operation'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import type { Call } from '#core/serve'
import { record } from '#core/trail'
import { askSecondPerson } from './ask-second-person.ts'
import { keptAudience } from './audience.ts'
import type { notices } from './contract.ts'
import { applyCorrection } from './correct.ts'
import { aloneFrom, isOpenForChange, needsSecondPerson } from './rules.ts'
import { sendOut } from './send-out.ts'
import { count, isWideNow, settle } from './settle.ts'
import { mustBeOwn, mustBeVersion, standing } from './standing.ts'
import { answerApproval, dropOpenApprovals, openApproval, type Correction } from './store/approvals.ts'
import { setState, type NoticeRow } from './store/notices.ts'
import { packOf } from './store/packs.ts'
import { getForChange } from './visible.ts'
import { askedOfRow, whomOfRow } from './weigh.ts'

type Asking = Pick<Call<Tx>, 'app' | 'db' | 'caller' | 'c'>

/** A minute ago still means now: clocks differ. */
const slack = 60_000

const laterTime = ({ at, undoSeconds }: Parsed<typeof notices.publish>): Date | undefined => {
  const present = now().getTime()
  if (at) {
    const then = new Date(at).getTime()
    if (then < present - slack) throw new Problem('time_past')
    if (then > present) return new Date(then)
  }
  return undoSeconds ? new Date(present + undoSeconds * 1000) : undefined
}

/** After the wait, the author alone, with a reason that the trail and the chair see. @throws Problem alone_too_early */
async function publishAlone(call: Asking, row: NoticeRow, because: string): Promise<NoticeRow> {
  const { app, db, caller } = call
  const approval = await openApproval(db, row.commune_id, row.id)
  const pack = await packOf(db, row.commune_id, now())
  if (!approval) throw new Problem('alone_too_early', { minutes: pack.aloneMinutes })
  const from = aloneFrom(approval.asked_at, pack)
  if (from > now())
    throw new Problem('alone_too_early', { minutes: Math.ceil((from.getTime() - now().getTime()) / 60_000) })
  await answerApproval(db, row.commune_id, approval.id, {
    answer: 'alone',
    account: caller.account ?? null,
    post: caller.post ?? null,
    reason: because,
  })
  await record(db, {
    tenant: row.commune_id,
    what: 'notice.sent_alone',
    by: caller,
    about: { kind: 'notice', id: row.id },
    data: { approval: approval.id, reason: digest(`${approval.id}${because}`).toString('hex') },
  })
  return finish(app, db, caller, row, approval.correction)
}

/** What was waited for happens: the correction, the sending, or the sending at its time. */
export async function finish(
  app: App,
  db: Tx,
  by: Pick<Caller, 'account' | 'post'>,
  row: NoticeRow,
  correction: Correction | null,
): Promise<NoticeRow> {
  if (correction) return applyCorrection(app, db, row, correction, by)
  if (!row.publish_at || row.publish_at <= now()) return sendOut(app, db, row, by)
  await setState(db, row, 'scheduled', row.publish_at)
  return { ...row, state: 'scheduled' }
}

async function schedule(db: Tx, caller: Caller, row: NoticeRow, at: Date): Promise<NoticeRow> {
  await setState(db, row, 'scheduled', at)
  await record(db, {
    tenant: row.commune_id,
    what: 'notice.scheduled',
    by: caller,
    about: { kind: 'notice', id: row.id },
    data: { version: row.version, at: at.toISOString() },
  })
  return { ...row, state: 'scheduled', publish_at: at }
}

/** A draft leaves now, at a time, after an undo, or waits for a second person. */
async function leave(input: Parsed<typeof notices.publish>, { app, db, caller }: Asking, row: NoticeRow) {
  const audience = await keptAudience(db, row.commune_id, row.audience)
  settle(askedOfRow(row, audience), caller.role)
  const at = laterTime(input)
  const isEmergency = row.class === 'emergency'
  const wide = isEmergency && (await isWideNow(db, row.commune_id, whomOfRow(row, audience)))
  if (needsSecondPerson(row.class, wide)) {
    await count(db, row.commune_id, whomOfRow(row, audience))
    await setState(db, row, 'waiting_approval', input.at && at ? at : null)
    await askSecondPerson({ app, db, caller }, row, null)
    return { ...row, state: 'waiting_approval' as const }
  }
  return at ? schedule(db, caller, row, at) : sendOut(app, db, row, caller)
}

async function next(input: Parsed<typeof notices.publish>, call: Asking, row: NoticeRow): Promise<NoticeRow> {
  if (input.aloneBecause) return publishAlone(call, row, input.aloneBecause)
  if (isOpenForChange(row.state)) {
    mustBeVersion(row, input.version, {})
    return leave(input, call, row)
  }
  if (row.state !== 'scheduled') return row
  const at = laterTime(input)
  if (input.at && at) return schedule(call.db, call.caller, row, at)
  return input.undoSeconds ? row : sendOut(call.app, call.db, row, call.caller)
}

/**
 * Sends a draft. A second click finds it sent and changes nothing.
 * A wide emergency answers 202 and waits for a second person.
 * @throws Problem version_conflict, time_past, alone_too_early, notice_withdrawn, notice_from_above and those of `create`
 */
export async function publish(input: Parsed<typeof notices.publish>, call: Asking) {
  const row = await getForChange(call.db, call.caller, input.noticeId)
  mustBeOwn(row)
  if (row.state === 'withdrawn') throw new Problem('notice_withdrawn')
  const after = await next(input, call, row)
  if (after.state === 'waiting_approval') call.c.status(202)
  return standing(call.db, after, call.caller.language)
}

/** Takes back what has not left: scheduled, in its seconds of undo, or waiting for a second person. @throws Problem notice_sent */
export async function undo({ noticeId }: { noticeId: string }, { db, caller }: Asking) {
  const row = await getForChange(db, caller, noticeId)
  mustBeOwn(row)
  if (row.state === 'withdrawn' || row.state === 'published') throw new Problem('notice_sent', { state: row.state })
  if (row.state !== 'draft' && row.state !== 'rejected') {
    await dropOpenApprovals(db, row.commune_id, row.id)
    await setState(db, row, 'draft')
    const about = { kind: 'notice', id: row.id }
    await record(db, {
      tenant: row.commune_id,
      what: 'notice.undone',
      by: caller,
      about,
      data: { version: row.version },
    })
  }
  return standing(db, { ...row, state: 'draft', publish_at: null }, caller.language)
}
