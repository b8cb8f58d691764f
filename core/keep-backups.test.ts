import { expect, test } from 'vitest'
import type { Backup, BackupReason } from './backup.ts'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { backups, isBackupDue, tooMany } from './keep-backups.ts'

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

test('when the last backup is two days old, chair and officer read it in red, and the server is not ready', async () => {
  const { app, ask } = await testApp({ backupDir: '/tmp/loa-no-such-backups' })
  const commune = await testCommune(app.sql)
  await app.sql`
    insert into loa.setting (key, value, changed_at) values ('installation', '{"kind":"real"}', ${new Date(Date.now() - 3 * 86_400_000)})
    on conflict (key) do update set changed_at = excluded.changed_at`
  const chair = await ask('GET', 'me', { token: await commune.staff('commune_chair') })
  expect(chair.body.alarm).toContain('đã quá hai ngày')
  const head = await ask('GET', 'me', { token: await commune.staff('village_head', commune.villages[0]!.id) })
  expect(head.body.alarm).toBeUndefined()
  expect(await backups.ready!(app)).toContain('older than two days')
})
