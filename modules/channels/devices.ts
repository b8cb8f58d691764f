// A browser joins and leaves.
import { createPublicKey } from 'node:crypto'
import { now } from '#core/clock'
import { insideOf, newId, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import type { contract } from './contract.ts'
import { dropOldest, endDevice, putDevice } from './store.ts'
import { safetyOf } from './safe-address.ts'
import { contactOf } from './webpush/contact.ts'
import { vapidOf } from './webpush/vapid.ts'

/** A point on P-256, and 16 bytes: else no message could ever be encrypted for it. */
function areKeysRight({ p256dh, auth }: { p256dh: string; auth: string }): boolean {
  const point = Buffer.from(p256dh, 'base64url')
  if (point.length !== 65 || point[0] !== 4 || Buffer.from(auth, 'base64url').length !== 16) return false
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  try {
    createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
    return true
  } catch {
    return false
  }
}

export const answers = {
  async pushKey(_, { app }) {
    if (!contactOf(app.config)) throw new Problem('push_not_set_up')
    return { publicKey: (await vapidOf(app)).publicKey }
  },
  async subscribe({ endpoint, keys }, { app, db, caller }) {
    const safety = safetyOf(endpoint, app.config.isDemo)
    if (safety !== 'safe') throw new Problem(safety === 'demo_only' ? 'device_demo' : 'device_unsafe')
    if (!areKeysRight(keys)) throw new Problem('device_keys_wrong')
    const tenant = caller.tenant!
    const device = {
      tenant,
      id: newId(),
      session: caller.session!,
      household: caller.household,
      account: caller.account,
      person: caller.person,
      digest: app.keys.mac('push', endpoint),
      sealed: app.keys.seal('push', JSON.stringify({ endpoint, keys })),
      at: now(),
    }
    const id = await putDevice(db, device)
    await dropOldest(db, device)
    return { id: outside(tenant, id) }
  },
  async unsubscribe({ deviceId }, { db, caller }) {
    const tenant = caller.tenant!
    const { session, household, account } = caller
    await endDevice(db, { tenant, id: insideOf(tenant, deviceId), session: session!, household, account, at: now() })
    return { done: true as const }
  },
} satisfies Pick<Answers<typeof contract>, 'pushKey' | 'subscribe' | 'unsubscribe'>
