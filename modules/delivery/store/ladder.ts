import type { Db, Tx } from '#core/db'
import { defaultLadder } from '../ladder-pack.ts'
import type { Step } from '../ladder.ts'
import type { Publication } from './publication.ts'

/** Writes the steps for the villages named (all when undefined) that have homes. */
export async function insertSteps(
  tx: Tx,
  p: Pick<Publication, 'tenant' | 'publishedId' | 'class'>,
  steps: readonly Step[],
  units?: readonly string[],
) {
  await tx`
    insert into loa.ladder_step (commune_id, published_id, unit_id, step, channel, is_emergency, due_at)
    select ${p.tenant}::int, ${p.publishedId}::uuid, u.unit_id, s.step, s.channel, ${p.class === 'emergency'}, s.due_at
    from loa.reach_unit u
    cross join unnest(${steps.map(s => s.step)}::int[], ${steps.map(s => s.channel)}::text[], ${steps.map(s => s.dueAt.toISOString())}::timestamptz[])
      as s(step, channel, due_at)
    where u.commune_id = ${p.tenant} and u.published_id = ${p.publishedId} and u.households > 0
      and (${!units} or u.unit_id = any(${[...(units ?? [])]}::uuid[]))
    on conflict do nothing`
}

/** What is not sent yet stays unsent: the ladder's steps and the deliveries that nobody holds in hand. */
export async function stopUnsent(tx: Tx, tenant: number, publishedIds: readonly string[], reason: string, at: Date) {
  await tx`
    update loa.ladder_step set state = 'stopped', done_at = ${at}
    where commune_id = ${tenant} and published_id = any(${[...publishedIds]}::uuid[]) and state in ('waiting', 'running')`
  await tx`
    update loa.delivery set state = 'stopped', reason = ${reason}, leased_until = null, changed_at = ${at}
    where commune_id = ${tenant} and published_id = any(${[...publishedIds]}::uuid[]) and state = 'planned'`
}

/** Everybody's ladder. A newer version of the product may ship a better one. */
export async function seedLadder(db: Db) {
  const { validFrom, basis, source, body } = defaultLadder
  await db`
    insert into loa.rule_pack as r (commune_id, kind, valid_from, basis, source, body)
    values (0, 'ladder', ${validFrom}, ${basis}, ${source}, ${db.json(body)})
    on conflict (commune_id, kind, valid_from) do update set basis = excluded.basis, source = excluded.source, body = excluded.body
    where r.body <> excluded.body or r.basis <> excluded.basis`
}
