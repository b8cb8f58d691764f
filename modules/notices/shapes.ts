// Shapes of notices. They run in the browser too.
import * as v from 'valibot'
import { Day, Id, line, Moment, text, UnitRef } from '#core/shapes'

const classes = ['normal', 'priority', 'emergency'] as const
const states = ['draft', 'waiting_approval', 'rejected', 'scheduled', 'published', 'withdrawn'] as const
/** What a notice may ask for: below *delivered* nothing is reach. */
const asks = ['delivered', 'seen', 'acknowledged', 'acted'] as const
export const Class = v.picklist(classes)
export const State = v.picklist(states)
const Ask = v.picklist(asks)
/** A moment, or a day: as an end it means 24:00 of that day. */
const When = v.union([Moment, Day])

export const Paper = v.object({ number: line(60), date: Day, issuer: line(200) })
export type Paper = v.InferOutput<typeof Paper>
export const Event = v.object({ at: When, place: v.optional(text(300), '') })
export type Event = v.InferOutput<typeof Event>
export const Step = v.object({ act: line(160), why: v.optional(text(300)) })
export type Step = v.InferOutput<typeof Step>
/** Plain text is an act without a reason. */
const SaidStep = v.union([
  Step,
  v.pipe(
    line(160),
    v.transform((act): Step => ({ act })),
  ),
])
const Steps = v.pipe(v.array(SaidStep), v.maxLength(3))

/** Of homes: any of each list, all lists together. Needs are sensitive: they make a notice private. */
export const Attributes = v.strictObject({
  needs: v.optional(v.pipe(v.array(line(40)), v.nonEmpty(), v.maxLength(20))),
  languages: v.optional(v.pipe(v.array(line(20)), v.nonEmpty(), v.maxLength(20))),
  phoneKinds: v.optional(v.pipe(v.array(v.picklist(['app', 'voice', 'none'])), v.nonEmpty())),
})
export type Attributes = v.InferOutput<typeof Attributes>

export const Audience = v.object({
  units: v.optional(v.pipe(v.array(UnitRef), v.maxLength(500)), []),
  groups: v.optional(v.pipe(v.array(Id), v.maxLength(100)), []),
  attributes: v.optional(Attributes),
})

export const words = {
  title: line(200),
  body: v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(20_000)),
  plain: text(1000),
  topic: line(40),
  paper: v.nullable(Paper),
  event: v.nullable(Event),
  steps: Steps,
  validUntil: v.nullable(When),
}

export const draft = {
  title: words.title,
  body: words.body,
  plain: v.optional(words.plain, ''),
  class: v.optional(Class, 'normal'),
  topic: v.optional(words.topic, 'general'),
  paper: v.optional(words.paper, null),
  event: v.optional(words.event, null),
  steps: v.optional(Steps, []),
  validUntil: v.optional(words.validUntil, null),
  ask: v.optional(Ask),
  audience: Audience,
  internal: v.optional(v.boolean(), false),
  relay: v.optional(v.picklist(['none', 'village'])),
  relayBy: v.optional(v.nullable(Moment), null),
}

export const change = {
  title: v.optional(words.title),
  body: v.optional(words.body),
  plain: v.optional(words.plain),
  class: v.optional(Class),
  topic: v.optional(words.topic),
  paper: v.optional(words.paper),
  event: v.optional(words.event),
  steps: v.optional(words.steps),
  validUntil: v.optional(words.validUntil),
  ask: v.optional(Ask),
  audience: v.optional(Audience),
  internal: v.optional(v.boolean()),
  relay: v.optional(v.picklist(['none', 'village'])),
  relayBy: v.optional(v.nullable(Moment)),
}

const Warning = v.object({ code: v.string(), message: v.string() })

export const Counted = {
  /** Homes (posts of an internal notice) that it concerns; null above the commune until its jobs have counted. */
  households: v.nullable(v.number()),
  /** Of them: no way to reach them but a person at the door. */
  unreachable: v.nullable(v.number()),
  warnings: v.array(Warning),
}

/** What a write answers with. */
export const Standing = v.object({ id: v.string(), version: v.number(), state: State, ...Counted })

export const File = v.object({
  id: v.string(),
  name: v.string(),
  media: v.string(),
  size: v.number(),
  pages: v.optional(v.number()),
})

/** What a correction that waits would make of a text, and what it changes. */
export const WordsShown = {
  title: v.string(),
  plain: v.string(),
  /** The body's Markdown as safe HTML. */
  html: v.string(),
  steps: v.array(Step),
  paper: v.nullable(Paper),
  event: v.nullable(v.object({ at: v.string(), place: v.string() })),
  validUntil: v.nullable(v.string()),
  files: v.array(File),
  /** Fields that differ from what people read now; empty for a text that nobody has read yet. */
  changed: v.array(v.string()),
}

