import { expect, test } from 'vitest'
import type { Backup, BackupReason } from './backup.ts'
import { isBackupDue, tooMany } from './keep-backups.ts'

const made = (at: string, why: BackupReason = 'daily'): Backup => ({ name: `${at}-${why}`, at: new Date(at), why })

test('a backup is due once after 02:00 in Vietnam', () => {
  const yesterday = made('2026-11-24T02:00:10+07:00')
  expect(isBackupDue([yesterday], new Date('2026-11-25T01:59:00+07:00'))).toBe(false)
  expect(isBackupDue([yesterday], new Date('2026-11-25T02:00:00+07:00'))).toBe(true)
  expect(isBackupDue([yesterday, made('2026-11-25T02:00:05+07:00')], new Date('2026-11-25T23:00:00+07:00'))).toBe(false)
})

test('seven daily and four weekly backups stay; what a person made is never removed', () => {
  const days = Array.from({ length: 40 }, (_, n) =>
    made(new Date(Date.parse('2026-10-01T02:00:00+07:00') + n * 86_400_000).toISOString()),
  )
  const byHand = made('2026-09-01T10:00:00+07:00', 'by_hand')
  const gone = new Set(tooMany([byHand, ...days]))
  const kept = [byHand, ...days].filter(backup => !gone.has(backup))
  expect(kept).toContain(byHand)
  expect(kept.slice(-7)).toEqual(days.slice(-7))
  // the newest of the weeks before: Sunday 1 November, 25 October; this week's and last week's are among the seven
  expect(kept).toHaveLength(1 + 7 + 2)
})
