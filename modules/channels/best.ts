import { channelErrors } from './channel-errors.ts'
import type { HandedOver } from './channel.ts'

/**
 * One address that has it is enough for the home, and what is told later of any of them counts for it; else the refusal that leaves most
 * hope.
 */
export function best(said: readonly HandedOver[]): HandedOver {
  const taken = said.find(one => one.is === 'accepted')
  if (taken) {
    const ids = said.flatMap(one => (one.is === 'accepted' ? (one.ids ?? []) : []))
    return ids.length ? { ...taken, ids } : taken
  }
  const hopeful = said.find(one => one.is === 'refused' && channelErrors[one.why].again !== 'never')
  return hopeful ?? said[0] ?? { is: 'refused', why: 'address_dead' }
}

/**
 * Calls to several addresses of one home, made together. Where one of them took it, an answer that another lost changes nothing.
 * @throws what a call threw where none took it: nobody knows whether it went
 */
export async function together(calls: readonly Promise<HandedOver>[]): Promise<HandedOver[]> {
  const ends = await Promise.allSettled(calls)
  const said = ends.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []))
  const lost = ends.find(one => one.status === 'rejected')
  if (lost && !said.some(one => one.is === 'accepted')) throw lost.reason
  return said
}
