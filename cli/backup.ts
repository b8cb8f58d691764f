import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { readConfig } from '#core/config'
import { startEmbedded } from '#core/embedded'
import { listBackups, readNote } from '#core/backup'
import { refuseRestore, restoreBackup } from '#core/restore'
import { readSecret } from '#core/secrets'
import { optional, Refused, type Command } from './command.ts'
import { backUp, root, withInstallation } from './installation.ts'

const withoutKey =
  'The secret key is not in it: keep DATA_DIR/secret.key (or SECRET_KEY) in another place. Without it push subscriptions and identity numbers cannot be read.'

export const backup: Command = {
  usage: '',
  about: 'Copies the running embedded database into BACKUP_DIR',
  async run(_, { say, give }) {
    const config = readConfig(process.env, root)
    if (config.databaseUrl)
      throw new Refused(
        'DATABASE_URL names a database of your own: back it up with its own tools (pg_basebackup, pg_dump)',
      )
    const made = await withInstallation({ say }, ({ opened }) => backUp(config, opened.sql, 'by_hand'))
    const folder = join(config.backupDir, made.name)
    give({ backup: folder, at: made.at.toISOString() }, `${folder}\n${withoutKey}`)
  },
}

const refusals = {
  not_a_backup: 'this is not a backup: name a folder that `loa backup` made',
  not_empty: 'the directory to restore into is used: name an empty one, nothing is ever overwritten',
  wrong_secret: 'this secret key is not the one of the backup',
} as const

function newest(backupDir: string): string {
  const last = listBackups(backupDir).at(-1)
  if (!last) throw new Refused(`there is no backup in ${backupDir}`)
  return join(backupDir, last.name)
}

function secretText(values: Record<string, unknown>): string | undefined {
  const file = values['secret-key']
  if (typeof file !== 'string') return undefined
  if (!existsSync(file)) throw new Refused(`there is no file ${file}`)
  return readFileSync(file, 'utf8').trim()
}

export const restore: Command = {
  usage: '[BACKUP] --to DIR [--secret-key FILE] [--without-secret-key]',
  about: 'Puts a backup (the newest one unless named) into an empty directory',
  options: {
    to: { type: 'string' },
    'secret-key': { type: 'string' },
    'without-secret-key': { type: 'boolean' },
  },
  async run({ values, words }, { say, give }) {
    const config = readConfig(process.env, root)
    const to = resolve(optional(values, 'to') ?? config.dataDir)
    const from = resolve(words[0] ?? newest(config.backupDir))
    const key = secretText(values)
    if (!key && !process.env['SECRET_KEY'] && !values['without-secret-key'])
      throw new Refused(
        'the secret key of the old installation is asked for: --secret-key FILE (its secret.key) or SECRET_KEY. Without it sealed things stay unreadable; then say --without-secret-key.',
      )
    const text = key ?? process.env['SECRET_KEY']
    const refusal = refuseRestore(from, to, text === undefined ? undefined : readSecret(text, ''))
    if (refusal) throw new Refused(refusals[refusal])
    say(`Restoring ${from}`)
    await restoreBackup(from, to, key)
    await startOnce(to)
    const { at, isDemo } = readNote(from)
    give(
      { restored: from, to, at },
      `Restored the state of ${at} into ${to}\nStart it with: DATA_DIR=${to} ${isDemo ? 'DEMO=1 ' : ''}npm start`,
    )
  },
}

/** The database replays its log once, so that a backup that cannot start is found out now. */
async function startOnce(dataDir: string) {
  const database = await startEmbedded(join(dataDir, 'pg'))
  await database.stop()
}
