// Decisions about what an account posts by itself: no database, no clock of their own.
import { channelErrors, waitBeforeAgain, type ChannelError } from '#channels'
import { taskOf, type Facts, type OutletAct } from './chat-rules.ts'

export type ActState = 'begun' | 'waiting' | 'done' | 'refused' | 'unsure'

export interface OutletFacts extends Facts {
  /** The chat group is an outlet of an account since then. */
  tiedAt: Date | null
  /** An account posted it, so it can be changed or taken away. */
  isAtProvider: boolean
  /** Version of the words that stand there, and of those that should. */
  postedVersion: number | null
  version: number
  /** A later round stands in the outlet. */
  isPostedAfter: boolean
}

/** Does an account post this one? What was seen before the outlet was tied is left to people. */
export const isOurs = ({ tiedAt, visibleAt }: Pick<OutletFacts, 'tiedAt' | 'visibleAt'>) =>
  Boolean(tiedAt && visibleAt && visibleAt >= tiedAt)

/** What an account has to do with one publication in one outlet now. Of two rounds the old one goes once the new one stands. */
export function outletActOf(f: OutletFacts, at: Date): OutletAct | undefined {
  if (f.isAtProvider && !f.isDown) {
    if (f.isWithdrawn || f.isPostedAfter) return 'remove'
    return !f.isReplaced && (f.postedVersion ?? f.version) < f.version ? 'change' : undefined
  }
  const task = isOurs(f) ? taskOf(f, at) : undefined
  return task === 'post' || task === 'again' ? 'post' : undefined
}

/** The same when it is tried again. */
export const postKey = (publishedId: string, chat: string) => `${publishedId}.${chat}`

/** Somebody of ours has to do something first: waiting does not help. */
const needsPerson = new Set<ChannelError>(['not_signed_in', 'account_blocked', 'held_back', 'no_money', 'no_account'])

/** What the provider takes in the morning, and what it is still making: late by our own measure, and nobody's to do. */
const waitsItsOwnTime = new Set<ChannelError>(['night', 'being_made'])

/**
 * When a refused act is tried again; undefined: a person does it. Until its time is over the account may try, then people are told.
 * @param tries so far
 */
export function againAfter(
  said: { why: ChannelError; againAt?: Date },
  { tries, dueAt, at }: { tries: number; dueAt: Date; at: Date },
): Date | undefined {
  if (waitsItsOwnTime.has(said.why) && said.againAt) return said.againAt
  if (needsPerson.has(said.why) || at >= dueAt) return undefined
  const seconds = waitBeforeAgain(said.why, 'isOfAccount' in channelErrors[said.why] ? 1 : tries)
  if (seconds === undefined) return undefined
  const again = said.againAt ?? new Date(at.getTime() + seconds * 1000)
  return again < dueAt ? again : dueAt
}
