// What a writer should look at before sending. Nothing here forbids: a person decides.
import { dayOf } from '#core/clock'
import { fold } from '#core/fold'
import { beginOf, endOf, lastUseful, type NoticePack, type Wording } from './rules.ts'

export interface Warning {
  code:
    | 'date_past'
    | 'weekday_wrong'
    | 'phone_in_text'
    | 'id_number_in_text'
    | 'internal_words'
    | 'last_useful_near'
    | 'no_way'
    | 'private_audience'
    | 'relay_after_useful'
  data: Record<string, string | number>
}

export interface About {
  wording: Wording
  isInternal: boolean
  isPrivate: boolean
  unreachable: number
  households: number
  relayDueAt: Date | undefined
}

const phone = /(?<![\d/])(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/
const idNumber = /(?<!\d)(?:\d{12}|\d{3}(?: \d{3}){3})(?!\d)/
const internalWords = [
  'luu hanh noi bo',
  'tai lieu noi bo',
  'chi dao noi bo',
  'khong pho bien',
  'tuyet mat',
  'toi mat',
  'do mat',
]
/** Numbers of Party papers end in the committee that signed: 12-CV/ĐU, 05-NQ/CB. */
const partyPaper = /[-/](?:du|cb|hu|tu|dv)$/

const weekdays = ['chu nhat', 'thu hai', 'thu ba', 'thu tu', 'thu nam', 'thu sau', 'thu bay']
const dayNames = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']
const datedWeekday = /(chu nhat|thu (?:hai|ba|tu|nam|sau|bay))(?:,? ngay|,)? (\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?/g

/** A date without a year means the nearest one. */
function nearest(day: number, month: number, at: Date): Date {
  const year = Number(dayOf(at).slice(0, 4))
  const all = [year - 1, year, year + 1].map(one => new Date(Date.UTC(one, month - 1, day)))
  return all.reduce((a, b) => (Math.abs(b.getTime() - at.getTime()) < Math.abs(a.getTime() - at.getTime()) ? b : a))
}

function wrongWeekday(text: string, at: Date): Warning | undefined {
  for (const [, name, day, month, year] of fold(text).matchAll(datedWeekday)) {
    const d = Number(day)
    const m = Number(month)
    if (m < 1 || m > 12 || d < 1 || d > 31) continue
    const date = year ? new Date(Date.UTC(Number(year), m - 1, d)) : nearest(d, m, at)
    if (weekdays[date.getUTCDay()] !== name)
      return { code: 'weekday_wrong', data: { date: `${d}/${m}`, weekday: dayNames[date.getUTCDay()]! } }
  }
  return undefined
}

const publicText = ({ title, plain, body, steps }: Wording) =>
  [title, plain, body, ...steps.flatMap(step => [step.act, step.why ?? ''])].join('\n')

const isInternalPaper = (wording: Wording) => {
  const folded = fold(publicText(wording))
  return (
    internalWords.some(words => folded.includes(words)) ||
    partyPaper.test(fold(wording.paper?.number ?? '').replaceAll(' ', ''))
  )
}

function ofDates({ wording, unreachable, relayDueAt }: About, at: Date, pack: NoticePack): Warning[] {
  const found: Warning[] = []
  const isPast =
    (wording.event && endOf(wording.event.at) <= at) || (wording.validUntil !== null && endOf(wording.validUntil) <= at)
  if (isPast) found.push({ code: 'date_past', data: {} })
  const useful = lastUseful(wording, at, pack)
  if (!isPast && useful && useful.getTime() - at.getTime() < 24 * 3_600_000)
    found.push({
      code: 'last_useful_near',
      data: { hours: Math.max(0, Math.floor((useful.getTime() - at.getTime()) / 3_600_000)), homes: unreachable },
    })
  if (!isPast && relayDueAt && wording.event && relayDueAt >= beginOf(wording.event.at))
    found.push({ code: 'relay_after_useful', data: {} })
  return found
}

/** In the order in which they matter. */
export function warningsOf(about: About, at: Date, pack: NoticePack): Warning[] {
  const { wording, isInternal, isPrivate, unreachable, households } = about
  const text = publicText(wording)
  const found = ofDates(about, at, pack)
  const weekday = wrongWeekday(text, at)
  if (weekday) found.push(weekday)
  if (!isInternal) {
    if (isPrivate) found.push({ code: 'private_audience', data: {} })
    if (isInternalPaper(wording)) found.push({ code: 'internal_words', data: {} })
    if (idNumber.test(text)) found.push({ code: 'id_number_in_text', data: {} })
    if (phone.test(text)) found.push({ code: 'phone_in_text', data: {} })
    if (unreachable) found.push({ code: 'no_way', data: { homes: unreachable, households } })
  }
  return found
}
