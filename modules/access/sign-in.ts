import type { Context } from 'hono'
import { now, today } from '#core/clock'
import { inTransaction, type Db, type Tx } from '#core/db'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { Caller } from '#core/caller'
import { digest, newToken } from '#core/secrets'
import { end } from './assist.ts'
import { forgetSessions } from './caller.ts'
import { giveCookie, mustBeOurPage, sessionDays, takeAssistCookie } from './cookie.ts'
import { isPassword } from './password.ts'
import { phoneName } from './phone-name.ts'
import { findLogin } from './store/accounts.ts'
import { postsOfAccount, type HeldPost } from './store/posts.ts'
import { renewSecret, useHome } from './store/phone-homes.ts'
import { endSession, findKind, newSession, tokenText } from './store/sessions.ts'

/** Who tries: first the account that is tried, then coarsely the address, since a village may share one. */
const perLogin = { calls: 10, seconds: 600 }
const perAddress = { calls: 1200, seconds: 600 }

/** @throws Problem too_many_requests */
export function limitTries(app: App, what: string, thing: string, address: string) {
  app.limits.spend(`${what}/${thing}`, perLogin)
  app.limits.spend(`${what}-at/${address}`, perAddress)
}

/** What the browser was in ends with the new session; also what a helper was in for a home. */
async function endOld(app: App, tx: Tx, c: Context, old: Caller) {
  if (!old.session || old.tenant === undefined) return
  if (!old.helper) return void (await endSession(tx, old.tenant, old.session))
  await end(app, tx, { tenant: old.tenant, id: old.session }, old)
  takeAssistCookie(app, c)
}

/** A new session of staff in place of the browser's old one: a secret is never carried over a sign-in. */
export async function openStaffSession(
  app: App,
  tx: Tx,
  c: Context,
  { account, post, tenant, old }: { account: string; post: string; tenant: number; old: Caller },
): Promise<void> {
  await endOld(app, tx, c, old)
  const name = phoneName(c.req.header('user-agent'))
  const { token } = await newSession(tx, { tenant, kind: 'staff', account, post, name, days: sessionDays.staff })
  giveCookie(app, c, token)
  forgetSessions(app)
}

/** Homes that one phone opens at most: a neighbour helps a few, not a village. */
const mostHomes = 10

/** A home's own phone; an assisted session is a helper's, ends on its time and takes no home along. */
const isOwnPhone = (old: Caller, tenant: number) => old.kind === 'resident' && !old.helper && old.tenant === tenant

/** Does this phone open the home already? */
export const isOpenHere = (old: Caller, tenant: number, household: string) =>
  isOwnPhone(old, tenant) && (old.household === household || Boolean(old.otherHomes?.includes(household)))

/** May the phone keep the homes that it opens beside the new one? Only within a commune. */
export const mayKeep = (old: Caller, tenant: number, household: string) =>
  isOwnPhone(old, tenant) && !isOpenHere(old, tenant, household)

export interface HomeToOpen {
  tenant: number
  household: string
  card?: string
  old: Caller
  /** The phone goes on opening its other homes too. */
  keeps?: boolean
}

/**
 * A new session of a home in place of the browser's old one; or the old one goes on with one home more, under another secret: none
 * is carried over. @throws Problem phone_full
 */
export async function openHomeSession(
  app: App,
  tx: Tx,
  c: Context,
  { tenant, household, card, old, keeps }: HomeToOpen,
) {
  const name = phoneName(c.req.header('user-agent'))
  const days = sessionDays.resident
  if (old.session && (isOpenHere(old, tenant, household) || (keeps && mayKeep(old, tenant, household)))) {
    const others = await useHome(tx, tenant, old.session, household)
    if (others >= mostHomes) throw new Problem('phone_full')
    const secret = newToken()
    await renewSecret(tx, tenant, old.session, digest(secret), new Date(now().getTime() + days * 86_400_000))
    giveCookie(app, c, tokenText(tenant, secret))
  } else {
    await endOld(app, tx, c, old)
    const { token } = await newSession(tx, { tenant, kind: 'resident', household, card, name, days })
    giveCookie(app, c, token)
  }
  forgetSessions(app)
}

/** The post that an account begins with. @throws Problem no_post when it holds none today */
export async function firstPost(db: Db, account: string): Promise<HeldPost> {
  const [first] = await postsOfAccount(db, account, today())
  if (!first) throw new Problem('no_post')
  return first
}

/** @throws Problem wrong_login, no_post, too_many_requests, cross_site */
export async function signIn(
  { login, password }: { login: string; password: string },
  { app, caller, c }: { app: App; caller: Caller; c: Context },
) {
  mustBeOurPage(c)
  limitTries(app, 'sign-in', login.toLowerCase(), caller.address)
  const account = await findLogin(app.sql, login)
  const isRight = await isPassword(password, account?.password_hash ?? undefined)
  if (!account || !isRight) throw new Problem('wrong_login')
  const post = await firstPost(app.sql, account.id)
  await inTransaction(app.sql, tx =>
    openStaffSession(app, tx, c, { account: account.id, post: post.id, tenant: post.tenant, old: caller }),
  )
  return { done: true as const }
}

/** Another of my posts, perhaps in another commune: a new session there, and the old one ends. @throws Problem not_found, token_has_one_post */
export async function actAs(post: string, { app, db, caller, c }: { app: App; db: Tx; caller: Caller; c: Context }) {
  if (caller.kind !== 'staff') throw new Problem('not_found')
  if ((await findKind(db, caller.tenant!, caller.session!)) !== 'staff') throw new Problem('token_has_one_post')
  const held = await postsOfAccount(db, caller.account!, today())
  const wanted = held.find(one => outside(one.tenant, one.id) === post)
  if (!wanted) throw new Problem('not_found')
  await openStaffSession(app, db, c, {
    account: caller.account!,
    post: wanted.id,
    tenant: wanted.tenant,
    old: caller,
  })
}
