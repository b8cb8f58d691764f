// Times and dates in words, always Vietnam's, whatever the phone's zone says.
import { signal } from '@preact/signals'
import { language } from './words.ts'

type When = Date | string

const minute = 60_000
const day = 86_400_000
const at = (when: When) =>
  typeof when === 'string' ? new Date(when.length === 10 ? `${when}T00:00:00+07:00` : when) : when
/** A date whose UTC fields are Vietnam's clock. */
const local = (when: When) => new Date(at(when).getTime() + 7 * 3_600_000)

/** The moment now, renewed every half minute while a screen looks at it. */
export const clock = signal(Date.now())
if (typeof document !== 'undefined') {
  const look = () => {
    if (!document.hidden) clock.value = Date.now()
  }
  setInterval(look, minute / 2)
  document.addEventListener('visibilitychange', look)
}

/** ISO 8601 with Vietnam's offset: what the API takes and `<time datetime>` holds. */
export const iso = (when: When = new Date()) => `${local(when).toISOString().slice(0, 19)}+07:00`

/** `2026-11-25` */
export const dayOf = (when: When) => local(when).toISOString().slice(0, 10)

const isVi = () => language.value === 'vi'
const two = (n: number) => String(n).padStart(2, '0')

/** `7:30`, for rows and tables. */
export const hour = (when: When) => `${local(when).getUTCHours()}:${two(local(when).getUTCMinutes())}`

/** `7 giờ 30`, for sentences. */
export function hourWords(when: When): string {
  const t = local(when)
  if (!isVi()) return hour(when)
  return t.getUTCMinutes() ? `${t.getUTCHours()} giờ ${two(t.getUTCMinutes())}` : `${t.getUTCHours()} giờ`
}

const weekdays = {
  vi: ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const

export const weekday = (when: When) => weekdays[language.value][local(when).getUTCDay()]!

const yearIfOther = (when: When) => {
  const year = local(when).getUTCFullYear()
  return year === local(new Date(clock.value)).getUTCFullYear() ? '' : `/${year}`
}

/** `25/11`, and the year only if it is another. */
export const date = (when: When) => `${local(when).getUTCDate()}/${local(when).getUTCMonth() + 1}${yearIfOther(when)}`

/** The last day before an end: one of 0:00 is the day before's. */
export const lastDay = (end: When) => date(new Date(new Date(end).getTime() - 1))

/** `thứ Tư 25/11` */
export const dateWords = (when: When) => `${weekday(when)} ${date(when)}`

/** `7 giờ 30 thứ Tư 25/11` */
export const momentWords = (when: When) => `${hourWords(when)} ${dateWords(when)}`

const partsOfDay = [
  [4, 'đêm', 'in the night'],
  [11, 'sáng', 'this morning'],
  [13, 'trưa', 'at noon'],
  [18, 'chiều', 'this afternoon'],
  [24, 'tối', 'this evening'],
] as const

/** Near times in words, far ones by date: `6:40 sáng nay`, `6:40 hôm qua`, `6:40 thứ Tư`, `6:40 25/10`. */
export function near(when: When): string {
  const now = new Date(clock.value)
  const days = Math.round((at(dayOf(when)).getTime() - at(dayOf(now)).getTime()) / day)
  const clockTime = hour(when)
  if (days === 0) {
    const part = partsOfDay.find(([end]) => local(when).getUTCHours() < end)!
    return isVi() ? `${clockTime} ${part[1]} nay` : `${clockTime} ${part[2]}`
  }
  if (days === -1) return isVi() ? `${clockTime} hôm qua` : `${clockTime} yesterday`
  if (days === 1) return isVi() ? `${clockTime} ngày mai` : `${clockTime} tomorrow`
  if (days < 0 && days > -7) return `${clockTime} ${weekday(when)}`
  return `${clockTime} ${date(when)}`
}

const lengths = [
  [day, 'ngày', 'd'],
  [3_600_000, 'giờ', 'h'],
  [minute, 'phút', 'min'],
] as const

/** A stretch of time with two units at most: `2 ngày 5 giờ`, `43 phút`. */
export function stretch(ms: number): string {
  const whole = Math.max(0, Math.floor(Math.abs(ms) / minute)) * minute
  const first = lengths.findIndex(([length]) => whole >= length)
  if (first < 0) return isVi() ? 'chưa đầy 1 phút' : 'less than a minute'
  const parts: string[] = []
  let rest = whole
  for (const [length, vi, en] of lengths.slice(first, first + 2)) {
    const n = Math.floor(rest / length)
    rest -= n * length
    if (n) parts.push(`${n} ${isVi() ? vi : en}`)
  }
  return parts.join(' ')
}
