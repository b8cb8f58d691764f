// Places that many read and in which an account of ours posts by itself: a page, a group of an official account. Each is an *outlet*.
import type { App } from '#core/module'
import type { Account } from './account.ts'
import type { HandedOver } from './channel.ts'
import type { ChannelError } from './channel-errors.ts'

export interface Outlet {
  /** As the provider names it. */
  id: string
  name: string
  /** Key of the words by which it is called, where it has no name of its own. */
  words?: string
  /** About how many follow it, where the provider says so. */
  members?: number
  /** Where a person finds it. */
  url?: string
}

export interface Post {
  title: string
  /** Whole, with the link in it. */
  text: string
  /** The outlet's own link to the notice. */
  link: string
  /** Who says it: the office, never a person. */
  author: string
  isEmergency: boolean
  pictures: readonly { bytes: Buffer; media: string; name: string }[]
  /** Where everybody finds the notice's own picture, and those above that providers fetch themselves. */
  card: string
  pictureAddresses: readonly string[]
  /** Publication × outlet × try: for providers that take a key. */
  key: string
}

/** `ids`: the provider's name for the post. */
export type Posted = HandedOver & { url?: string }
/** `unknown`: it went, and no answer came. */
export type PostSaid = Posted | { is: 'unknown' }

/** How an account posts by itself. An act throws where nobody knows whether it was done. */
export interface Poster {
  platform: 'zalo' | 'facebook' | 'other'
  /** The provider refuses a second post with the same key: what was lost may go again. */
  takesKey: boolean
  /** What this account posts in, or why it cannot say. */
  outlets: (app: App, account: Account) => Promise<readonly Outlet[] | ChannelError>
  post: (app: App, account: Account, outlet: string, post: Post) => Promise<Posted>
  /** Other words in the same post; absent: the provider has no way. May be repeated. */
  change?: (app: App, account: Account, outlet: string, id: string, post: Post) => Promise<Posted>
  /** Takes the post away; absent: a person does. May be repeated: what is gone already is gone. */
  remove?: (app: App, account: Account, outlet: string, id: string) => Promise<Posted>
  /** Takes away what a post that did not end left there; absent: it leaves nothing. @param key of the post. May be repeated. */
  drop?: (app: App, account: Account, outlet: string, key: string) => Promise<Posted>
  /** Words under what somebody wrote there, for everybody to read; absent: a person answers there. */
  answer?: (app: App, account: Account, comment: string, words: string) => Promise<Posted>
}
