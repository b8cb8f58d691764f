import type { Caller } from '#core/caller'
import { iso, now, today } from '#core/clock'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { may, postTitle } from '#access'
import { findPublication, levelName } from '#delivery'
import { findUnit, unitTitle } from '#units'
import { approversOf } from './approvers.ts'
import { keptAudience, type NamedAudience } from './audience.ts'
import { shown } from './files.ts'
import { toHtml } from './markdown.ts'
import { aloneFrom, changedFields, endsAt, isOpenForChange } from './rules.ts'
import { countNow } from './settle.ts'
import { whomOfRow } from './weigh.ts'
import { answeredApprovals, openApproval } from './store/approvals.ts'
import { filesOf } from './store/files.ts'
import { levelOfHome, villageOfHome } from './store/homes.ts'
import { wordingOf, type NoticeRow } from './store/notices.ts'
import { packOf } from './store/packs.ts'
import { relaysOf, type RelayState } from './store/relays.ts'
import { versionsOf, type VersionRow } from './store/versions.ts'
import { traceOf } from './trace.ts'
import { wordsShown } from './words-shown.ts'
import { getReadable, standing, type Readable } from './visible.ts'

const isoOrNull = (at: Date | null) => (at ? iso(at) : null)

/** Earlier versions that people could read, each with what the next one changed. */
export const versionList = (versions: readonly VersionRow[]) =>
  versions.map((one, n) => ({
    version: one.version,
    at: iso(one.at),
    toldAgain: n > 0 && one.told_again,
    changed: n > 0 ? changedFields(versions[n - 1]!.content, one.content) : [],
  }))

/** The relay of the reader's own village. */
async function ownRelay(db: Db, caller: Caller, row: NoticeRow, relays: RelayState[]) {
  const unit = caller.household ? await villageOfHome(db, row.commune_id, caller.household) : caller.unit
  return relays.find(relay => relay.unit_id === unit)
}

const localWordsOf = (relay: RelayState | undefined) =>
  relay?.words && relay.passed_at ? { words: relay.words, by: relay.by_title ?? '', at: iso(relay.passed_at) } : null

const ownRelayOf = (relay: RelayState) => ({
  askedAt: iso(relay.asked_at),
  dueAt: iso(relay.due_at),
  passedAt: isoOrNull(relay.passed_at),
  how: relay.how,
  words: relay.words,
  checkWords: relay.check_words,
})

async function waitingOf(db: Db, row: NoticeRow) {
  const open = await openApproval(db, row.commune_id, row.id)
  if (!open) return null
  const pack = await packOf(db, row.commune_id, open.asked_at)
  const approvers = await approversOf(db, row, pack)
  return {
    since: iso(open.asked_at),
    aloneFrom: iso(aloneFrom(open.asked_at, pack)),
    isCorrection: Boolean(open.correction),
    words: open.correction
      ? await wordsShown(db, {
          tenant: row.commune_id,
          notice: row.id,
          wording: wordingOf(row),
          correction: open.correction,
        })
      : null,
    approvers: [...new Set(approvers.filter(one => one.account !== open.asked_by).map(one => one.title))],
  }
}

async function rejectionOf(db: Db, row: NoticeRow) {
  const last = (await answeredApprovals(db, row.commune_id, row.id)).at(-1)
  return last?.answer === 'rejected' ? { by: last.title, reason: last.reason ?? '' } : null
}

const namesOf = ({ units, groups, attributes }: NamedAudience) => ({
  units: units.map(unit => ({ id: unit.id, name: unitTitle(unit) })),
  groups: groups.map(group => ({ id: outside(group.tenant, group.id), name: group.name })),
  attributes: attributes ?? null,
})

async function mayOf(app: App, caller: Caller, { row, as }: Readable) {
  const place = standing(caller, row)
  const isOwn = as === 'over' && !row.origin_id && row.commune_id === caller.tenant
  return {
    change: isOwn && (await may(app, caller, 'notice.change', place)),
    approve: isOwn && (await may(app, caller, 'notice.approve', place)),
    reach:
      Boolean(row.published_at) &&
      (await may(app, caller, 'reach.see', as === 'over' ? place : { tenant: row.commune_id, path: caller.path })),
  }
}

