import { channelErrors } from './channel-errors.ts'
import type { HandedOver } from './channel.ts'

/** One address that has it is enough for the home; else the refusal that leaves most hope. */
export function best(said: readonly HandedOver[]): HandedOver {
  const taken = said.find(one => one.is === 'accepted')
  const hopeful = said.find(one => one.is === 'refused' && channelErrors[one.why].again !== 'never')
  return taken ?? hopeful ?? said[0] ?? { is: 'refused', why: 'address_dead' }
}
