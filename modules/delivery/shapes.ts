// Shapes that operations of delivery share. They run in the browser too.
import * as v from 'valibot'
import { Id, Moment, Ordinal, Uuid } from '#core/shapes'
import { classes, levels } from './levels.ts'
import { outcomes } from './outcomes.ts'

export const Level = v.picklist(levels)
export const Class = v.picklist(classes)
export const OutcomeName = v.picklist(outcomes)

/** What a phone says of its clock: when it happened, and what it shows while it sends. */
export const Clocked = { at: Moment, now: v.optional(Moment) }

const count = v.nullable(v.number())
/** Homes at each level, each home once; they add up to `households`. Null where a count is hidden. */
const Levels = v.object({
  none: count,
  sent: count,
  exposed: count,
  delivered: count,
  seen: count,
  acknowledged: count,
  acted: count,
})

/** Homes that a person closed without reaching them; they are still counted in their level. */
const Closed = v.object({ told_by_neighbour: count, moved: count, refused: count })

export const Figures = {
  households: count,
  reached: count,
  accountedFor: count,
  levels: Levels,
  /** Told by a person at the door: part of acknowledged. */
  told: count,
  closed: Closed,
}

const Content = {
  title: v.string(),
  plain: v.string(),
  body: v.string(),
  steps: v.array(v.object({ act: v.string(), why: v.optional(v.string()) })),
  paper: v.nullable(v.object({ number: v.string(), date: v.string(), issuer: v.string() })),
  event: v.nullable(v.object({ at: v.string(), place: v.string() })),
  topic: v.string(),
  files: v.array(
    v.object({
      id: v.string(),
      name: v.string(),
      media: v.string(),
      size: v.number(),
      pages: v.optional(v.number()),
    }),
  ),
}

const Card = v.object({
  /** The notice, as the newest of its senders wrote it. */
  id: v.string(),
  version: v.number(),
  round: v.number(),
  class: Class,
  ask: Level,
  ...Content,
  /** Open: it still holds. Expired and withdrawn cards stay readable. */
  state: v.picklist(['open', 'expired', 'withdrawn']),
  withdrawnBecause: v.nullable(v.string()),
  /** Other words stood here before: when they were put right, and which parts. */
  corrected: v.nullable(v.object({ at: v.string(), changed: v.array(v.string()) })),
  isPrivate: v.boolean(),
  shownAt: v.string(),
  validUntil: v.nullable(v.string()),
  /** Everybody who sent this same paper, newest first. */
  senders: v.array(v.object({ id: v.string(), title: v.string(), at: v.string() })),
  /** What the village head added. */
  localWords: v.nullable(v.object({ words: v.string(), title: v.nullable(v.string()) })),
  /** How far it got at this home. */
  level: Level,
  levelAt: v.nullable(v.string()),
  isTold: v.boolean(),
  /** Emergencies only: how many homes of the village have done what is asked; a handful is hidden. */
  village: v.nullable(v.object({ households: v.number(), reached: v.number() })),
})

export const Feed = v.object({
  /** On the first page only: open emergencies, then what this home still has to answer, soonest date first. */
  asked: v.array(Card),
  /** Strictly by the time they were shown. A page may be short; only `next: null` is the end. */
  items: v.array(Card),
  next: v.nullable(v.string()),
})

const WholeReceipt = v.object({
  id: Uuid,
  noticeId: v.pipe(v.string(), v.nonEmpty(), v.maxLength(40)),
  /** Whose evidence, on a phone that opens several homes; `delivered` without one is everybody's, `seen` that of the home in use. */
  home: v.optional(Id),
  level: Level,
  at: Moment,
  version: v.optional(Ordinal),
})
type Receipt = v.InferOutput<typeof WholeReceipt>

const idSaid = (said: unknown): string => {
  const { id } = (said ?? {}) as { id?: unknown }
  return typeof id === 'string' ? id.slice(0, 60) : ''
}

/** One that is not a receipt does not stop those beside it: of it only the id is left, and no notice. */
export const ReceiptIn = v.fallback(
  WholeReceipt,
  said => ({ id: idSaid(said?.value), noticeId: '', level: 'none', at: '' }) satisfies Receipt,
)
export const isReceipt = ({ noticeId }: Receipt) => noticeId !== ''
