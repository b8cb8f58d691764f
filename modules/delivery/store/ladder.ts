import type { Db, Tx } from '#core/db'
import { againOf, type Step } from '../ladder.ts'
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

/** Whether it was looked at again already or not; who waits for a look that comes earlier still gets that one. */
const byThen = (db: Db) => db`
  on conflict (commune_id, published_id, unit_id, step) do update
    set state = 'waiting', done_at = null, leased_until = null,
      due_at = case when s.state = 'waiting' then least(s.due_at, excluded.due_at) else excluded.due_at end
    where s.state <> 'stopped'`

/** A rung of several channels is looked at again in these villages. */
export async function lookAgainAt(tx: Tx, d: DueStep, units: readonly string[], isEmergency: boolean, dueAt: Date) {
  await tx`
    insert into loa.ladder_step as s (commune_id, published_id, unit_id, step, channel, is_emergency, due_at)
    select ${d.tenant}::int, ${d.publishedId}::uuid, u.id, ${d.step}::smallint, ${d.channel}, ${isEmergency}, ${dueAt}::timestamptz
    from unnest(${[...units]}::uuid[]) as u(id)
    ${byThen(tx)}`
}

/** The same for a step that is done. */
export async function lookBy(tx: Tx, of: Omit<DueStep, 'channel'>, units: readonly string[], at: Date) {
  await tx`
    insert into loa.ladder_step as s (commune_id, published_id, unit_id, step, channel, is_emergency, due_at)
    select d.commune_id, d.published_id, d.unit_id, ${againOf(of.step)}::smallint, d.channel, d.is_emergency, ${at}::timestamptz
    from loa.ladder_step d
    where d.commune_id = ${of.tenant} and d.published_id = ${of.publishedId} and d.step = ${of.step} and d.state = 'done'
      and d.unit_id = any(${[...units]}::uuid[])
    ${byThen(tx)}`
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

/** Steps of one publication that are due together, in all its villages that have come so far. */
export interface DueStep {
  tenant: number
  publishedId: string
  step: number
  channel: string
}

/** What is due and in nobody's hands, what waits longest first. */
export async function dueSteps(db: Db, isEmergency: boolean, at: Date, machine: Date): Promise<DueStep[]> {
  return db<DueStep[]>`
    select commune_id as tenant, published_id as "publishedId", step, channel from loa.ladder_step
    where is_emergency = ${isEmergency} and state in ('waiting', 'running') and due_at <= ${at}
      and (leased_until is null or leased_until < ${machine})
    group by commune_id, published_id, step, channel order by min(due_at) limit 200`
}

/** Marks due steps as running until the lease ends. @returns whether there were any left */
export async function leaseSteps(
  tx: Tx,
  d: DueStep,
  times: { at: Date; machine: Date; leasedUntil: Date },
): Promise<boolean> {
  const { at, machine, leasedUntil } = times
  const rows = await tx`
    update loa.ladder_step set state = 'running', leased_until = ${leasedUntil}
    where commune_id = ${d.tenant} and published_id = ${d.publishedId} and step = ${d.step} and channel = ${d.channel}
      and state in ('waiting', 'running') and due_at <= ${at} and (leased_until is null or leased_until < ${machine})`
  return rows.count > 0
}

/**
 * Ends the due steps, in the transaction that does what they ask for. @param most villages; all when undefined
 * @returns the villages and since when it is due there
 */
export async function endSteps(
  tx: Tx,
  d: DueStep,
  at: Date,
  most?: number,
): Promise<{ unitId: string; dueAt: Date }[]> {
  return tx<{ unitId: string; dueAt: Date }[]>`
    update loa.ladder_step set state = 'done', done_at = ${at}, leased_until = null
    where commune_id = ${d.tenant} and published_id = ${d.publishedId} and step = ${d.step} and channel = ${d.channel}
      and state in ('waiting', 'running') and due_at <= ${at} and unit_id in (
        select unit_id from loa.ladder_step
        where commune_id = ${d.tenant} and published_id = ${d.publishedId} and step = ${d.step} and channel = ${d.channel}
          and state in ('waiting', 'running') and due_at <= ${at} order by due_at, unit_id limit ${most ?? null})
    returning unit_id as "unitId", due_at as "dueAt"`
}
