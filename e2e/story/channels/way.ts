// One provider of the day: the account that the officer enters, what goes wrong there, and how homes come to it.
import type { AccountName } from './ledger.ts'

export interface Entered {
  id: string
  /** Where it calls back. */
  hook: string
}

interface Outage {
  /** Hours of the day. */
  from: number
  to: number
  strike: () => void
  over: () => void | Promise<void>
  /** For the timeline: what happened, and that it is over. */
  words: readonly [string, string]
}

export interface Way {
  account: { adapter: AccountName; name: string; settings: object; secrets: object }
  /** The officer's own address there, for a test; undefined: it needs none. */
  testTo?: string
  entered?: (account: Entered) => Promise<void>
  outage: Outage
  /** A home writes the code of its card to the account; share of the homes with a smartphone that do. [own] */
  joins?: { share: number; join: (home: { id: string; no: number }, code: string) => Promise<void> }
  stop: () => unknown
}

/** Where every simulator listens. */
export const here = '127.0.0.1'
