// What a home, a person and a contact are, as they come in and go out.
import * as v from 'valibot'
import { Day, Id, line, text, Uuid } from '#core/shapes'
import { contactKinds, languages, needs, phoneKinds } from './words-of-homes.ts'

const Language = v.picklist(Object.keys(languages))
export const Pin = v.object({
  lat: v.pipe(v.number(), v.minValue(7), v.maxValue(24)),
  lng: v.pipe(v.number(), v.minValue(102), v.maxValue(118)),
})

/** What may be said of a home. */
export const HomeFields = v.object({
  /** Number in the commune's own register. */
  sheetNo: v.nullable(line(30)),
  alley: text(100),
  /** How to know the house: `cổng xanh`. */
  landmark: text(200),
  /** How to get there: `qua cầu treo`. */
  way: text(200),
  pin: v.nullable(Pin),
  /** Languages of listening, the best first. */
  languages: v.pipe(v.array(Language), v.minLength(1), v.maxLength(4)),
  /** Who listens for the home: `bà Mùi`. */
  listener: v.nullable(line(100)),
  needs: v.pipe(v.array(v.picklist(needs)), v.maxLength(needs.length)),
  phoneKind: v.picklist(phoneKinds),
  /** What a visitor should say or mind. */
  say: text(300),
})
export type HomeFields = v.InferOutput<typeof HomeFields>

export const BirthYear = v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2100))
export const PersonFields = v.object({
  name: line(100),
  relation: v.optional(text(50)),
  sex: v.optional(v.nullable(v.picklist(['m', 'f']))),
  birthYear: v.optional(v.nullable(BirthYear)),
  birthDay: v.optional(v.nullable(Day)),
})
export type PersonFields = v.InferOutput<typeof PersonFields>

export const Person = v.object({
  id: Id,
  name: v.string(),
  relation: v.string(),
  isHead: v.boolean(),
  sex: v.nullable(v.picklist(['m', 'f'])),
  birthYear: v.nullable(v.number()),
  birthDay: v.nullable(Day),
  /** Too young for a contact to be used. */
  isChild: v.boolean(),
  /** The home of the elder for whom this person reads. */
  readsFor: v.nullable(Id),
  absentUntil: v.nullable(Day),
  diedOn: v.nullable(Day),
  leftAt: v.nullable(v.string()),
  version: v.number(),
})
export type Person = v.InferOutput<typeof Person>

export const Contact = v.object({
  id: Id,
  personId: v.nullable(Id),
  kind: v.picklist(contactKinds),
  /** `0912 … 678`. The number itself is shown one at a time, and noted. */
  masked: v.string(),
  /** Other homes name it too. */
  isShared: v.boolean(),
  /** A channel learnt that it is out of use. */
  isDead: v.boolean(),
  addedAt: v.string(),
  /** What the person said last of each purpose. */
  consents: v.array(v.object({ purpose: v.string(), basis: v.string(), said: v.string(), at: v.string() })),
})
export type Contact = v.InferOutput<typeof Contact>

/** Somebody of another home who reads for this one. */
export const HomeReader = v.object({ personId: Id, name: v.string(), householdId: Id, no: v.number() })

export const HomeLine = v.object({
  id: Id,
  /** Small number within the commune. */
  no: v.number(),
  unitId: Uuid,
  unitName: v.string(),
  headName: v.string(),
  sheetNo: v.nullable(v.string()),
  alley: v.string(),
  landmark: v.string(),
  languages: v.array(v.string()),
  needs: v.array(v.string()),
  phoneKind: v.picklist(phoneKinds),
  phone: v.nullable(v.string()),
  persons: v.number(),
  /** Everybody is away until that day. */
  absentUntil: v.nullable(Day),
  closedAt: v.nullable(v.string()),
})
export type HomeLine = v.InferOutput<typeof HomeLine>

export const HomeEvent = v.object({
  id: Id,
  kind: v.string(),
  at: v.string(),
  /** The other home or village, where there is one. */
  withHome: v.nullable(Id),
  unitName: v.nullable(v.string()),
  /** May still be undone. */
  isUndoable: v.boolean(),
  undoneAt: v.nullable(v.string()),
})

/** How far a home's way to another commune is. `lapsed`: nobody there answered. */
export const removalStates = ['waiting', 'received', 'declined', 'lapsed', 'withdrawn'] as const
export type RemovalState = (typeof removalStates)[number]

export const Home = v.object({
  ...HomeLine.entries,
  way: v.string(),
  pin: v.nullable(Pin),
  listener: v.nullable(v.string()),
  say: v.string(),
  openedAt: v.string(),
  closedReason: v.nullable(v.string()),
  movedTo: v.nullable(v.string()),
  /** It left for another commune of this installation: what that one says. */
  departure: v.nullable(
    v.object({
      to: v.string(),
      state: v.picklist(removalStates),
      /** Why it was not received. */
      words: v.string(),
      answeredAt: v.nullable(v.string()),
    }),
  ),
  /** It came from another commune; `toAsk`: numbers that were allowed to that one only. */
  cameFrom: v.nullable(v.object({ from: v.string(), toAsk: v.number() })),
  mergedInto: v.nullable(Id),
  version: v.number(),
  people: v.array(Person),
  readers: v.array(HomeReader),
  contacts: v.array(Contact),
  events: v.array(HomeEvent),
})
export type HomeAnswer = v.InferOutput<typeof Home>