/** What the reader's own home has done about it. */
async function ownLevel(db: Db, caller: Caller, row: NoticeRow) {
  if (!caller.household || !row.published_id) return null
  const found = await levelOfHome(db, row.commune_id, row.published_id, caller.household)
  return found ? { level: levelName(found.level), at: iso(found.level_at) } : null
}

/** Everybody sees what was published; before that there is only the draft. */
async function textOf(db: Db, { row }: Readable, versions: VersionRow[], version: number | undefined) {
  if (version !== undefined) {
    const kept = versions.find(one => one.version === version)
    if (!kept) throw new Problem('not_found')
    const { files, ...wording } = kept.content
    return { wording, files, version }
  }
  const newest = versions.at(-1)
  if (newest) return { wording: wordingOf(row), files: newest.content.files, version: row.version }
  const files = (await filesOf(db, row.commune_id, row.id)).map(file => shown(file))
  return { wording: wordingOf(row), files, version: row.version }
}

/** What stands in the row as it is. */
const rowGiven = (row: NoticeRow) => ({
  id: outside(row.commune_id, row.id),
  state: row.state,
  class: row.class,
  ask: row.ask,
  internal: row.is_internal,
  isPrivate: row.is_private,
  relay: row.relay,
  relayBy: isoOrNull(row.relay_by),
  round: row.round,
  unitId: row.unit_id,
  originId: row.origin_id,
  publishAt: isoOrNull(row.publish_at),
  publishedAt: isoOrNull(row.published_at),
  withdrawnAt: isoOrNull(row.withdrawn_at),
  withdrawnReason: row.withdrawn_reason,
})

/** @throws Problem not_found for whom it is not for */
export async function read(
  { noticeId, version }: { noticeId: string; version?: number | undefined },
  { app, db, caller }: { app: App; db: Db; caller: Caller },
) {
  const found = await getReadable(app, caller, noticeId)
  const { row, as } = found
  const tenant = row.commune_id
  const versions = await versionsOf(db, tenant, row.id)
  const text = await textOf(db, found, versions, version)
  const audience = await keptAudience(db, tenant, row.audience)
  const relays = row.relay === 'village' ? await relaysOf(db, tenant, row.id, today()) : []
  const own = await ownRelay(db, caller, row, relays)
  const unit = row.unit_id ? await findUnit(db, row.unit_id) : undefined
  const out = row.published_id ? await findPublication(db, tenant, row.published_id) : undefined
  const ends = endsAt(text.wording)
  const isDraft = isOpenForChange(row.state) || row.state === 'waiting_approval'
  return {
    ...rowGiven(row),
    version: text.version,
    ...text.wording,
    html: toHtml(text.wording.body),
    audience: as === 'home' ? { units: [], groups: [], attributes: null } : namesOf(audience),
    isWide:
      as === 'over' && isDraft ? (await countNow(db, tenant, whomOfRow(row, audience))).isWide : relays.length > 1,
    households: as === 'home' ? null : (out?.households ?? null),
    author: row.author_post ? await postTitle(db, row.author_post) : '',
    unit: unit ? unitTitle(unit) : '',
    expired: Boolean(ends && ends <= now()),
    files: text.files,
    localWords: localWordsOf(own),
    ownRelay: (await may(app, caller, 'notice.relay')) && own ? ownRelayOf(own) : null,
    versions: versionList(versions),
    trace: await traceOf(db, row, versions, own, as === 'over'),
    waiting: as === 'over' ? await waitingOf(db, row) : null,
    rejected: as === 'over' && row.state === 'rejected' ? await rejectionOf(db, row) : null,
    own: await ownLevel(db, caller, row),
    may: await mayOf(app, caller, found),
  }
}
