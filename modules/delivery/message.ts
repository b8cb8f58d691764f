// What a subject hands to delivery: words, class, audience. A notice, a meeting and a credit group use the same door.
import type { Audience } from './audience.ts'
import type { LevelName, MessageClass } from './levels.ts'

/** The words of a message as its feed card, its page and its channels show them. Kept as JSON: moments are ISO text. */
export interface Content {
  title: string
  plain: string
  body: string
  /** What to do, three at most. */
  steps: { act: string; why?: string }[]
  paper?: { number: string; date: string; issuer: string }
  event?: { at: string; place: string }
  topic: string
  files: { id: string; name: string; media: string; size: number; pages?: number }[]
  validUntil?: string
  /** These words took the place of others that people had read: when, and which parts differ. */
  corrected?: { at: string; changed: string[] }
}

export interface Message {
  tenant: number
  subject: 'notice'
  subjectId: string
  /** Same paper: messages with one card id are one card in a home's feed. */
  cardId: string
  /** `post`: an internal message counts holders of posts, not homes. */
  kind: 'home' | 'post'
  /** 1, then one more for each correction that tells again. */
  round: number
  version: number
  class: MessageClass
  ask: LevelName
  audience: Audience
  isPrivate: boolean
  isInternal: boolean
  /** A second person said yes to it: a budget does not hold up such an emergency. */
  isApproved?: boolean
  /** `village`: homes see it when their village passes it on (`showIn`). An emergency never waits. */
  relay: 'none' | 'village'
  content: Content
  author: { post: string | undefined; title: string }
  endsAt: Date | undefined
  /** After this moment telling is of no use: the ladder runs backwards from it. */
  lastUsefulAt: Date | undefined
  originId: string | undefined
  publishedAt: Date
  /** The round before: this one takes over its homes, less those that moved. */
  previous?: string
}
