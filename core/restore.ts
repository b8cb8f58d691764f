// Puts a backup into an empty directory; the database replays the log at its first start there.
import {
  chownSync,
  copyFileSync,
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { proofOf, readNote, type BackupNote } from './backup.ts'
import { closeToOthers, ownerWhenRoot, whereData } from './embedded.ts'
import { keysFrom } from './secrets.ts'

export type RestoreRefusal = 'not_a_backup' | 'not_empty' | 'wrong_secret'

/** Why a backup cannot be put there; undefined when it can. */
export function refuseRestore(backup: string, dataDir: string, secret: Buffer | undefined): RestoreRefusal | undefined {
  if (!existsSync(join(backup, 'note.json'))) return 'not_a_backup'
  const isUsed = (dir: string) => existsSync(dir) && readdirSync(dir).length > 0
  if (isUsed(dataDir) || isUsed(whereData(join(dataDir, 'pg')))) return 'not_empty'
  if (secret && proofOf(keysFrom(secret)) !== readNote(backup).proof) return 'wrong_secret'
  return undefined
}

async function unpack(from: string, to: string, owner: ReturnType<typeof ownerWhenRoot>) {
  await pipeline(createReadStream(from), createZstdDecompress(), createWriteStream(to, { mode: 0o600 }))
  if (owner) chownSync(to, owner.uid, owner.gid)
}

async function writeFiles(backup: string, half: string, note: BackupNote) {
  const owner = ownerWhenRoot()
  const own = (path: string) => {
    if (owner) chownSync(path, owner.uid, owner.gid)
  }
  mkdirSync(half, { recursive: true, mode: 0o700 })
  own(half)
  for (const folder of note.folders) {
    mkdirSync(join(half, folder), { recursive: true, mode: 0o700 })
    own(join(half, folder))
  }
  for (const path of note.files) await unpack(join(backup, `${path}.zst`), join(half, path), owner)
  copyFileSync(join(backup, 'backup_label'), join(half, 'backup_label'))
  own(join(half, 'backup_label'))
}

/**
 * Fills an empty data directory from a backup.
 * @param secret the text of the old secret.key or SECRET_KEY; without it what was sealed (push subscriptions, identity numbers) stays unreadable
 */
export async function restoreBackup(
  backup: string,
  dataDir: string,
  secretFile: string | undefined,
): Promise<BackupNote> {
  const note = readNote(backup)
  mkdirSync(dataDir, { recursive: true })
  if (!note.isDemo) closeToOthers(dataDir)
  const data = whereData(join(dataDir, 'pg'))
  mkdirSync(dirname(data), { recursive: true, mode: 0o755 })
  const half = `${data}.new`
  rmSync(half, { recursive: true, force: true })
  await writeFiles(backup, half, note)
  renameSync(half, data)
  if (secretFile) writeFileSync(join(dataDir, 'secret.key'), secretFile, { mode: 0o600 })
  return note
}
