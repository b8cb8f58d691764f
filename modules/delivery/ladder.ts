// The ladder of a message: which channel is tried when, and the door at last. Decisions without I/O.
import { minuteOfDay } from '#core/clock'
import { levelNo, type LevelName, type MessageClass } from './levels.ts'

/** Minutes since midnight in Vietnam; `from` 1260 `to` 360 is 21:00–06:00. */
export interface QuietHours {
  from: number
  to: number
}

/** One rung as a rule pack writes it. */
export interface Rung {
  /** Of several, a home gets the cheapest by which it can be found, and the next when nothing comes of that: never two at once. */
  channel: string | string[]
  /** Of several: minutes that each has, before the next one follows for homes that are not yet at the level asked. */
  each?: number
  /** Minutes after the homes can see the message. */
  after: number
  quiet?: QuietHours
  /** Waits for the last useful moment, where the message has one and asks for less than this; else `after` holds. */
  atLastUsefulUnder?: LevelName
  /** Minutes that it takes: it begins so long before the last useful moment at the latest. */
  takes?: number
  /** Only where the message asks for at least this. */
  ifAsked?: LevelName
}
export type LadderPack = Record<MessageClass, Rung[]>

export const channelsOf = ({ channel }: Pick<Rung, 'channel'>): string[] => [channel].flat()

const minute = 60_000

/** Where the pack says nothing: minutes for each channel of a rung. */
const eachOf: Record<MessageClass, number> = { emergency: 5, priority: 30, normal: 240 }
export const patienceOf = (rung: Rung, is: MessageClass) => (rung.each ?? eachOf[is]) * minute

/** When a rung of several channels is looked at again: while something of it is open, and the message is of use. */
export function nextLook(isOpen: boolean, at: number, patience: number, end: number): number | undefined {
  return isOpen && at + patience < end ? at + patience : undefined
}

/** A rung of several channels is looked at again under this number, until every home is there or was told by all that find it. */
const again = 100
export const againOf = (step: number) => (step % again) + again
export const isAgain = (step: number) => step > again
export const placeOf = (step: number) => step % again

export interface Step {
  /** The rung's place in the pack, from 1: a rung that is left out leaves a gap. */
  step: number
  /** The first that the rung names. */
  channel: string
  dueAt: Date
}

export interface Timing {
  class: MessageClass
  ask: LevelName
  /** When the homes can see it. */
  visibleAt: Date
  lastUsefulAt?: Date | undefined
}

const isQuiet = (at: Date, { from, to }: QuietHours) => {
  const m = minuteOfDay(at)
  return from <= to ? m >= from && m < to : m >= from || m < to
}
const minutesTo = (at: Date, minuteOfDayWanted: number) => (minuteOfDayWanted - minuteOfDay(at) + 1440) % 1440

/** The first moment from `at` on that is not quiet, to the minute. */
export function afterQuiet(at: Date, quiet: QuietHours | undefined): Date {
  if (!quiet || !isQuiet(at, quiet)) return at
  const whole = new Date(Math.floor(at.getTime() / minute) * minute)
  return new Date(whole.getTime() + minutesTo(whole, quiet.to) * minute)
}

/** The last moment up to `at` that is not quiet. */
function beforeQuiet(at: Date, quiet: QuietHours | undefined): Date {
  if (!quiet || !isQuiet(at, quiet)) return at
  const back = (minuteOfDay(at) - quiet.from + 1440) % 1440
  return new Date(Math.floor(at.getTime() / minute) * minute - (back + 1) * minute)
}

/** When the rung is due, or undefined when it cannot be in time. */
function dueOf(rung: Rung, { ask, visibleAt, lastUsefulAt }: Timing): Date | undefined {
  const latest = lastUsefulAt && new Date(lastUsefulAt.getTime() - (rung.takes ?? 0) * minute)
  const isPatient = rung.atLastUsefulUnder && levelNo(ask) < levelNo(rung.atLastUsefulUnder)
  const usual = isPatient && latest ? latest : new Date(visibleAt.getTime() + rung.after * minute)
  const wanted = usual < visibleAt ? visibleAt : usual
  const forward = afterQuiet(wanted, rung.quiet)
  if (!latest || forward <= latest) return forward
  const back = beforeQuiet(latest, rung.quiet)
  if (back >= visibleAt) return back
  // Too late already: a door is still worth knocking at, a push that may not ring now is not.
  return rung.quiet && isQuiet(visibleAt, rung.quiet) ? undefined : visibleAt
}

/**
 * The steps in order. None is before the homes can see it, none in its quiet hours, none after the last useful moment
 * (when that has passed already: at once), and no step is due before the one ahead of it.
 */
export function ladderOf(pack: LadderPack, timing: Timing): Step[] {
  const steps: Step[] = []
  for (const [n, rung] of pack[timing.class].entries()) {
    if (rung.ifAsked && levelNo(timing.ask) < levelNo(rung.ifAsked)) continue
    const dueAt = dueOf(rung, timing)
    const before = steps.at(-1)?.dueAt
    const inOrder = dueAt && before && before > dueAt ? afterQuiet(before, rung.quiet) : dueAt
    if (!inOrder) continue
    steps.push({ step: n + 1, channel: channelsOf(rung)[0]!, dueAt: inOrder })
  }
  return steps
}

/** The rung that a step's channel stands on. */
export function rungOf(rungs: readonly Rung[], { step, channel }: Pick<Step, 'step' | 'channel'>): Rung | undefined {
  const names = (rung: Rung | undefined) => rung && channelsOf(rung).includes(channel)
  const here = rungs[placeOf(step) - 1]
  return names(here) ? here : rungs.find(names)
}
