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
