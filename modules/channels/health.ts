// How an account is: one light, and what to do. Decisions without I/O.
import type { AccountShown } from './contract-accounts.ts'
import { needsPerson, openAfter, restsUntil } from './report-use.ts'
import type { AccountRow } from './store-accounts.ts'

type Facts = Pick<AccountRow, 'isOn' | 'pausedUntil' | 'failures' | 'trouble' | 'testedAt'>

/** @param hasSent it was asked for something before and did it */
export function healthOf(row: Facts, at: Date, hasSent: boolean): AccountShown['health'] {
  const { trouble } = row
  if (!row.isOn) return 'off'
  if (trouble && needsPerson.has(trouble)) return 'refused'
  const rests = restsUntil(row.pausedUntil, at) !== undefined
  const isSilent = trouble === 'provider_down' || trouble === 'no_line'
  if (rests && (isSilent || row.failures >= openAfter)) return 'resting'
  if (rests || trouble === 'slow_down' || trouble === 'quota_used') return 'slow'
  if (trouble) return 'troubled'
  return hasSent || row.testedAt ? 'well' : 'untried'
}
