import { randomBytes } from 'node:crypto'
import { afterAll, inject } from 'vitest'
import { otherDatabase, type Sql } from '#core/db'

/** A database of this test file's own, copied from the migrated template. */
export async function testDb(): Promise<Sql> {
  const name = `t_${randomBytes(6).toString('hex')}`
  const admin = otherDatabase(inject('server'), 'postgres', 1)
  await admin.unsafe(`create database ${name} template template_loa strategy file_copy`)
  const sql = otherDatabase(inject('server'), name, 6)
  afterAll(async () => {
    await sql.end({ timeout: 5 })
    await admin.unsafe(`drop database ${name} (force)`)
    await admin.end()
  })
  return sql
}
