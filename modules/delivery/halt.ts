// May a batch go out at all? Decisions without I/O.
import type { Account, Channel } from '#channels'
import { afterQuiet, rungOf, type Step } from './ladder.ts'
import type { Result } from './store/delivery.ts'
import type { Publication } from './store/publication.ts'

type Halted = Omit<Result, 'householdId'>
type Asked = Pick<Publication, 'withdrawnAt' | 'replacedBy' | 'publishedAt' | 'endsAt' | 'lastUsefulAt'> & {
  ladder: Pick<Publication['ladder'], 'steps'>
}

export const gone: Halted = { state: 'stopped', reason: 'withdrawn' }

/** When it says itself that it is over; what came too late already goes at once, as its ladder does. */
function overAt({ publishedAt, endsAt, lastUsefulAt }: Asked): number {
  const isDated = lastUsefulAt && lastUsefulAt > publishedAt
  return Math.min(endsAt?.getTime() ?? Infinity, isDated ? lastUsefulAt.getTime() : Infinity)
}

/** When the rung's quiet hours end, if it is quiet now: what was late stays silent until the morning. */
function quietUntil(p: Asked, step: Pick<Step, 'step' | 'channel'>, at: Date): Date | undefined {
  const end = afterQuiet(at, rungOf(p.ladder.steps, step)?.quiet)
  return end > at ? end : undefined
}

/**
 * The same for all homes of a batch, where none of them is called.
 * @param account through which the channel would speak; without one where it needs one nothing can go, and the ladder goes on
 */
export function haltOf(
  p: Asked | undefined,
  step: Pick<Step, 'step' | 'channel'>,
  { speaksThrough }: Pick<Channel, 'speaksThrough'>,
  account: Pick<Account, 'id'> | undefined,
  at: Date,
): Halted | undefined {
  if (!p || p.withdrawnAt) return gone
  if (p.replacedBy) return { state: 'stopped', reason: 'replaced' }
  const over = overAt(p)
  if (over <= at.getTime()) return { state: 'expired', reason: 'ended' }
  const dueAt = quietUntil(p, step, at)
  if (dueAt)
    return dueAt.getTime() < over ? { state: 'planned', reason: 'quiet', dueAt } : { state: 'expired', reason: 'quiet' }
  return speaksThrough && !account ? { state: 'failed', reason: 'no_account' } : undefined
}
