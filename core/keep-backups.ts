// When a backup is due, which are kept, and when the lack of one is told.
import { Gauge } from 'prom-client'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { dayOf, now, startOfDay } from './clock.ts'
import { metrics } from './metrics.ts'
import { listBackups, makeBackup, type Backup } from './backup.ts'
import type { App, Module } from './module.ts'

const day = 86_400_000
const hourOfBackup = 2

/** The latest 02:00 that has passed. */
function lastAppointment(at: Date): Date {
  const today = new Date(startOfDay(dayOf(at)).getTime() + hourOfBackup * 3_600_000)
  return today <= at ? today : new Date(today.getTime() - day)
}

export const isBackupDue = (backups: readonly Backup[], at: Date) =>
  !backups.some(backup => backup.at >= lastAppointment(at))

/** Monday's day of a moment: one name a week. */
function weekOf(at: Date): string {
  const start = startOfDay(dayOf(at))
  const weekday = (new Date(start.getTime() + 7 * 3_600_000).getUTCDay() + 6) % 7
  return dayOf(new Date(start.getTime() - weekday * day))
}

/** What may go: beyond 7 daily, the newest of each of 4 weeks, and 3 made before a migration. What a person made is never removed. */
export function tooMany(backups: readonly Backup[]): Backup[] {
  const newestFirst = backups.toReversed()
  const daily = newestFirst.filter(backup => backup.why === 'daily')
  const weekly = daily.filter((backup, n) => daily.findIndex(other => weekOf(other.at) === weekOf(backup.at)) === n)
  const kept = new Set([
    ...daily.slice(0, 7),
    ...weekly.slice(0, 4),
    ...newestFirst.filter(backup => backup.why === 'before_migration').slice(0, 3),
  ])
  return backups.filter(backup => backup.why !== 'by_hand' && !kept.has(backup))
}

/** The day of the last backup, when it is older than two days. With a database of the operator's own, backups are his. */
export async function findLateBackup(app: App): Promise<string | undefined> {
  if (app.config.databaseUrl) return undefined
  const last = listBackups(app.config.backupDir).at(-1)?.at ?? (await installedAt(app))
  return now().getTime() - last.getTime() > 2 * day ? dayOf(last) : undefined
}

async function backupAlarm(app: App): Promise<string | undefined> {
  const late = await findLateBackup(app)
  return (
    late &&
    `the last backup is older than two days (${late}); look at the log and at BACKUP_DIR, then run: npm run -s loa -- backup`
  )
}

async function installedAt(app: App): Promise<Date> {
  const [row] = await app.sql<{ changed_at: Date }[]>`select changed_at from loa.setting where key = 'installation'`
  return row?.changed_at ?? now()
}

async function backUpWhenDue(app: App) {
  const { config } = app
  if (config.databaseUrl || !isBackupDue(listBackups(config.backupDir), now())) return
  const isNew = now().getTime() - (await installedAt(app)).getTime() < 3_600_000
  if (isNew) return
  const made = await makeBackup(app.sql, { ...config, keys: app.keys }, 'daily')
  app.log.info({ backup: made.name }, 'backup made')
  for (const old of tooMany(listBackups(config.backupDir)))
    rmSync(join(config.backupDir, old.name), { recursive: true, force: true })
}

const backupAge = new Gauge({
  name: 'loa_last_backup_age_seconds',
  help: 'Age of the last backup; absent while there is none',
  registers: [metrics],
})

function measure(app: App) {
  const last = listBackups(app.config.backupDir).at(-1)
  if (last) backupAge.set((now().getTime() - last.at.getTime()) / 1000)
  else backupAge.remove()
}

/** Brings the daily backup and its red line to a running process. */
export const backups: Module = {
  name: 'backups',
  ticks: [{ name: 'backups.daily', ms: 60_000, run: backUpWhenDue }],
  measure,
  ready: backupAlarm,
}
