// What stands on a leaf of the tear-off calendar; the lunar month is worked out only where one is shown.
import { lunarDay } from './lunar.ts'
import { dayOf, weekday } from './time.ts'
import { language } from './words.ts'

type When = Date | string
const isVi = () => language.value === 'vi'

/** `17/10 âm`, and `nhuận` in a leap month. */
function lunar(when: When): string {
  const found = lunarDay(dayOf(when))
  const words = isVi() ? (found.isLeap ? 'nhuận' : 'âm') : found.isLeap ? 'leap' : 'lunar'
  return `${found.day}/${found.month} ${words}`
}

export interface LeafDay {
  weekday: string
  day: number
  month: string
  lunar: string
}

/** What stands on a leaf of the tear-off calendar. */
export function leafOf(when: When): LeafDay {
  const [, month, dayOfMonth] = dayOf(when).split('-').map(Number)
  const name = weekday(when)
  return {
    weekday: name.charAt(0).toUpperCase() + name.slice(1),
    day: dayOfMonth!,
    month: isVi()
      ? `tháng ${month}`
      : new Date(Date.UTC(2026, month! - 1)).toLocaleDateString('en', { month: 'long', timeZone: 'UTC' }),
    lunar: lunar(when),
  }
}
