// The installation that a command or the server works on: its database, its modules put together, the demo in a demo's database.
import { join } from 'node:path'
import { liveEarlier, now } from '#core/clock'
import { compose, type Process } from '#core/compose'
import { readConfig, type Config } from '#core/config'
import { makeBackup, type BackupReason } from '#core/backup'
import { backups } from '#core/keep-backups'
import { open, type Opened } from '#core/open'
import { keysFrom, readSecret } from '#core/secrets'
import type { Sql } from '#core/db'
import { levels } from '../architecture.ts'
import { loadDemo, type DemoSize } from '../demo/load.ts'
import { publishDemoNotices } from '../demo/notices.ts'

export const root = join(import.meta.dirname, '..')

export interface Installation {
  config: Config
  opened: Opened
  running: Process
  /** The demo was loaded just now. */
  isNewDemo: boolean
}

export interface Opening {
  config?: Config
  say: (line: string) => void
  /** Of the demo: how many villages of Sơn Động, from which seed. */
  demo?: DemoSize
}

/** A backup of the embedded database; with DATABASE_URL its keeper makes them. */
export function backUp(config: Config, sql: Sql, why: BackupReason) {
  const keys = keysFrom(readSecret(config.secretKey, join(config.dataDir, 'secret.key')))
  return makeBackup(sql, { ...config, keys }, why)
}

/** Opens, migrates, puts together; a demo's empty database gets its communes. */
export async function openInstallation({
  config = readConfig(process.env, root),
  say,
  demo,
}: Opening): Promise<Installation> {
  const [{ modules }, { callerOf, may }] = await Promise.all([import('../app.ts'), import('#access')])
  const beforeMigration = async (sql: Sql) => {
    say('The schema changes: making a backup first')
    await backUp(config, sql, 'before_migration')
  }
  const opened = await open(config, root, levels.flat(), modules, config.databaseUrl ? undefined : beforeMigration)
  const running = compose(config, opened.sql, opened.keys, [...modules, backups], { callerOf, may })
  const isNewDemo = config.isDemo && (await fillDemo(running, demo ?? demoAsked()))
  return { config, opened, running, isNewDemo }
}

/** From the environment: DEMO_SEED, DEMO_VILLAGES (the first ones only), DEMO_NOTICES=0 (nothing was said yet). */
const demoAsked = (): DemoSize => ({
  seed: Number(process.env['DEMO_SEED'] ?? 1),
  ...(process.env['DEMO_VILLAGES'] && { villages: Number(process.env['DEMO_VILLAGES']) }),
})

/** Doors open a day after a notice: the first ones of the demo are older, so that its heads have some to walk to. */
const dayAndMore = 26 * 3_600_000

/** An empty demo gets its communes and a morning of notices. @returns false when it had them */
async function fillDemo(running: Process, size: DemoSize): Promise<boolean> {
  const until = now()
  const comeBack = liveEarlier(dayAndMore)
  try {
    if (!(await loadDemo(running.app, size))) return false
    if (process.env['DEMO_NOTICES'] === '0') return true
    const said = await publishDemoNotices(running, size.seed, until)
    comeBack()
    await said.today()
    return true
  } finally {
    comeBack()
  }
}

/** Opens, works, and leaves the database as it was found: running for whoever uses it, else stopped. */
export async function withInstallation<T>(
  opening: Opening,
  work: (installation: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(opening)
  try {
    return await work(installation)
  } finally {
    await installation.running.stop()
    await installation.opened.close({ stopDatabase: 'if_unused' })
  }
}
