import type { Channel, PhoneKind } from './channel.ts'

const channels = new Map<string, Channel>()

/** Makes a channel known to this process. The name is what rule packs and deliveries call it. */
export function addChannel(channel: Channel) {
  channels.set(channel.kind, channel)
}

export const channelOf = (kind: string): Channel | undefined => channels.get(kind)

/** Kinds of phones that at least one channel reaches. */
export const phoneKindsReached = (): PhoneKind[] => [
  ...new Set([...channels.values()].flatMap(channel => channel.declares.phoneKinds)),
]
