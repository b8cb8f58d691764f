// The one interface between delivery and every way out: web push now; SMS, Zalo, Facebook, e-mail and calls the same way.
import type { Language } from '#core/words'
import type { App } from '#core/module'
import type { ContactKind } from '#people'
import type { Account, AccountKind } from './account.ts'
import type { Settings } from './account-field.ts'
import type { ChannelError } from './channel-errors.ts'

/** What a home has to have for a channel to find it, as the register of homes says. */
export type PhoneKind = 'app' | 'voice' | 'none'

/** What a channel finds a home by: a browser that joined, or a contact of its people. */
export type AddressKind = 'device' | ContactKind

/** Levels that a channel can prove by itself. `sent` is no reach. */
export type Proof = 'sent' | 'exposed' | 'delivered' | 'seen' | 'acknowledged'

/** What a channel says of itself. Delivery decides from it what happens after a crash, and in which order channels are tried. */
export interface Declared {
  /** The provider refuses a second message with the same key. */
  takesKey: boolean
  /** A second message with the same topic takes the place of the first one on the phone. */
  replacesByTopic: boolean
  /** The provider can be asked what became of a key: then the channel has `ask`. */
  isAskable: boolean
  address: AddressKind
  /** Đồng for one address; 0 where it is free. A paid channel goes to one address of a home, a free one to all. */
  cost: number
  proves: readonly Proof[]
  /** Homes with such a phone are within its reach, before anybody has looked for an address. */
  phoneKinds: readonly PhoneKind[]
  /** Homes handed over in one go, and how many of them at a time. */
  batch: number
  parallel: number
}

/** What goes out, the same for every home of a publication. */
export interface Outgoing {
  tenant: number
  /** Ids as they leave the server. */
  subjectId: string
  publishedId: string
  subject: string
  version: number
  class: 'normal' | 'priority' | 'emergency'
  /** May a person stop it? */
  isOptional: boolean
  /** A private message shows no subject on a locked phone. */
  isPrivate: boolean
  title: string
  /** The first words: plain ones where the author wrote them. */
  words: string
  /** All of them, for channels with room. */
  text: string
  /** Who says it: the office, never a person. */
  author: string
  /** A dated notice: when and where. */
  event:
    | {
        at: Date
        place: string
        /** No hour was named: `at` is where the day begins. */
        isWholeDay?: boolean
      }
    | undefined
  /** Told by it that the commune really said it. */
  checkCode: string
  /** Same for every round of the subject: a newer message takes an older one's place. At most 32 characters of base64url. */
  topic: string
  /** Seconds for which it is of use. */
  seconds: number
}

/** One home's share of an outgoing message, or a shared address's. It names nobody. */
export interface Piece {
  /** Message × home (or shared address) × channel × step: the same after a crash. */
  key: string
  /** Whose delivery carries it. */
  householdId: string
  /** Where it goes; what it holds is the channel's own affair. A shared one stands alone. */
  addresses: readonly Address[]
  /** Opens the message for this home; the app itself where the message is private. */
  link: string
}
export interface Address {
  /** The same whichever home names it; not the number itself. */
  id: string
  value: string
  /** Of whoever reads there, where it is known: for the channel's own words. */
  language?: Language
  /** Other homes name it too: it gets the text once, and what comes of it counts for them all. */
  isShared?: boolean
  /** The contact by which it was found; absent for a device. */
  contact?: string
}

export type HandedOver =
  | {
      is: 'accepted'
      /** The provider's own names for it, one a part: by them it says later what became of each. */
      ids?: readonly string[]
      parts?: number
      /** What it costs, in đồng. */
      dong?: number
    }
  | { is: 'refused'; why: ChannelError; /** Not before: the provider's own wish. */ againAt?: Date }

/** Where homes are found, the best address of each first. A home that is absent has no address. */
export type Found = Map<string, { addresses: Address[] } | { optedOut: true }>

/** What decides who may be asked: nobody reads what is private for others, and an emergency stops at no refusal. */
export type About = Pick<Outgoing, 'class' | 'isPrivate' | 'isOptional'>

/** What a writer should look at. Sentences are words: `channel.show_<code>`. */
export const showWarnings = ['cut', 'cut_call', 'hides_subject', 'no_price', 'no_account'] as const
export type ShowWarning = (typeof showWarnings)[number]

/** One text and what it weighs. */
export interface ShownText {
  /** As it is read there, from the first word to the link. */
  text: string
  /** Of what goes in parts: how many, and in which letters. */
  parts?: number
  encoding?: 'gsm7' | 'ucs2'
  /** Đồng at most for one address; absent: free, or nobody knows the price. */
  dong?: number
}

/** A message as it looks where it arrives, at a home that stands for all. Nothing is sent, asked for or kept. */
export interface ShownAs extends ShownText {
  /** What stands over it: a letter's subject, a push's title. Absent: there is no such thing. */
  title?: string
  warnings: ShowWarning[]
  /** The other way of saying it that the account could be set to: with marks where it goes without, without where it goes with. */
  other?: ShownText
}

export interface Channel {
  kind: string
  declares: Declared
  /** It needs an account of this kind; absent: none. */
  speaksThrough?: AccountKind
  /** Is an account of the kind set up for this channel too? Absent: each is. */
  isSetUp?: (settings: Settings) => boolean
  find: (app: App, tenant: number, householdIds: readonly string[], about: About) => Promise<Found>
  /** Never throws for what a provider answers. The account is there where the channel speaks through one. */
  handOver: (app: App, message: Outgoing, piece: Piece, account?: Account) => Promise<HandedOver>
  /** How the message looks on this channel. Without an account: as it would with one that leaves everything as it is. */
  show?: (app: App, message: Outgoing, specimen: Pick<Piece, 'link'>, account?: Account) => Promise<ShownAs>
  /** Đồng at most for this message to one address through the account; absent: free. */
  mostDong?: (app: App, message: Outgoing, account: Account) => Promise<number>
  /** The account as it is where no money is left: it sends what is free, and refuses the rest with `no_budget`. Absent: all of it costs. */
  unpaid?: (account: Account) => Account
  /** What became of a piece whose result was lost. `unknown` where the provider does not know either. */
  ask?: (app: App, message: Outgoing, piece: Piece) => Promise<'accepted' | 'never_came' | 'unknown'>
}
