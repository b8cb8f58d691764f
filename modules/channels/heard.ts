// What providers tell us later, in our own words. Delivery makes evidence of it; this part only passes it on.
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import type { Account } from './account.ts'
import type { ChannelError } from './channel-errors.ts'

export type Heard =
  /** What became of one part of a message: every part must be there before the home has it. */
  | { is: 'part'; providerId: string; state: 'delivered' | 'failed'; why?: ChannelError; at: Date }
  /** Somebody said something: `from` as the channel dials it. `id` is the provider's, so that a repeat is known. */
  | { is: 'said'; id: string; from: string; words: string; at: Date }

export interface HeardBy {
  tenant: number
  account: string
  kind: string
  heard: readonly Heard[]
}

/** Passes on what an account heard, in one transaction: what is announced is not lost, and a repeat is the listener's to know. */
export const passOn = (app: App, { tenant, id: account, kind }: Account, heard: readonly Heard[]) =>
  inTransaction(app.sql, tx =>
    app.events.announce(app, tx, 'channel.heard', { tenant, account, kind, heard } satisfies HeardBy),
  )
