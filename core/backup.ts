// Backups of the embedded database: it brings no pg_dump, so its files are copied while it runs, between pg_backup_start and
// pg_backup_stop on one held connection, with the log written meanwhile. A replication slot of that connection keeps the log from being recycled.
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { iso, now } from './clock.ts'
import type { Db, Sql } from './db.ts'
import { whereData } from './embedded.ts'
import type { Keys } from './secrets.ts'

export interface Backup {
  /** The folder's name: when it was made, and why. */
  name: string
  at: Date
  why: BackupReason
}
export type BackupReason = 'daily' | 'by_hand' | 'before_migration'

/** What stands beside the copied files. */
export interface BackupNote {
  at: string
  why: BackupReason
  isDemo: boolean
  /** Made with the secret: shows whether the right one was handed to `restore`, and opens nothing. */
  proof: string
  folders: string[]
  files: string[]
}

/** Folders whose contents belong to the running server alone. The log is copied at the end. */
const emptied = new Set([
  'pg_wal',
  'pg_dynshmem',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
])
const skipped = /^(postmaster\.(pid|opts)|pg_internal\.init|pgsql_tmp.*|.*\.log)$/

function* walk(root: string, at = ''): Generator<{ path: string; isFolder: boolean }> {
  for (const entry of readdirSync(join(root, at), { withFileTypes: true })) {
    const path = at ? `${at}/${entry.name}` : entry.name
    if (skipped.test(entry.name)) continue
    if (entry.isDirectory()) {
      yield { path, isFolder: true }
      if (!emptied.has(path)) yield* walk(root, path)
    } else if (entry.isFile()) yield { path, isFolder: false }
  }
}

/** A file may go away between the list and the copy: the log then says so too. */
async function copyFile(from: string, to: string): Promise<boolean> {
  try {
    await pipeline(createReadStream(from), createZstdCompress(), createWriteStream(to, { mode: 0o600 }))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    rmSync(to, { force: true })
    return false
  }
}

async function copyAll(data: string, to: string, note: BackupNote) {
  for (const { path, isFolder } of walk(data)) {
    if (isFolder) {
      mkdirSync(join(to, path), { mode: 0o700 })
      note.folders.push(path)
    } else if (await copyFile(join(data, path), join(to, `${path}.zst`))) note.files.push(path)
  }
}

async function copyLog(data: string, to: string, note: BackupNote) {
  for (const name of readdirSync(join(data, 'pg_wal')))
    if (/^[0-9A-F]{24}$/.test(name) && (await copyFile(join(data, 'pg_wal', name), join(to, 'pg_wal', `${name}.zst`))))
      note.files.push(`pg_wal/${name}`)
}

/** What a kill in the middle left. Only while the slot is held: then nobody else is making one. */
function removeHalves(backupDir: string) {
  for (const name of readdirSync(backupDir))
    if (name.startsWith('.half-')) rmSync(join(backupDir, name), { recursive: true, force: true })
}

const stampOf = (at: Date) => iso(at).slice(0, 19).replaceAll(':', '')

/** Where and of what a backup is made. */
export interface Keeping {
  dataDir: string
  backupDir: string
  isDemo: boolean
  keys: Pick<Keys, 'mac'>
}

export const proofOf = (keys: Pick<Keys, 'mac'>) => keys.mac('backup', 'which key').toString('hex')

/** Fills a folder that is only renamed when everything is in it; what fails in the middle leaves nothing. */
async function fillHalf(held: Db, half: string, data: string, note: BackupNote) {
  mkdirSync(half, { mode: 0o700 })
  try {
    await held`select pg_backup_start(${note.at}, true)`
    await copyAll(data, half, note)
    const [stopped] = await held<{ labelfile: string; spcmapfile: string }[]>`
      select labelfile, spcmapfile from pg_backup_stop(false)`
    writeFileSync(join(half, 'backup_label'), stopped!.labelfile, { mode: 0o600 })
    await copyLog(data, half, note)
    writeFileSync(join(half, 'note.json'), JSON.stringify(note), { mode: 0o600 })
  } catch (error) {
    rmSync(half, { recursive: true, force: true })
    throw error
  }
}

/**
 * Copies the whole embedded database into a folder of `backupDir`; the folder gets its name only when everything is in it.
 * The secret key is not in it: without the key, what is sealed stays sealed.
 */
export async function makeBackup(sql: Sql, keeping: Keeping, why: BackupReason): Promise<Backup> {
  const { backupDir, isDemo, keys } = keeping
  const at = now()
  const name = `${stampOf(at)}-${why}`
  const half = join(backupDir, `.half-${name}`)
  const note: BackupNote = { at: iso(at), why, isDemo, proof: proofOf(keys), folders: [], files: [] }
  mkdirSync(backupDir, { recursive: true, mode: 0o700 })
  const held = await sql.reserve()
  try {
    await held`select pg_create_physical_replication_slot('loa_backup', true, true)`
    removeHalves(backupDir)
    await fillHalf(held, half, whereData(join(keeping.dataDir, 'pg')), note)
    renameSync(half, join(backupDir, name))
  } finally {
    await held`select pg_drop_replication_slot('loa_backup')`.catch(() => {})
    held.release()
  }
  return { name, at, why }
}

/** The whole backups of a folder, oldest first. */
export function listBackups(backupDir: string): Backup[] {
  if (!existsSync(backupDir)) return []
  return readdirSync(backupDir)
    .toSorted()
    .flatMap(name => {
      const found = /^(\d{4}-\d\d-\d\dT)(\d\d)(\d\d)(\d\d)-(daily|by_hand|before_migration)$/.exec(name)
      if (!found) return []
      const at = new Date(`${found[1]}${found[2]}:${found[3]}:${found[4]}+07:00`)
      return [{ name, at, why: found[5] as BackupReason }]
    })
}

export const readNote = (folder: string) => JSON.parse(readFileSync(join(folder, 'note.json'), 'utf8')) as BackupNote
