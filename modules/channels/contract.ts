// A device asks to be told: web push. Runs in a browser.
import * as v from 'valibot'
import { accountsContract, budgetContract } from './contract-accounts.ts'
import { operation } from '#core/operation'
import { Done, Id } from '#core/shapes'

const base64url = (bytes: number) =>
  v.pipe(v.string(), v.regex(/^[\w-]+$/), v.minLength(Math.ceil((bytes * 4) / 3)), v.maxLength(100))

/** What `PushManager.subscribe` gives, as its `toJSON`. */
export const PushDevice = v.object({
  endpoint: v.pipe(v.string(), v.url(), v.maxLength(1000)),
  keys: v.object({ p256dh: base64url(65), auth: base64url(16) }),
})

export const contract = {
  ...accountsContract,
  ...budgetContract,
  pushKey: operation({
    method: 'GET',
    path: '/push-key',
    summary: 'The public key for PushManager.subscribe (applicationServerKey)',
    who: 'anyone',
    takes: v.object({}),
    gives: v.object({ publicKey: v.string() }),
    problems: ['push_not_set_up'],
  }),
  subscribe: operation({
    method: 'POST',
    path: '/devices',
    summary: 'This device wants to be told; the same endpoint again takes the place of the first',
    who: 'signed_in',
    takes: PushDevice,
    gives: v.object({ id: v.string() }),
    status: 201,
    problems: ['device_unsafe', 'device_demo', 'device_keys_wrong'],
    limit: { calls: 20, seconds: 60 },
  }),
  unsubscribe: operation({
    method: 'DELETE',
    path: '/devices/:deviceId',
    summary: 'This device no longer wants to be told; a repeat is answered the same',
    who: 'signed_in',
    takes: v.object({ deviceId: Id }),
    gives: Done,
  }),
}
