// How far an article of the Official Account is.
import type { Db } from '#core/db'

export interface ArticleOf {
  tenant: number
  account: string
  key: string
}

export interface ArticleRow {
  key: string
  state: 'making' | 'made' | 'telling' | 'told' | 'removing'
  token: string
  articleId: string | null
  begunAt: Date
}

export async function findArticle(db: Db, { tenant, account, key }: ArticleOf): Promise<ArticleRow | undefined> {
  const [row] = await db<ArticleRow[]>`
    select key, state, token, article_id as "articleId", begun_at as "begunAt" from loa.zalo_article
    where commune_id = ${tenant} and account_id = ${account} and key = ${key}`
  return row
}

export async function findNamedArticle(db: Db, tenant: number, account: string, articleId: string) {
  const [row] = await db<ArticleRow[]>`
    select key, state, token, article_id as "articleId", begun_at as "begunAt" from loa.zalo_article
    where commune_id = ${tenant} and account_id = ${account} and article_id = ${articleId} limit 1`
  return row
}

export async function putMaking(db: Db, { tenant, account, key }: ArticleOf, m: { token: string; at: Date }) {
  await db`
    insert into loa.zalo_article (commune_id, account_id, key, state, token, begun_at)
    values (${tenant}, ${account}, ${key}, 'making', ${m.token}, ${m.at})`
}

export async function putMade(db: Db, { tenant, account, key }: ArticleOf, articleId: string) {
  await db`
    update loa.zalo_article set state = 'made', article_id = ${articleId}
    where commune_id = ${tenant} and account_id = ${account} and key = ${key} and state = 'making'`
}

/** @returns false where it was in another state */
export async function moveArticle(
  db: Db,
  { tenant, account, key }: ArticleOf,
  from: ArticleRow['state'],
  to: ArticleRow['state'],
): Promise<boolean> {
  const rows = await db`
    update loa.zalo_article set state = ${to}
    where commune_id = ${tenant} and account_id = ${account} and key = ${key} and state = ${from} returning 1`
  return rows.length > 0
}

export async function forgetArticle(db: Db, { tenant, account, key }: ArticleOf) {
  await db`delete from loa.zalo_article where commune_id = ${tenant} and account_id = ${account} and key = ${key}`
}
