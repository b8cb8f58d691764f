import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { readFile, storeFile } from '#core/files'

export interface FileRow {
  id: string
  notice_id: string
  hash: Buffer
  name: string
  media: string
  size: number
  pages: number | null
}

export const filesOf = (db: Db, tenant: number, notice: string) => db<FileRow[]>`
  select id, notice_id, hash, name, media, size, pages from loa.notice_file
  where commune_id = ${tenant} and notice_id = ${notice} order by id`

export async function findFile(db: Db, tenant: number, notice: string, id: string): Promise<FileRow | undefined> {
  const [row] = await db<FileRow[]>`
    select id, notice_id, hash, name, media, size, pages from loa.notice_file
    where commune_id = ${tenant} and notice_id = ${notice} and id = ${id}`
  return row
}

export async function insertFile(tx: Tx, tenant: number, row: Omit<FileRow, 'hash'> & { hash: string }): Promise<void> {
  await tx`
    insert into loa.notice_file (commune_id, id, notice_id, hash, name, media, size, pages, at)
    values (${tenant}, ${row.id}, ${row.notice_id}, ${Buffer.from(row.hash, 'hex')}, ${row.name}, ${row.media}, ${row.size},
      ${row.pages}, ${now()})`
}

export async function deleteFile(tx: Tx, tenant: number, notice: string, id: string): Promise<void> {
  await tx`delete from loa.notice_file where commune_id = ${tenant} and notice_id = ${notice} and id = ${id}`
}

/** The origin's files for a commune's copy, ids and bytes alike; those that are there already stay. */
export async function copyFiles(tx: Tx, from: number, to: number, notice: string): Promise<void> {
  const rows = await filesOf(tx, from, notice)
  for (const row of rows) {
    const file = await readFile(tx, from, row.hash.toString('hex'))
    await storeFile(tx, to, file.bytes, file.media, file.name)
    await tx`
      insert into loa.notice_file (commune_id, id, notice_id, hash, name, media, size, pages, at)
      values (${to}, ${row.id}, ${notice}, ${row.hash}, ${row.name}, ${row.media}, ${row.size}, ${row.pages}, ${now()})
      on conflict do nothing`
  }
}
