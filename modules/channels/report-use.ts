// What an account's answers say of the account itself: used, paused, or so often refused that it is left alone for a while.
import { dayOf, now } from '#core/clock'
import type { Tx } from '#core/db'
import { channelErrors, type ChannelError } from './channel-errors.ts'
import type { HandedOver } from './channel.ts'
import type { Account } from './account.ts'
import { addUse, canAnother, findAccount, setTrouble, setWell } from './store-accounts.ts'

/** Refusals in a row after which an account rests, and for how long: each time twice as long, to an hour. */
export const openAfter = 5
const restMs = 30_000
export const mostRestMs = 3_600_000

/** A longer pause is of a clock that was wrong, ours or the provider's: a lost grant, the longest of ours, rests a day. */
const mostPauseMs = 25 * 3_600_000

/** Until when an account rests; undefined: it does not. */
export const restsUntil = (pausedUntil: Date | null, at: Date): Date | undefined =>
  pausedUntil && pausedUntil > at && pausedUntil.getTime() - at.getTime() <= mostPauseMs ? pausedUntil : undefined

/** Does the refusal say something of the account, and not of one home or one text? */
const isTrouble = (said: HandedOver): said is Extract<HandedOver, { is: 'refused' }> =>
  said.is === 'refused' && channelErrors[said.why].again !== 'never' && !channelErrors[said.why].isOfSome

/** A person has to know of it at the account, which goes on with what is not concerned. */
const isShown = (said: HandedOver): said is Extract<HandedOver, { is: 'refused' }> =>
  said.is === 'refused' && channelErrors[said.why].isShown === true

/** What goes on until a person has done something: it is not tried five times first. */
export const needsPerson: ReadonlySet<ChannelError> = new Set(['no_money', 'not_signed_in', 'account_blocked'])

/** Refusals in a row with this one. */
const failuresWith = (before: number, why: ChannelError) =>
  needsPerson.has(why) ? Math.max(before + 1, openAfter) : before + 1

/** Until when it rests after so many refusals in a row; undefined: not yet. */
export const restUntil = (failures: number, at: Date) =>
  failures < openAfter
    ? undefined
    : new Date(at.getTime() + Math.min(restMs * 2 ** Math.min(failures - openAfter, 7), mostRestMs))

/** How long another takes over, at first: a look whether it is well again costs somebody a try. */
const passedOverMs = 300_000
const passedOver = (failures: number, at: Date) =>
  new Date(at.getTime() + Math.min(passedOverMs * 2 ** Math.min(failures - 1, 4), mostRestMs))

/**
 * What a batch's answers say of the account; undefined: nothing new.
 * @param another can take over: then its first refusal is enough. A few homes would use up their tries at it before it had refused five.
 */
export function stateAfter(said: readonly HandedOver[], failuresBefore: number, at: Date, another = false) {
  const isTaken = said.some(one => one.is === 'accepted')
  const bad = said.findLast(isTrouble)
  const shown = said.findLast(isShown)
  if (!bad && shown && !isTaken) return { why: shown.why, at, until: undefined, failures: failuresBefore }
  if (!bad) return isTaken ? ('well' as const) : undefined
  if (isTaken && bad.why !== 'slow_down') return undefined
  const failures = failuresWith(failuresBefore, bad.why)
  const until = another ? passedOver(failures, at) : restUntil(failures, at)
  return { why: bad.why, at, until: bad.againAt ?? until, failures }
}

/** Counts a batch's answers in the account's day, and notes how the account is. */
export async function reportUse(tx: Tx, account: Account, said: readonly HandedOver[]) {
  const { tenant, id } = account
  const at = now()
  const accepted = said.filter(one => one.is === 'accepted')
  const parts = accepted.reduce((sum, one) => sum + (one.parts ?? 1), 0)
  const dong = accepted.reduce((sum, one) => sum + (one.dong ?? 0), 0)
  const bad = said.findLast(one => isTrouble(one) || isShown(one))
  await addUse(tx, tenant, id, dayOf(at), {
    accepted: accepted.length,
    refused: said.length - accepted.length,
    parts,
    dong,
    ...(accepted.length ? { acceptedAt: at } : {}),
    ...(bad?.is === 'refused' ? { troubledAt: at, trouble: bad.why } : {}),
  })
  const before = bad ? await findAccount(tx, tenant, id) : undefined
  const state = stateAfter(said, before?.failures ?? 0, at, bad && (await canAnother(tx, account, at)))
  if (state === 'well') await setWell(tx, tenant, id)
  else if (state) await setTrouble(tx, tenant, id, state)
}
