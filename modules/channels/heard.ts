// What providers tell us later, in our own words. Delivery makes evidence of it; this part only passes it on.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import type { Account, AccountKind } from './account.ts'
import type { ChannelError } from './channel-errors.ts'
import type { AddressKind } from './channel.ts'

export type Heard =
  /**
   * What became of one part of a message: every part must be there before the home has it. `acknowledged` is a button of the message
   * or a key in the call; where several homes share the address it is taken for none of them.
   */
  | {
      is: 'part'
      providerId: string
      state: 'delivered' | 'failed' | 'seen' | 'acknowledged'
      why?: ChannelError
      at: Date
    }
  /**
   * Somebody said something. `from` as this account's kind writes an address: a number, a user's id. `id` is the provider's, so that a
   * repeat is known.
   */
  | { is: 'said'; id: string; from: string; words: string; at: Date }
  /** Somebody wrote under a post of ours, for everybody to read; `id` is the provider's, by which it is answered there. */
  | { is: 'commented'; id: string; post: string; words: string; at: Date }
  /** Somebody follows the account, or opened it by a link with a home's code. */
  | { is: 'joined'; id: string; from: string; code?: string; at: Date }
  /** Somebody follows it no more, or blocked it: nothing is sent there any more. */
  | { is: 'left'; id: string; from: string; at: Date }

export interface HeardBy {
  tenant: number
  account: string
  kind: AccountKind
  heard: readonly Heard[]
}

/** How an account's provider names people. */
export const addressOfAccount = {
  email: 'email',
  sms: 'phone',
  call: 'phone',
  zalo: 'zalo',
  facebook: 'facebook',
  telegram: 'telegram',
} as const satisfies Record<AccountKind, AddressKind>

/** In the caller's transaction: what is announced is not lost, and a repeat is the listener's to know. */
export const announceHeard = (app: App, tx: Tx, { tenant, id: account, kind }: Account, heard: readonly Heard[]) =>
  app.events.announce(app, tx, 'channel.heard', { tenant, account, kind, heard } satisfies HeardBy)
