import { createHash } from 'node:crypto'
import { now } from './clock.ts'
import type { Db, Tx } from './db.ts'
import { Problem } from './problem.ts'

const partSize = 262_144

export interface StoredFile {
  hash: string
  size: number
  media: string
  name: string
}

/** Keeps bytes once a tenant and content. @returns its SHA-256 as hex, by which it is found again */
export async function storeFile(
  tx: Tx,
  tenant: number,
  bytes: Buffer,
  media: string,
  name: string,
): Promise<StoredFile> {
  const hash = createHash('sha256').update(bytes).digest()
  const file = { hash: hash.toString('hex'), size: bytes.length, media, name }
  const [isNew] = await tx`
    insert into loa.file (commune_id, hash, size, media, name, added_at)
    values (${tenant}, ${hash}, ${bytes.length}, ${media}, ${name}, ${now()})
    on conflict do nothing returning 1`
  if (!isNew) return file
  for (let part = 0; part * partSize < bytes.length; part++)
    await tx`
      insert into loa.file_part (commune_id, hash, part, bytes)
      values (${tenant}, ${hash}, ${part}, ${bytes.subarray(part * partSize, (part + 1) * partSize)})`
  return file
}

/** @throws Problem not_found */
export async function readFile(db: Db, tenant: number, hash: string): Promise<StoredFile & { bytes: Buffer }> {
  const key = Buffer.from(hash, 'hex')
  const [file] = await db<{ size: number; media: string; name: string }[]>`
    select size, media, name from loa.file where commune_id = ${tenant} and hash = ${key}`
  if (!file) throw new Problem('not_found')
  const parts = await db<{ bytes: Buffer }[]>`
    select bytes from loa.file_part where commune_id = ${tenant} and hash = ${key} order by part`
  return { ...file, hash, bytes: Buffer.concat(parts.map(p => p.bytes)) }
}
