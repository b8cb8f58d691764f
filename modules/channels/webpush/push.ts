// Web push as a channel: free, encrypted for one browser, a newer message takes an older one's place.
import { now } from '#core/clock'
import type { App } from '#core/module'
import { best } from '../best.ts'
import type { Channel, Found, HandedOver, Outgoing, Piece } from '../channel.ts'
import { channelErrors } from '../channel-errors.ts'
import { purposesAsked } from '../contacts.ts'
import { buryDevice, liveDevices } from '../store.ts'
import { encryptingOf } from './encrypting.ts'
import { post, type Posted } from './post.ts'
import { askService } from './push-service.ts'
import { payloadOf, type PushPayload } from './pushed.ts'
import { safetyOf } from '../safe-address.ts'
import { authorizationFor } from './vapid.ts'

export interface Device {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** `Retry-After` in seconds or as a date. */
function againAt(retryAfter: string | undefined): Date | undefined {
  if (!retryAfter) return undefined
  const seconds = Number(retryAfter)
  const at = Number.isFinite(seconds) ? new Date(now().getTime() + seconds * 1000) : new Date(retryAfter)
  return Number.isNaN(at.getTime()) ? undefined : at
}

/** RFC 8030 and what the browsers' services answer. */
function meaningOf({ status, retryAfter }: Posted): HandedOver {
  if (status >= 200 && status < 300) return { is: 'accepted' }
  const at = againAt(retryAfter)
  const later = at ? { againAt: at } : {}
  switch (status) {
    case 401:
    case 403:
      return { is: 'refused', why: 'not_signed_in' }
    case 404:
    case 410:
      return { is: 'refused', why: 'address_dead' }
    case 413:
      return { is: 'refused', why: 'message_too_large' }
    case 429:
      return { is: 'refused', why: 'slow_down', ...later }
    default:
      return status >= 500
        ? { is: 'refused', why: 'provider_down', ...later }
        : { is: 'refused', why: 'message_refused' }
  }
}

/** How a push service treats a message: seconds it keeps it, whether it wakes the phone, what it takes the place of. */
export interface Manner {
  seconds: number
  isUrgent: boolean
  topic: string
}

/** Encrypts for one browser and posts; a dead one is buried. */
export async function toDevice(
  app: App,
  { tenant, id, sealed }: { tenant: number; id: string; sealed: string },
  payload: PushPayload,
  manner: Manner,
): Promise<HandedOver> {
  const said = await posted(app, JSON.parse(app.keys.unseal('push', sealed)) as Device, payload, manner)
  if (said.is === 'accepted') return said
  if (said.why === 'address_dead') await buryDevice(app.sql, tenant, id, now())
  if (channelErrors[said.why].isLoggable) app.log.warn({ channel: 'push', device: id, why: said.why }, 'push refused')
  return said
}

async function posted(app: App, device: Device, payload: PushPayload, manner: Manner): Promise<HandedOver> {
  const { isDemo } = app.config
  const safety = safetyOf(device.endpoint, isDemo)
  if (safety !== 'safe') return { is: 'refused', why: safety }
  const authorization = await authorizationFor(app, device.endpoint)
  if (!authorization) return { is: 'refused', why: 'not_signed_in' }
  return askService(app, device.endpoint, async () => {
    try {
      const body = await encryptingOf(app).encrypt({ ...device.keys, payload: JSON.stringify(payload) })
      const headers = { ...headersOf(manner), 'content-length': String(body.length), authorization }
      return meaningOf(await post(device.endpoint, headers, body, { isDemo }))
    } catch (error) {
      const { code } = error as { code?: string }
      return { is: 'refused', why: code === 'EUNSAFE' ? 'address_unsafe' : 'no_line' }
    }
  })
}

/** RFC 8030 chapter 5: how long it is kept, whether it wakes the phone, what it takes the place of. */
const headersOf = ({ seconds, isUrgent, topic }: Manner): Record<string, string> => ({
  ttl: String(seconds),
  urgency: isUrgent ? 'high' : 'normal',
  topic,
  'content-type': 'application/octet-stream',
  'content-encoding': 'aes128gcm',
})

async function handOver(app: App, message: Outgoing, { addresses }: Piece): Promise<HandedOver> {
  const { tenant, seconds, topic } = message
  const manner = { seconds, topic, isUrgent: message.class !== 'normal' }
  return best(
    await Promise.all(
      addresses.map(({ id, value, language }) =>
        toDevice(app, { tenant, id, sealed: value }, payloadOf(message, language), manner),
      ),
    ),
  )
}

export const push: Channel = {
  kind: 'push',
  declares: {
    takesKey: false,
    replacesByTopic: true,
    isAskable: false,
    address: 'device',
    cost: 0,
    proves: ['sent'],
    phoneKinds: ['app'],
    batch: 200,
    parallel: 40,
  },
  async find(app, tenant, householdIds, about) {
    const found: Found = new Map()
    const asked = { withReaders: !about.isPrivate, purposes: purposesAsked(about) }
    for (const device of await liveDevices(app.sql, tenant, householdIds, now(), asked)) {
      const { householdId, id, sealed, isShared, language, isRefused } = device
      const mine = found.get(householdId)
      const addresses = mine && 'addresses' in mine ? mine.addresses : []
      if (!isRefused) addresses.push({ id, value: sealed, isShared, language })
      found.set(householdId, addresses.length ? { addresses } : { optedOut: true })
    }
    return found
  },
  handOver,
  async show(_, message) {
    const { title, body = '' } = payloadOf(message)
    return { title, text: body, warnings: message.isPrivate ? ['hides_subject'] : [] }
  },
}
