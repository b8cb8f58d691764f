import type { Db } from '#core/db'
import type { AddressKind, Channel, PhoneKind } from './channel.ts'
import { listAccounts } from './store-accounts.ts'

const channels = new Map<string, Channel>()

/** Makes a channel known to this process. The name is what rule packs and deliveries call it. @throws Error when another has it */
export function addChannel(channel: Channel) {
  if ((channels.get(channel.kind) ?? channel) !== channel)
    throw new Error(`a channel is called ${channel.kind} already`)
  channels.set(channel.kind, channel)
}

export const channelOf = (kind: string): Channel | undefined => channels.get(kind)

export const allChannels = (): Channel[] => [...channels.values()]

/** Kinds of phones that at least one channel reaches. */
export const phoneKindsReached = (): PhoneKind[] => [
  ...new Set([...channels.values()].flatMap(channel => channel.declares.phoneKinds)),
]

/** Kinds of contacts that a channel reaches for which the tenant has an account. */
export async function contactKindsReached(db: Db, tenant: number): Promise<AddressKind[]> {
  const accounts = (await listAccounts(db, tenant)).filter(account => account.isOn)
  const speaking = [...channels.values()].filter(({ speaksThrough, isSetUp }) =>
    accounts.some(({ kind, settings }) => kind === speaksThrough && (isSetUp?.(settings) ?? true)),
  )
  return [...new Set(speaking.map(one => one.declares.address))]
}
