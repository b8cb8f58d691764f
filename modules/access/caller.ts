import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Caller } from '#core/caller'
import { nowMs } from '#core/clock'
import { gathering } from '#core/gather'
import { socketAddress } from '#core/health'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { digest } from '#core/secrets'
import { languageOf } from '#core/words'
import { assistTokenOf, sessionCookie, sessionDays, takeAssistCookie } from './cookie.ts'
import { findSessions, markSeen, type SessionKey, type SessionRow } from './store/sessions.ts'

export const splitToken = (token: string) => {
  const found = /^([0-9a-z]{1,7})-([\w-]{20,100})$/.exec(token)
  return found ? { tenant: Number.parseInt(found[1]!, 36), secret: found[2]! } : undefined
}

const bearerOf = (c: Context) => {
  const bearer = c.req.header('authorization')
  return bearer?.startsWith('Bearer ') ? bearer.slice(7).trim() : undefined
}

/** The nearest address that is not a proxy of ours: only then is X-Forwarded-For believed. */
function addressOf(app: App, c: Context): string {
  const direct = socketAddress(c) ?? 'unknown'
  if (!app.config.trustProxy.includes(direct)) return direct
  const hops = (c.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map(hop => hop.trim())
    .filter(Boolean)
  return hops.toReversed().find(hop => !app.config.trustProxy.includes(hop)) ?? direct
}

// A revoked session must die within 5 s in every process: what is remembered is older than 3 s nowhere.
const remembered = new WeakMap<App, Map<string, { row: SessionRow | undefined; at: number }>>()
const rememberMs = 3000
const seenEveryMs = 600_000

const findSession = gathering((app, keys: readonly SessionKey[]) => findSessions(app.sql, keys))

async function sessionOf(app: App, token: string) {
  const parts = splitToken(token)
  if (!parts) return undefined
  const cache = remembered.get(app) ?? new Map<string, { row: SessionRow | undefined; at: number }>()
  remembered.set(app, cache)
  const known = cache.get(token)
  if (known && nowMs() - known.at < rememberMs) return known.row && { tenant: parts.tenant, row: known.row }
  const row = await findSession(app, { tenant: parts.tenant, digest: digest(parts.secret) })
  if (row && row.kind !== 'assist' && nowMs() - row.seen_at.getTime() > seenEveryMs)
    await markSeen(app.sql, parts.tenant, row.id, row.kind === 'resident' ? sessionDays.resident : sessionDays.staff)
  if (cache.size > 50_000) cache.clear()
  cache.set(token, { row, at: nowMs() })
  return row && { tenant: parts.tenant, row }
}

/** Forgets what this process remembers of sessions: after one was ended here. */
export const forgetSessions = (app: App) => {
  remembered.delete(app)
}

type Around = Pick<Caller, 'language' | 'address'>

/** A home; in an assisted session with who acts for it. */
const residentFrom = (around: Around, tenant: number, row: SessionRow): Caller => ({
  ...around,
  kind: 'resident',
  key: row.kind === 'assist' ? `assist:${row.id}` : `home:${row.household_id}`,
  role: 'resident',
  tenant,
  session: row.id,
  household: row.household_id!,
  ...(row.person_id ? { person: row.person_id } : {}),
  ...(row.other_homes.length ? { otherHomes: row.other_homes } : {}),
  ...(row.reads_for.length ? { readsFor: row.reads_for } : {}),
  ...(row.kind === 'assist' && {
    helper: {
      assist: row.id,
      account: row.account_id!,
      post: row.post_id!,
      role: row.role!,
      ...(row.unit_id ? { unit: row.unit_id } : {}),
    },
  }),
})

const staffFrom = (around: Around, tenant: number, row: SessionRow): Caller => ({
  ...around,
  kind: 'staff',
  key: `account:${row.account_id}`,
  tenant,
  session: row.id,
  account: row.account_id!,
  ...(row.post_id ? { post: row.post_id } : {}),
  ...(row.role ? { role: row.role } : {}),
  ...(row.unit_id ? { unit: row.unit_id } : {}),
  ...(row.path ? { path: row.path } : {}),
  ...(row.group_id ? { group: row.group_id } : {}),
})

const isWrite = (c: Context) => c.req.path.startsWith('/api/') && c.req.method !== 'GET'

/**
 * The assisted session of this browser. One that ended gives way to the helper's own; but a write that was meant for the home is not
 * taken for his. @throws Problem assist_ended
 */
async function assistedOf(app: App, c: Context) {
  const token = assistTokenOf(c)
  if (!token) return undefined
  const found = await sessionOf(app, token)
  if (found?.row.kind === 'assist') return found
  takeAssistCookie(app, c)
  if (isWrite(c)) throw new Problem('assist_ended')
  return undefined
}

/** Who asks: by bearer token, else by cookie, else anyone. @throws Problem assist_ended */
export async function callerOf(app: App, c: Context): Promise<Caller> {
  const around = { address: addressOf(app, c), language: languageOf(c.req.header('accept-language')) }
  const bearer = bearerOf(c)
  const token = bearer ?? getCookie(c, sessionCookie)
  const assisted = bearer === undefined ? await assistedOf(app, c) : undefined
  const found = assisted ?? (token ? await sessionOf(app, token) : undefined)
  if (!found) return { ...around, kind: 'anyone', key: `at:${around.address}` }
  const isHome = found.row.kind === 'resident' || found.row.kind === 'assist'
  return (isHome ? residentFrom : staffFrom)(around, found.tenant, found.row)
}
