import type { Caller } from '#core/caller'
import { iso } from '#core/clock'
import type { Tx } from '#core/db'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import type { Parsed } from '#core/operation'
import {
  allowedAudience,
  audiencePaths,
  keep,
  keptAudience,
  mustReach,
  standsAt,
  type NamedAudience,
} from './audience.ts'
import type { notices } from './contract.ts'
import { mustBeOpen, mustBeVersion } from './standing.ts'
import { updateDraft, wordingOf, type NoticeRow } from './store/notices.ts'
import { getForChange } from './visible.ts'
import { askedOf, warned, weigh } from './weigh.ts'

type Said = Omit<Parsed<typeof notices.change>, 'noticeId' | 'version'>

/** What the draft says now, where it was changed and where it was not. */
function merged(said: Said, row: NoticeRow) {
  const set = <T>(to: T | undefined, was: T): T => (to === undefined ? was : to)
  const before = wordingOf(row)
  return {
    ...said,
    title: set(said.title, before.title),
    body: set(said.body, before.body),
    plain: set(said.plain, before.plain),
    topic: set(said.topic, before.topic),
    paper: set(said.paper, before.paper),
    event: set(said.event, before.event),
    steps: set(said.steps, before.steps),
    validUntil: set(said.validUntil, before.validUntil),
    class: set(said.class, row.class),
    internal: set(said.internal, row.is_internal),
    relay: set(said.relay, row.relay),
    relayBy: set(said.relayBy, row.relay_by ? iso(row.relay_by) : null),
    ask: said.ask ?? (said.class || said.internal !== undefined ? undefined : row.ask),
  }
}

function nextDraft(
  row: NoticeRow,
  { asked, settled }: Awaited<ReturnType<typeof weigh>>,
  audience: NamedAudience,
  caller: Caller,
): NoticeRow {
  const { validUntil, ...wording } = asked.wording
  return {
    ...row,
    ...wording,
    valid_until_said: validUntil,
    state: 'draft',
    version: row.version + 1,
    class: asked.class,
    ask: settled.ask,
    audience: keep(audience),
    audience_paths: audiencePaths(audience),
    unit_path: standsAt(row.unit_path || caller.path, audience),
    is_internal: asked.internal,
    is_private: settled.isPrivate,
    relay: settled.relay,
    relay_by: asked.relayBy ?? null,
  }
}

/** Changes a draft; what the writer left out stays. @throws Problem version_conflict, notice_sent and those of `create` */
export async function change(
  { noticeId, version, ...said }: Parsed<typeof notices.change>,
  { app, db, caller }: { app: App; db: Tx; caller: Caller },
) {
  const row = await getForChange(db, caller, noticeId)
  mustBeOpen(row)
  mustBeVersion(row, version, said)
  const audience = said.audience
    ? await allowedAudience(app, db, caller, said.audience, said.internal ?? row.is_internal)
    : await keptAudience(db, row.commune_id, row.audience)
  if (!said.audience && said.internal === false) await mustReach(app, caller, audience, false)
  const asked = askedOf(merged(said, row), audience, row.author_post ?? undefined)
  const weighed = await weigh(db, row.commune_id, caller.role, asked)
  const next = nextDraft(row, weighed, audience, caller)
  await updateDraft(db, next)
  const { warnings } = await warned(db, row.commune_id, weighed, caller.language)
  return {
    id: outside(row.commune_id, row.id),
    version: next.version,
    state: next.state,
    households: weighed.counted.households,
    unreachable: weighed.counted.unreachable,
    warnings,
  }
}
