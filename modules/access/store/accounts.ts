import { now } from '#core/clock'
import type { Db } from '#core/db'
import { newId } from '#core/ids'

export interface AccountRow {
  id: string
  login: string | null
  name: string
  password_hash: string | null
  language: 'vi' | 'en'
}

export async function findAccount(db: Db, id: string): Promise<AccountRow | undefined> {
  const [row] = await db<AccountRow[]>`
    select id, login, name, password_hash, language from loa.account where id = ${id} and closed_at is null`
  return row
}

export async function findLogin(db: Db, login: string): Promise<AccountRow | undefined> {
  const [row] = await db<AccountRow[]>`
    select id, login, name, password_hash, language from loa.account
    where lower(login) = ${login.toLowerCase()} and closed_at is null`
  return row
}

export async function addAccount(db: Db, name: string): Promise<string> {
  const id = newId()
  await db`insert into loa.account (id, name, made_at) values (${id}, ${name}, ${now()})`
  return id
}

export async function setLanguageOf(db: Db, account: string, language: 'vi' | 'en') {
  await db`update loa.account set language = ${language} where id = ${account}`
}

/** A unique login; Vietnamese letters are allowed in a name, not in a login. */
export async function setLogin(db: Db, account: string, login: string, passwordHash: string) {
  await db`update loa.account set login = ${login}, password_hash = ${passwordHash} where id = ${account}`
}

export const anyAccount = async (db: Db): Promise<boolean> => {
  const rows = await db`select 1 from loa.account limit 1`
  return rows.length > 0
}

/** The password is forgotten: whoever knew it knows it no longer. */
export async function forgetPassword(db: Db, account: string) {
  await db`update loa.account set password_hash = null where id = ${account}`
}