const Mark = v.object({
  what: v.string(),
  at: v.string(),
  by: v.nullable(v.string()),
  words: v.optional(v.string()),
})

/** How far a village is with passing a notice on. */
export const relayTask = {
  askedAt: v.string(),
  dueAt: v.string(),
  passedAt: v.nullable(v.string()),
  how: v.nullable(v.string()),
  words: v.nullable(v.string()),
  /** The notice changed after these words were added. */
  checkWords: v.boolean(),
}

export const Notice = v.object({
  id: v.string(),
  version: v.number(),
  state: State,
  title: v.string(),
  body: v.string(),
  /** The body's Markdown as safe HTML. */
  html: v.string(),
  plain: v.string(),
  class: Class,
  topic: v.string(),
  ask: Ask,
  paper: v.nullable(Paper),
  event: v.nullable(v.object({ at: v.string(), place: v.string() })),
  steps: v.array(Step),
  validUntil: v.nullable(v.string()),
  audience: v.object({
    units: v.array(v.object({ id: v.string(), name: v.string() })),
    groups: v.array(v.object({ id: v.string(), name: v.string() })),
    attributes: v.nullable(Attributes),
  }),
  internal: v.boolean(),
  isPrivate: v.boolean(),
  isWide: v.boolean(),
  relay: v.picklist(['none', 'village']),
  relayBy: v.nullable(v.string()),
  round: v.number(),
  author: v.string(),
  unit: v.string(),
  unitId: v.nullable(v.string()),
  /** The notice of a higher level that this one is the commune's copy of. */
  originId: v.nullable(v.string()),
  publishAt: v.nullable(v.string()),
  publishedAt: v.nullable(v.string()),
  withdrawnAt: v.nullable(v.string()),
  withdrawnReason: v.nullable(v.string()),
  expired: v.boolean(),
  files: v.array(File),
  /** What the head of the reader's village added. */
  localWords: v.nullable(v.object({ words: v.string(), by: v.string(), at: v.string() })),
  /** The task of the reader's own village, for whoever passes notices on there. */
  ownRelay: v.nullable(v.object(relayTask)),
  /** Earlier versions that people could read. */
  versions: v.array(
    v.object({ version: v.number(), at: v.string(), toldAgain: v.boolean(), changed: v.array(v.string()) }),
  ),
  trace: v.array(Mark),

  households: v.nullable(v.number()),
  /** What the reader's own home has done about it. */
  own: v.nullable(v.object({ level: v.string(), at: v.string() })),
  waiting: v.nullable(
    v.object({
      since: v.string(),
      aloneFrom: v.string(),
      isCorrection: v.boolean(),
      approvers: v.array(v.string()),
      /** The corrected text, where it is a correction that waits. */
      words: v.nullable(v.object(WordsShown)),
    }),
  ),
  /** Why a second person said no; null once the author has changed it. */
  rejected: v.nullable(v.object({ by: v.nullable(v.string()), reason: v.string() })),
  /** May the caller …? */
  may: v.object({ change: v.boolean(), approve: v.boolean(), reach: v.boolean() }),
})

export const Listed = v.object({
  id: v.string(),
  version: v.number(),
  state: State,
  title: v.string(),
  class: Class,
  internal: v.boolean(),
  isPrivate: v.boolean(),
  author: v.string(),
  unit: v.string(),
  households: v.nullable(v.number()),
  publishAt: v.nullable(v.string()),
  publishedAt: v.nullable(v.string()),
  madeAt: v.string(),
  isMine: v.boolean(),
})

export const Question = v.object({
  id: v.string(),
  noticeId: v.string(),
  noticeTitle: v.string(),
  words: v.string(),
  at: v.string(),
  unit: v.nullable(v.string()),
  /** The home's head, for those who may see names; null for one that nobody can name. */
  home: v.nullable(v.string()),
  /** Until when an answer is owed. */
  dueAt: v.string(),
  answer: v.nullable(v.string()),
  answeredAt: v.nullable(v.string()),
  answeredBy: v.nullable(v.string()),
  /** The post that asked for the home, in an assisted session. */
  askedBy: v.nullable(v.string()),
  /** Written under a post, for everybody to read: of which account and where, how far the answer there is, and why a person has to say it. */
  comment: v.nullable(
    v.object({
      account: v.string(),
      url: v.string(),
      reply: v.nullable(v.picklist(['waiting', 'done', 'refused', 'unsure'])),
      trouble: v.nullable(v.string()),
    }),
  ),
})

export const Village = v.object({
  unitId: v.string(),
  name: v.string(),
  households: v.number(),
  unreachable: v.number(),
})
