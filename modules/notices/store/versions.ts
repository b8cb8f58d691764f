import { now } from '#core/clock'
import type { Db, Tx } from '#core/db'
import type { FileShown } from '../files.ts'
import type { Wording } from '../rules.ts'

/** What people could read in a version. */
export interface KeptContent extends Wording {
  files: FileShown[]
}
export interface VersionRow {
  version: number
  published_id: string | null
  content: KeptContent
  by_post: string | null
  at: Date
  told_again: boolean
}

export const versionsOf = (db: Db, tenant: number, notice: string) => db<VersionRow[]>`
  select version, published_id, content, by_post, at, told_again from loa.notice_version
  where commune_id = ${tenant} and notice_id = ${notice} order by version`

export async function insertVersion(
  tx: Tx,
  tenant: number,
  notice: string,
  row: {
    version: number
    publishedId: string | null
    content: KeptContent
    account: string | null
    post: string | null
    toldAgain: boolean
  },
): Promise<void> {
  await tx`
    insert into loa.notice_version (commune_id, notice_id, version, published_id, content, by_account, by_post, at, told_again)
    values (${tenant}, ${notice}, ${row.version}, ${row.publishedId}, ${tx.json(row.content as never)}, ${row.account}, ${row.post},
      ${now()}, ${row.toldAgain})`
}
