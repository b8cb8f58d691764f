// Web push as a channel: free, encrypted for one browser, a newer message takes an older one's place.
import webpush from 'web-push'
import { now } from '#core/clock'
import type { App } from '#core/module'
import type { Channel, Found, HandedOver, Outgoing, Piece } from '../channel.ts'
import { channelErrors } from '../channel-errors.ts'
import { buryDevice, liveDevices } from '../store.ts'
import { post, type Posted } from './post.ts'
import { payloadOf } from './pushed.ts'
import { safetyOf } from './safe-address.ts'
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
export function meaningOf({ status, retryAfter }: Posted): HandedOver {
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

async function toDevice(app: App, message: Outgoing, device: Device): Promise<HandedOver> {
  const { isDemo } = app.config
  const safety = safetyOf(device.endpoint, isDemo)
  if (safety !== 'safe') return { is: 'refused', why: safety }
  try {
    const asked = webpush.generateRequestDetails(device, JSON.stringify(payloadOf(message)), {
      TTL: message.seconds,
      urgency: message.class === 'normal' ? 'normal' : 'high',
      topic: message.topic,
      headers: { Authorization: await authorizationFor(app, device.endpoint) },
    })
    return meaningOf(await post(device.endpoint, asked.headers, asked.body, { isDemo }))
  } catch (error) {
    const { code } = error as { code?: string }
    return { is: 'refused', why: code === 'EUNSAFE' ? 'address_unsafe' : 'no_line' }
  }
}

/** One device that has it is enough for the home; else the refusal that leaves most hope. */
function together(said: readonly HandedOver[]): HandedOver {
  const best = said.find(one => one.is === 'accepted')
  const hopeful = said.find(one => one.is === 'refused' && channelErrors[one.why].again !== 'never')
  return best ?? hopeful ?? said[0] ?? { is: 'refused', why: 'address_dead' }
}

async function handOver(app: App, message: Outgoing, { addresses }: Piece): Promise<HandedOver> {
  const said = await Promise.all(
    addresses.map(async ({ id, value }) => {
      const one = await toDevice(app, message, JSON.parse(app.keys.unseal('push', value)) as Device)
      if (one.is === 'refused' && one.why === 'address_dead') await buryDevice(app.sql, message.tenant, id, now())
      if (one.is === 'refused' && channelErrors[one.why].isLoggable)
        app.log.warn({ channel: 'push', device: id, why: one.why }, 'push refused')
      return one
    }),
  )
  return together(said)
}

export const push: Channel = {
  kind: 'push',
  declares: {
    takesKey: false,
    replacesByTopic: true,
    isAskable: false,
    cost: 0,
    proves: ['sent'],
    phoneKinds: ['app'],
    batch: 200,
    parallel: 40,
  },
  async find(app, tenant, householdIds) {
    const found: Found = new Map()
    for (const { householdId, id, sealed } of await liveDevices(app.sql, tenant, householdIds, now())) {
      const mine = found.get(householdId)
      if (mine && 'addresses' in mine) mine.addresses.push({ id, value: sealed })
      else found.set(householdId, { addresses: [{ id, value: sealed }] })
    }
    return found
  },
  handOver,
}
