// The ladder that every commune starts with. Basis: the product, not a law; a commune may set its own from a day on.
import type { ShippedPack } from '#core/packs'
import type { LadderPack } from './ladder.ts'

/** Minutes in which the doors of a village can be walked to. */
const walk = 120
const night = { from: 21 * 60, to: 6 * 60 }

/** What costs money comes after what is free had its chance, and for what is normal only where a commune says so. */
export const defaultLadder: ShippedPack<LadderPack> = {
  kind: 'ladder',
  from: '2025-07-01',
  basis: 'product, not law',
  source: null,
  body: {
    emergency: [
      { channel: 'push', after: 0 },
      { channel: 'email', after: 0 },
      { channel: 'zalo', after: 0 },
      { channel: 'facebook', after: 0 },
      { channel: 'telegram', after: 0 },
      { channel: 'push', after: 10, ifAsked: 'delivered' },
      { channel: 'sms', after: 10, takes: walk, ifAsked: 'delivered' },
      { channel: 'call', after: 20, takes: walk, ifAsked: 'delivered' },
      { channel: 'door', after: 30, takes: walk, ifAsked: 'delivered' },
    ],
    priority: [
      { channel: 'push', after: 0 },
      { channel: 'email', after: 0 },
      { channel: 'zalo', after: 0 },
      { channel: 'facebook', after: 0 },
      { channel: 'telegram', after: 0 },
      { channel: 'sms', after: 120, takes: walk, ifAsked: 'delivered' },
      { channel: 'door', after: 240, takes: walk, ifAsked: 'delivered' },
    ],
    normal: [
      { channel: 'push', after: 0, quiet: night },
      { channel: 'email', after: 0 },
      { channel: 'zalo', after: 0, quiet: night },
      { channel: 'facebook', after: 0, quiet: night },
      { channel: 'telegram', after: 0, quiet: night },
      { channel: 'door', after: 1440, takes: walk, atLastUsefulUnder: 'acknowledged', ifAsked: 'delivered' },
    ],
  },
}
