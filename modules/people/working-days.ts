// The law counts in working days; which days are none is data of the rule pack.
import { dayOf, endOfDay } from '#core/clock'

export interface RequestRules {
  /** Working days within which a request is answered. */
  answerWorkingDays: number
  /** Public holidays, as `2027-02-06`. */
  holidays: string[]
}

const dayMs = 86_400_000
const weekday = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay()
const next = (day: string) => new Date(new Date(`${day}T00:00:00Z`).getTime() + dayMs).toISOString().slice(0, 10)

const isWorking = (day: string, holidays: readonly string[]) =>
  weekday(day) !== 0 && weekday(day) !== 6 && !holidays.includes(day)

/** The end of the last working day; the day of asking is not counted. */
export function answerBy(at: Date, { answerWorkingDays, holidays }: RequestRules): Date {
  let day = dayOf(at)
  for (let left = answerWorkingDays; left > 0;) {
    day = next(day)
    if (isWorking(day, holidays)) left--
  }
  return endOfDay(day)
}
