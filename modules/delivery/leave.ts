// How much a lane may hand over now: what its account allows. A channel without accounts asks nobody.
import type { App } from '#core/module'
import { giveBack, takeAccount, type Account, type Channel, type Waiting } from '#channels'
import type { Lane } from './store/delivery.ts'

export type Leave =
  | {
      most: number
      account?: Account
      /** What was not used is the account's again. */
      giveBack: (unused: number) => Promise<void>
    }
  | { notBefore: Date; waiting: Waiting }

export async function leaveFor(app: App, lane: Lane, channel: Channel, most: number): Promise<Leave> {
  const nothing = () => Promise.resolve()
  if (!channel.speaksThrough) return { most, giveBack: nothing }
  const { tenant, isEmergency } = lane
  const taken = await takeAccount(app, { tenant, kind: channel.speaksThrough, wanted: most, isEmergency })
  // Without an account nothing can go: the deliveries are claimed and end, so that the ladder goes on.
  if (taken === 'none') return { most, giveBack: nothing }
  if ('waitUntil' in taken) return { notBefore: taken.waitUntil, waiting: taken }
  const { account, granted } = taken
  return {
    most: granted,
    account,
    giveBack: unused => (unused > 0 ? giveBack(app, account, unused) : nothing()),
  }
}
