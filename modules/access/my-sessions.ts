// My own sessions, tokens and password.
import type { Caller } from '#core/caller'
import { iso } from '#core/clock'
import { pageOf, readCursor } from '#core/cursor'
import { inTransaction, isDuplicate, type Db, type Tx } from '#core/db'
import { insideOf, outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { Uuid } from '#core/shapes'
import { record } from '#core/trail'
import { forgetSessions } from './caller.ts'
import type { Doing } from './manage-posts.ts'
import { hashPassword, isPassword } from './password.ts'
import { mustBePassword } from './rules.ts'
import { limitTries } from './sign-in.ts'
import { findAccount, setLogin } from './store/accounts.ts'
import { opensHome, takeHomeFrom } from './store/phone-homes.ts'
import { tenantsOfAccount } from './store/posts.ts'
import {
  endSession,
  endSessionsOf,
  findKind,
  findOwner,
  newSession,
  sessionsOfAccount,
  sessionsOfHome,
  type ListedSession,
} from './store/sessions.ts'

interface Asked {
  cursor?: string | undefined
  limit: number
}

const read = (db: Db, caller: Caller, before: string | null, limit: number) =>
  caller.kind === 'resident'
    ? sessionsOfHome(db, { tenant: caller.tenant!, household: caller.household!, before }, limit)
    : sessionsOfAccount(db, { tenant: caller.tenant!, account: caller.account!, kind: 'staff', before }, limit)

/** Where I am signed in; for a home, its phones. @throws Problem bad_cursor */
export async function listSessions(db: Db, caller: Caller, { cursor, limit }: Asked) {
  const rows = await read(db, caller, readCursor(cursor, Uuid)?.[0] ?? null, limit + 1)
  const page = pageOf(rows, limit, last => [last.id])
  return {
    items: page.items.map(row => ({
      id: outside(caller.tenant!, row.id),
      name: row.name,
      title: row.title,
      madeAt: iso(row.made_at),
      seenAt: iso(row.seen_at),
      isThis: row.id === caller.session,
    })),
    next: page.next,
  }
}

/** Is it a session of mine, or a phone that opens my home? */
async function isMine(db: Db, caller: Caller, session: string, account: string | null) {
  if (caller.kind === 'resident') return opensHome(db, caller.tenant!, session, caller.household!)
  return account !== null && account === caller.account
}

/** A phone that opens other homes too loses only mine. @throws Problem not_found when it is not mine */
export async function endMine({ app, db, caller }: Doing, id: string, kinds: readonly string[]) {
  const tenant = caller.tenant!
  const session = insideOf(tenant, id)
  const owner = await findOwner(db, tenant, session)
  if (!owner || !kinds.includes(owner.kind) || !(await isMine(db, caller, session, owner.account_id)))
    throw new Problem('not_found')
  if (caller.kind === 'resident') await takeHomeFrom(db, tenant, caller.household!, session)
  else await endSession(db, tenant, session)
  forgetSessions(app)
  await record(db, { tenant, what: 'session.ended', by: caller, about: { kind: 'session', id: session } })
}

/** @returns how many ended */
export async function endOthers({ app, db, caller }: Doing): Promise<number> {
  if (caller.kind === 'resident') return endOtherPhones({ app, db, caller })
  const tenants = await tenantsOfAccount(db, caller.account!)
  const how = { tenants, account: caller.account!, kinds: ['staff'] as const, but: caller.session }
  const ended = await endSessionsOf(db, how)
  forgetSessions(app)
  await record(db, { tenant: caller.tenant!, what: 'sessions.ended', by: caller, data: { ended } })
  return ended
}

async function endOtherPhones({ app, db, caller }: Doing) {
  const of = { tenant: caller.tenant!, household: caller.household!, before: null }
  const others = (await sessionsOfHome(db, of, 1000)).filter(row => row.id !== caller.session)
  for (const other of others) await takeHomeFrom(db, caller.tenant!, caller.household!, other.id)
  forgetSessions(app)
  const about = { kind: 'household', id: caller.household! }
  await record(db, { tenant: caller.tenant!, what: 'sessions.ended', about, data: { ended: others.length } })
  return others.length
}

const shownToken = (tenant: number, row: ListedSession) => ({
  id: outside(tenant, row.id),
  name: row.name,
  title: row.title ?? '',
  madeAt: iso(row.made_at),
  endsAt: iso(row.ends_at),
})

/** @throws Problem bad_cursor */
export async function listTokens(db: Db, caller: Caller, { cursor, limit }: Asked) {
  const of = {
    tenant: caller.tenant!,
    account: caller.account!,
    kind: 'token' as const,
    before: readCursor(cursor, Uuid)?.[0] ?? null,
  }
  const page = pageOf(await sessionsOfAccount(db, of, limit + 1), limit, last => [last.id])
  return { items: page.items.map(row => shownToken(caller.tenant!, row)), next: page.next }
}

/** A token makes no token: one that leaked could outlive its end. @throws Problem token_makes_none, no_post */
export async function makeToken({ db, caller }: Doing, { name, days }: { name: string; days: number }) {
  const tenant = caller.tenant!
  if ((await findKind(db, tenant, caller.session!)) !== 'staff') throw new Problem('token_makes_none')
  if (!caller.post) throw new Problem('no_post')
  const made = await newSession(db, { tenant, kind: 'token', account: caller.account, post: caller.post, name, days })
  const about = { kind: 'session', id: made.id }
  await record(db, { tenant, what: 'token.made', by: caller, about, data: { days } })
  const of = { tenant, account: caller.account!, kind: 'token' as const, before: null }
  const row = (await sessionsOfAccount(db, of, 20)).find(one => one.id === made.id)!
  return { ...shownToken(tenant, row), token: made.token }
}

interface NewLogin {
  login?: string | undefined
  current?: string | undefined
  password: string
}

/** Keeps login and password. @throws Problem login_taken, password_like_login */
export async function keepLogin(tx: Tx, account: string, wanted: { login: string; password: string }, hash: string) {
  mustBePassword(wanted.password, wanted.login)
  await setLogin(tx, account, wanted.login, hash).catch((error: unknown) => {
    throw isDuplicate(error) ? new Problem('login_taken') : error
  })
}

/** @throws Problem not_found (residents have none), wrong_password, login_taken, login_needed, password_like_login */
export async function setPassword(input: NewLogin, { app, caller }: { app: App; caller: Caller }) {
  if (caller.kind !== 'staff') throw new Problem('not_found')
  const id = caller.account!
  const account = await findAccount(app.sql, id)
  if (account?.password_hash) {
    limitTries(app, 'password', id, caller.address)
    if (!(await isPassword(input.current ?? '', account.password_hash))) throw new Problem('wrong_password')
  }
  const login = input.login ?? account?.login
  if (!login) throw new Problem('login_needed')
  const hash = await hashPassword(input.password)
  await inTransaction(app.sql, async tx => {
    await keepLogin(tx, id, { login, password: input.password }, hash)
    const tenants = await tenantsOfAccount(tx, id)
    await endSessionsOf(tx, { tenants, account: id, kinds: ['staff'], but: caller.session })
    await record(tx, { tenant: caller.tenant!, what: 'password.set', by: caller })
  })
  forgetSessions(app)
}
