import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import { inside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { postTitle } from '#access'
import { changeLocalWords, showIn } from '#delivery'
import { findNotice } from './store/notices.ts'
import { dueRelays, lockRelays, passOn, setWords, type DueRelay, type RelayRow } from './store/relays.ts'

const passedOn = (row: RelayRow) => ({
  unitId: row.unit_id,
  passedAt: iso(row.passed_at!),
  how: row.how!,
  words: row.words,
})

/** The task of the caller's village; of several villages below him the first that still waits. */
async function task(tx: Tx, caller: Caller, noticeId: string): Promise<RelayRow> {
  if (!caller.path) throw new Problem('not_found')
  const rows = await lockRelays(tx, caller.tenant!, inside(noticeId).id, caller.path, today())
  const row = rows.find(one => !one.passed_at) ?? rows[0]
  if (!row) throw new Problem('not_found')
  return row
}

/** One tap passes the paper on to the village, with a word of the head's own. A second tap finds it passed on; other words then replace the first ones. @throws Problem not_found, notice_withdrawn */
export async function relay(
  { noticeId, words }: { noticeId: string; words?: string | undefined },
  { app, db, caller }: { app: App; db: Tx; caller: Caller },
) {
  const tenant = caller.tenant!
  const row = await task(db, caller, noticeId)
  if (row.how === 'withdrawn') throw new Problem('notice_withdrawn')
  const said = words?.trim() ? words.trim() : null
  if (row.passed_at)
    return words === undefined || said === row.words ? passedOn(row) : otherWords(app, db, caller, row, said)
  const at = now()
  const of = { publishedId: row.published_id, unitIds: [row.unit_id] }
  await passOn(db, tenant, of, { how: 'head', account: caller.account ?? null, post: caller.post ?? null, words: said })
  const title = caller.post ? await postTitle(db, caller.post) : undefined
  await showIn(app, db, {
    tenant,
    publishedId: row.published_id,
    unitIds: [row.unit_id],
    ...(said ? { localWords: { words: said, ...(title ? { title } : {}) } } : {}),
    at,
  })
  await record(db, {
    tenant,
    what: 'notice.relayed',
    by: caller,
    about: { kind: 'notice', id: row.notice_id },
    data: { unit: row.unit_id, hasWords: Boolean(said), lateMinutes: lateBy(row.due_at, at) },
  })
  return passedOn({ ...row, passed_at: at, how: 'head', words: said })
}

/** The village sees it already: only the words beside it change, of the newest round. */
async function otherWords(app: App, tx: Tx, caller: Caller, row: RelayRow, words: string | null) {
  const tenant = caller.tenant!
  const notice = await findNotice(tx, tenant, row.notice_id)
  if (notice?.state !== 'published' || !notice.published_id) throw new Problem('notice_withdrawn')
  const by = { account: caller.account ?? null, post: caller.post ?? null, words }
  await setWords(tx, tenant, { publishedId: row.published_id, unitId: row.unit_id }, by)
  const title = caller.post ? await postTitle(tx, caller.post) : undefined
  await changeLocalWords(app, tx, {
    tenant,
    publishedId: notice.published_id,
    unitId: row.unit_id,
    localWords: words ? { words, ...(title ? { title } : {}) } : undefined,
  })
  await record(tx, {
    tenant,
    what: 'notice.words_changed',
    by: caller,
    about: { kind: 'notice', id: row.notice_id },
    data: { unit: row.unit_id, hasWords: Boolean(words) },
  })
  return passedOn({ ...row, words })
}

const lateBy = (due: Date, at: Date) => Math.max(0, Math.floor((at.getTime() - due.getTime()) / 60_000))

/** Past its time a notice goes on by itself. Each publication in its own transaction: one that fails never holds up the others. */
export async function passOverdue(app: App): Promise<void> {
  for (const due of await dueRelays(app.sql)) {
    try {
      await inTransaction(app.sql, tx => passByTime(app, tx, due))
    } catch (error) {
      app.log.error({ tenant: due.commune_id, publishedId: due.published_id, error: (error as Error).message }, 'relay')
    }
  }
}

async function passByTime(app: App, tx: Tx, due: DueRelay) {
  const { commune_id: tenant, published_id: publishedId, notice_id: noticeId, unit_ids: unitIds } = due
  const nobody = { how: 'time' as const, account: null, post: null, words: null }
  const passed = await passOn(tx, tenant, { publishedId, unitIds }, nobody)
  if (!passed.length) return
  await showIn(app, tx, { tenant, publishedId, unitIds: passed, at: now() })
  await record(tx, {
    tenant,
    what: 'notice.relay_passed',
    about: { kind: 'notice', id: noticeId },
    data: { units: passed, how: 'time' },
  })
}
