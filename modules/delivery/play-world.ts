// The made-up commune that a message is played through, and what is watched while it is.
import type { Channel, HandedOver, Pace } from '#channels'
import type { Rung } from './ladder.ts'
import type { LevelName, MessageClass } from './levels.ts'
import type { Tried } from './ways.ts'

/** What a provider answers, and what it tells later of what it took. */
export type Answer = HandedOver & { later?: { ms: number; is: 'delivered' | 'acknowledged' | 'failed' } }

export interface PlayChannel extends Pick<Channel, 'kind' | 'declares' | 'speaksThrough'> {
  /** Of the commune; absent: it has none. */
  pace?: Pace
  /** Đồng for one message by its account. */
  dong: number
}

export interface World {
  class: MessageClass
  ask: LevelName
  isApproved: boolean
  visibleAt: Date
  lastUsefulAt: Date | null
  endsAt: Date | null
  rungs: Rung[]
  channels: readonly PlayChannel[]
  homes: readonly { id: string; closed?: boolean; addresses: Readonly<Record<string, readonly string[]>> }[]
  budget: number | null
  says: (channel: string, to: string, at: number) => Answer
}

export interface Call {
  at: Date
  channel: string
  to: string
  step: number
  homes: readonly string[]
  isPaid: boolean
  isAccepted: boolean
  /** Đồng spent and put aside when it was made. */
  spent: number
  /** Homes of it that were at the level asked already. */
  there: readonly string[]
  /** Homes of it that another channel of the rung had in hand. */
  beside: readonly string[]
}

export interface Delivery extends Tried {
  step: number
  dueAt: number
  tries: number
}
export interface Home {
  id: string
  level: number
  isClosed: boolean
  addresses: Readonly<Record<string, readonly string[]>>
  deliveries: Delivery[]
}
