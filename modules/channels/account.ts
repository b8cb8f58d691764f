// An account at a provider: what a commune enters once, so that a channel may speak in its name.
import type { Db, Tx } from '#core/db'
import type { App } from '#core/module'
import type { Language } from '#core/words'
import type { HandedOver } from './channel.ts'
import type { Field, Settings } from './account-field.ts'
import type { Poster } from './poster.ts'

/** Channels that speak through an account. */
export const accountKinds = ['email', 'sms', 'zalo', 'facebook', 'telegram', 'call'] as const
export type AccountKind = (typeof accountKinds)[number]

export interface Account {
  tenant: number
  id: string
  kind: AccountKind
  /** The way of speaking: `smtp`, `smpp`, … */
  adapter: string
  name: string
  settings: Settings
  secrets: Record<string, string>
  version: number
}

/** How much an account may be asked for. Absent: no limit of its own. */
export interface Pace {
  perSecond: number
  /** Seconds' worth of sending that it may do at once after a rest; absent: two. */
  burstSeconds?: number
  /** Messages a day, Vietnam's. */
  perDay?: number
  /** At the same time. */
  parallel: number
  /** Minutes of the day in which it sends nothing but emergencies. */
  night?: { from: number; to: number }
}

export interface Host {
  host: string
  /** Else names and texts would cross the open network for everybody to read. */
  isEncrypted: boolean
}

/** A provider's call, its bytes untouched: signatures are made over them. */
export interface Called {
  raw: Buffer
  headers: Headers
  query: Record<string, string>
}

/** A few words back to whoever wrote. */
export interface Answering {
  /** Đồng at most; absent: free. */
  dong?: (settings: Settings, words: string) => number
  /** @param to as the account's kind writes an address; `key` the same for the same answer @throws Error where nobody knows whether it went */
  say: (app: App, account: Account, answer: { to: string; words: string; key: string }) => Promise<HandedOver>
}

/** An account to which its owner grants us access at the provider's own page. */
export interface Granting {
  /** `challenge` is pasted at the provider's console. `at`: granted or lost since. */
  shown: (
    db: Db,
    tenant: number,
    id: string,
  ) => Promise<{
    challenge: string
    state: 'none' | 'granted' | 'lost'
    at: Date | null
  }>
  grant: (app: App, account: Account, granted: Granted) => Promise<HandedOver>
  /** The account is taken away: what it was granted is erased. */
  forget: (tx: Tx, tenant: number, id: string) => Promise<void>
}

/** What the provider's page came back with, or tokens copied from its console. */
export type Granted = { code: string } | { accessToken: string; refreshToken: string }

/** One way of speaking to providers of a kind. */
export interface Adapter {
  kind: AccountKind
  name: string
  fields: readonly Field[]
  pace: (settings: Settings) => Pace
  /** Where these settings lead to: each must be a host that this server may connect to. */
  hosts: (settings: Settings) => readonly Host[]
  /** The provider refuses a second message with the same key, so that one whose answer was lost may go again. */
  takesKey?: (settings: Settings) => boolean
  /** Tells the provider where to call back; after the account was entered or changed. Safe to repeat. @throws Error to be asked again */
  enter?: (app: App, account: Account) => Promise<HandedOver>
  /** What the provider calls back with. @returns text, or JSON, to answer with @throws Problem where it is not the provider's */
  hear?: (app: App, account: Account, called: Called) => Promise<string | Record<string, string>>
  /** Absent: who writes cannot be answered by the same way. */
  answer?: Answering
  /** It posts by itself in places that many read. */
  poster?: Poster
  granting?: Granting
  /** Where a person finds the account, to follow it or write to it; with the home's code in the link where the provider hands it on. */
  page?: (settings: Settings, code: string) => string
  /** What else whoever manages the account should see, in words. */
  facts?: (
    db: Db,
    tenant: number,
    id: string,
    how: { language: Language; settings: Settings },
  ) => Promise<{ title: string; words: string }[]>
  /** Its test needs nobody to send to. */
  testsWithoutAddress?: true
  /** Is it an address of this channel? */
  isAddress: (to: string) => boolean
  /** Sends a test to an address that the officer typed. */
  test: (app: App, account: Account, to: string) => Promise<HandedOver>
}

const adapters = new Map<string, Adapter>()
/** @throws Error when another has its name */
export function addAdapter(adapter: Adapter) {
  if ((adapters.get(adapter.name) ?? adapter) !== adapter) throw new Error(`a way is called ${adapter.name} already`)
  adapters.set(adapter.name, adapter)
}
export const adapterOf = (name: string): Adapter | undefined => adapters.get(name)
export const allAdapters = (): Adapter[] => [...adapters.values()]
