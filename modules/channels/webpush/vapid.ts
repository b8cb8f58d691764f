// The installation's key pair for push services (RFC 8292): made at the first start, the private half sealed.
import webpush from 'web-push'
import { nowMs } from '#core/clock'
import type { App } from '#core/module'
import { findSetting, keepSetting } from '../store.ts'
import { contactOf } from './contact.ts'

interface Vapid {
  publicKey: string
  privateKey: string
}
const key = 'webpush.vapid'
const pairs = new WeakMap<App, Promise<Vapid>>()

async function findOrMake(app: App): Promise<Vapid> {
  const found = await findSetting<{ publicKey: string; sealed: string }>(app.sql, key)
  if (found) return { publicKey: found.publicKey, privateKey: app.keys.unseal('vapid', found.sealed) }
  const made = webpush.generateVAPIDKeys()
  await keepSetting(app.sql, key, { publicKey: made.publicKey, sealed: app.keys.seal('vapid', made.privateKey) })
  return findOrMake(app)
}

/** The keys; of two processes that start at once the first one's hold. */
export function vapidOf(app: App): Promise<Vapid> {
  const mine = pairs.get(app) ?? findOrMake(app)
  pairs.set(app, mine)
  mine.catch(() => pairs.delete(app))
  return mine
}

const hours = 12
const headers = new WeakMap<App, Map<string, { header: string; madeAt: number }>>()

/** The Authorization of a push service's origin, signed anew every few hours; undefined where nobody is named to write to. */
export async function authorizationFor(app: App, endpoint: string): Promise<string | undefined> {
  const contact = contactOf(app.config)
  if (!contact) return undefined
  const { origin } = new URL(endpoint)
  const mine = headers.get(app) ?? new Map<string, { header: string; madeAt: number }>()
  headers.set(app, mine)
  const known = mine.get(origin)
  // Made in the future: our clock was set back since, and what it says of its own end may be wrong by days.
  const age = known ? nowMs() - known.madeAt : -1
  if (known && age >= 0 && age < (hours / 2) * 3_600_000) return known.header
  const { publicKey, privateKey } = await vapidOf(app)
  const expires = Math.floor(nowMs() / 1000) + hours * 3600
  const { Authorization } = webpush.getVapidHeaders(origin, contact, publicKey, privateKey, 'aes128gcm', expires)
  if (mine.size > 1000) mine.clear()
  mine.set(origin, { header: Authorization, madeAt: nowMs() })
  return Authorization
}
