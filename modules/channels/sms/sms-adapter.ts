import type { App } from '#core/module'
import type { Account, Adapter } from '../account.ts'
import type { HandedOver } from '../channel.ts'
import type { Encoding } from './text.ts'

/** One short message to one number, cut into its parts already. */
export interface ShortMessage {
  /** `+84…` */
  to: string
  text: string
  encoding: Encoding
  parts: readonly string[]
  /** The same after a crash: for providers that take a key. At most 32 characters of base64url. */
  key: string
}

/** A way of speaking to a provider of short messages. An accepted message has one id a part, in order, where the provider gives them. */
export interface SmsAdapter extends Adapter {
  kind: 'sms'
  send: (app: App, account: Account, message: ShortMessage) => Promise<HandedOver>
}
