import type { App } from '#core/module'
import type { Account, Adapter } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { HandedOver } from '../channel.ts'

/** One call to one number. */
export interface Call {
  /** `+84…` */
  to: string
  /** Written as a voice should say it. */
  text: string
  /** How long a slow voice takes for it. */
  seconds: number
  /** The same after a crash. At most 32 characters of base64url. */
  key: string
}

/** A way of having somebody called and read to. */
export interface CallAdapter extends Adapter {
  kind: 'call'
  call: (app: App, account: Account, call: Call) => Promise<HandedOver>
}

export const isCall = (adapter: Adapter | undefined): adapter is CallAdapter => adapter?.kind === 'call'

/** Seconds that a notice may take, the keys included. */
export const mostSecondsOf = ({ mostSeconds }: Settings) => Number(mostSeconds ?? 60)

/** While whoever listens looks for the key. */
const keySeconds = 10

/** Đồng for a call that is heard to the end, by the commune's contract; 0: it names no price. */
export const priceOf = ({ dongPerCall, dongPerMinute }: Settings, seconds: number) =>
  Number(dongPerCall ?? 0) + Number(dongPerMinute ?? 0) * Math.ceil((seconds + keySeconds) / 60)
