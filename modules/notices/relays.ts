import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import { pageOf } from '#core/cursor'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import type { Parsed } from '#core/operation'
import { unitTitle } from '#units'
import type { notices } from './contract.ts'
import { shown } from './files.ts'
import { momentAfter } from './list.ts'
import { lateMinutes } from './rules.ts'
import { filesOf } from './store/files.ts'
import { relaysBelow, relaysOf, type RelayListed } from './store/relays.ts'
import { getReadable } from './visible.ts'

async function shownRelay(db: Db, tenant: number, row: RelayListed) {
  return {
    noticeId: outside(tenant, row.notice_id),
    title: row.title,
    plain: row.plain || row.body,
    class: row.class,
    paper: row.paper,
    author: row.author_title ?? '',
    unitId: row.unit_id,
    unit: unitTitle({ name: row.unit_name, kind: row.unit_kind }),
    households: row.households,
    askedAt: iso(row.asked_at),
    dueAt: iso(row.due_at),
    passedAt: row.passed_at ? iso(row.passed_at) : null,
    how: row.how,
    words: row.words,
    checkWords: row.check_words,
    files: (await filesOf(db, tenant, row.notice_id)).map(file => shown(file)),
  }
}

/** What waits to be passed on, soonest first; with `done` what was passed on, newest first. */
export async function relays(
  { done, cursor, limit }: Parsed<typeof notices.relays>,
  { db, caller }: { db: Db; caller: Caller },
) {
  if (!caller.path) return { items: [], next: null }
  const rows = await relaysBelow(db, {
    tenant: caller.tenant!,
    path: caller.path,
    isDone: done ?? false,
    after: momentAfter(cursor),
    limit: limit + 1,
    day: today(),
  })
  const { items, next } = pageOf(rows, limit, row => [
    (done ? row.passed_at! : row.due_at).toISOString(),
    row.notice_id,
  ])
  return { items: await Promise.all(items.map(row => shownRelay(db, caller.tenant!, row))), next }
}

/** Every village, in the order of their numbers, with its delay. */
export async function relayState(
  { noticeId }: { noticeId: string },
  { app, db, caller }: { app: App; db: Db; caller: Caller },
) {
  const { row } = await getReadable(app, caller, noticeId)
  const rows = await relaysOf(db, row.commune_id, row.id, today())
  return {
    items: rows.map(one => ({
      unitId: one.unit_id,
      name: unitTitle(one),
      households: one.households,
      dueAt: iso(one.due_at),
      passedAt: one.passed_at ? iso(one.passed_at) : null,
      how: one.how,
      by: one.by_title,
      words: one.words,
      lateMinutes: one.how === 'head' || !one.passed_at ? lateMinutes(one.due_at, one.passed_at, now()) : 0,
    })),
  }
}
