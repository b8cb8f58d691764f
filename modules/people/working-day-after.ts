import type { Db } from '#core/db'
import { rulesNow } from './store-own.ts'
import { answerBy } from './working-days.ts'

/** The end of the last of so many working days, by the commune's own holidays; the day of `at` is not counted. */
export async function workingDayAfter(db: Db, tenant: number, at: Date, days: number): Promise<Date> {
  const { rules } = await rulesNow(db, tenant)
  return answerBy(at, { ...rules, answerWorkingDays: days })
}
