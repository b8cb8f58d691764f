import type { Caller } from '#core/caller'
import { iso } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { newId, outside } from '#core/ids'
import { record } from '#core/trail'
import { audiencePaths, keep, nameAudience, standsAt } from './audience.ts'
import { toHtml } from './markdown.ts'
import { insertNotice } from './store/notices.ts'
import { askedOf, warned, weigh, type Draft } from './weigh.ts'

/** A draft: nobody hears of it yet. @throws Problem audience_empty, steps_needed, relay_needs_units */
export async function create(said: Draft, { db, caller }: { db: Tx; caller: Caller }) {
  const tenant = caller.tenant!
  const audience = await nameAudience(db, caller, said.audience)
  const weighed = await weigh(db, tenant, caller.role, askedOf(said, audience, caller.post))
  const id = newId()
  const { asked, settled } = weighed
  const { validUntil, ...wording } = asked.wording
  await insertNotice(db, {
    ...wording,
    commune_id: tenant,
    id,
    state: 'draft',
    version: 1,
    class: asked.class,
    ask: settled.ask,
    valid_until_said: validUntil,
    audience: keep(audience),
    is_internal: asked.internal,
    is_private: settled.isPrivate,
    relay: settled.relay,
    relay_by: asked.relayBy ?? null,
    author_account: caller.account ?? null,
    author_post: caller.post ?? null,
    unit_id: caller.unit ?? null,
    unit_path: standsAt(caller.path, audience),
    group_id: caller.group ?? null,
    audience_paths: audiencePaths(audience),
    origin_id: null,
  })
  await record(db, { tenant, what: 'notice.drafted', by: caller, about: { kind: 'notice', id } })
  const { warnings } = await warned(db, tenant, weighed, caller.language)
  return {
    id: outside(tenant, id),
    version: 1,
    state: 'draft' as const,
    households: weighed.counted.households,
    unreachable: weighed.counted.unreachable,
    warnings,
  }
}

/** The same questions without keeping anything. */
export async function previewDraft(said: Draft, { db, caller }: { db: Db; caller: Caller }) {
  const tenant = caller.tenant!
  const audience = await nameAudience(db, caller, said.audience)
  const weighed = await weigh(db, tenant, caller.role, askedOf(said, audience, caller.post))
  const { warnings, relayDueAt, lastUsefulAt } = await warned(db, tenant, weighed, caller.language)
  const { households, unreachable, villages, isWide } = weighed.counted
  return {
    households,
    unreachable,
    villages: villages.map(one => ({
      unitId: one.unitId,
      name: one.name,
      households: one.households,
      unreachable: one.unreachable,
    })),
    isWide,
    isPrivate: weighed.settled.isPrivate,
    relay: weighed.settled.relay,
    relayBy: relayDueAt ? iso(relayDueAt) : null,
    lastUsefulAt: lastUsefulAt ? iso(lastUsefulAt) : null,
    warnings,
    html: toHtml(said.body),
  }
}
