// The last step of every ladder: a person at the door.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Flag, Id, Limit, Ordinal, OrdinalText, page, text, UnitRef, Uuid } from '#core/shapes'
import { UnreachedReason } from './contract-reach.ts'
import { entries } from './outcomes.ts'
import { Class, Clocked, Level, OutcomeName } from './shapes.ts'

const DoorRef = v.pipe(v.string(), v.maxLength(60))

/** What a phone may hold of a home: no phone number, no illness, no poverty. */
const Door = {
  doorId: v.string(),
  /** The home, for whoever acts for it there. */
  householdId: v.string(),
  noticeId: v.string(),
  title: v.string(),
  class: Class,
  version: v.number(),
  no: v.number(),
  headName: v.string(),
  unitId: v.string(),
  unit: v.string(),
  alley: v.string(),
  landmark: v.string(),
  way: v.string(),
  say: v.string(),
  /** Languages of listening other than Vietnamese. */
  listens: v.array(v.string()),
  /** One sign that somebody there needs more time. */
  hasNeed: v.boolean(),
  level: Level,
  isTold: v.boolean(),
  reason: UnreachedReason,
  /** What all visits together say. */
  outcome: v.nullable(OutcomeName),
  outcomeAt: v.nullable(v.string()),
  /** The visit that decides: what a correction names. */
  visitId: v.nullable(v.string()),
  /** Told and moved at one door: somebody stood at another one. */
  isConflict: v.boolean(),
  isAccountedFor: v.boolean(),
  assigned: v.nullable(v.object({ account: v.string(), name: v.string(), isMine: v.boolean() })),
  /** When a phone must have erased it. */
  keepUntil: v.string(),
}

/** `taken_back` needs `corrects`: that entry was a wrong tap, and nothing takes its place. */
const EntryName = v.picklist(entries)

const Visit = v.object({
  id: v.string(),
  outcome: EntryName,
  at: v.string(),
  toWhom: v.nullable(v.string()),
  note: v.nullable(v.string()),
  by: v.nullable(v.string()),
  typedBy: v.nullable(v.string()),
  corrects: v.nullable(v.string()),
  isStanding: v.boolean(),
})

const State = {
  doorId: v.string(),
  outcome: v.nullable(OutcomeName),
  visitId: v.nullable(v.string()),
  level: Level,
  isTold: v.boolean(),
  isAccountedFor: v.boolean(),
  isConflict: v.boolean(),
  visits: v.array(Visit),
}

export const doorOperations = {
  doors: operation({
    method: 'GET',
    path: '/doors',
    summary:
      'Doors to knock at: homes not accounted for once the door step is due, or of the notice asked for; those visited come too',
    who: 'door.see',
    takes: v.object({
      noticeId: v.optional(Id),
      unit: v.optional(UnitRef),
      /** An older round; the newest unless told. */
      round: v.optional(OrdinalText),
      /** Only those given to the caller. */ mine: v.optional(Flag),
      cursor: Cursor,
      limit: Limit,
    }),
    gives: page(v.object(Door)),
  }),
  doorNotices: operation({
    method: 'GET',
    path: '/doors/notices',
    summary: 'Notices that have doors for the caller, with how many are left',
    who: 'door.see',
    takes: v.object({}),
    gives: v.object({
      items: v.array(
        v.object({
          noticeId: v.string(),
          title: v.string(),
          class: Class,
          left: v.number(),
          lastUsefulAt: v.nullable(v.string()),
        }),
      ),
    }),
  }),
  walkers: operation({
    method: 'GET',
    path: '/doors/walkers',
    summary: 'People to whom doors can be given',
    who: 'door.assign',
    takes: v.object({}),
    gives: v.object({
      items: v.array(
        v.object({
          account: v.string(),
          name: v.string(),
          title: v.string(),
          /** The units whose doors may be given to him; null: any. */
          units: v.nullable(v.array(v.string())),
        }),
      ),
    }),
  }),
  doorSheet: operation({
    method: 'GET',
    path: '/doors/sheet',
    summary: 'What stands in the foot of a printed list: the head of the trail, kept on paper',
    who: 'door.see',
    takes: v.object({}),
    gives: v.object({ trailHead: v.string(), at: v.string() }),
  }),
  assignDoors: operation({
    method: 'POST',
    path: '/doors/assign',
    summary: 'Gives doors to a person, or takes them back',
    who: 'door.assign',
    at: 'noticeId',
    takes: v.object({
      noticeId: Id,
      doorIds: v.pipe(v.array(DoorRef), v.minLength(1), v.maxLength(400)),
      account: v.nullable(Uuid),
    }),
    gives: v.object({ assigned: v.number() }),
    problems: ['walker_unknown', 'walker_elsewhere', 'door_elsewhere'],
  }),
  door: operation({
    method: 'GET',
    path: '/doors/:doorId',
    summary: 'One door with all visits to it',
    who: 'door.see',
    at: 'doorId',
    takes: v.object({ doorId: DoorRef }),
    gives: v.object(State),
  }),
  doorPhone: operation({
    method: 'POST',
    path: '/doors/:doorId/phone',
    summary: 'The number to call at this door: shown once, noted, never kept on the phone',
    who: 'door.visit',
    at: 'doorId',
    limit: { calls: 30, seconds: 600 },
    takes: v.object({ doorId: DoorRef }),
    gives: v.object({ phones: v.array(v.object({ phone: v.string() })) }),
  }),
  outcome: operation({
    method: 'POST',
    path: '/doors/:doorId/outcome',
    summary: 'What a visit ended with; idempotent by the id the phone made',
    who: 'signed_in',
    takes: v.object({
      doorId: DoorRef,
      id: Uuid,
      outcome: EntryName,
      toWhom: v.optional(text(80)),
      note: v.optional(text(300)),
      ...Clocked,
      version: v.optional(Ordinal),
      /** A visit that was wrong: this one stands in its place. */
      corrects: v.optional(Uuid),
      /** Typed in from paper: who stood at the door. */
      toldBy: v.optional(Uuid),
    }),
    gives: v.object(State),
    problems: ['visit_unknown', 'key_reused', 'walker_unknown', 'walker_elsewhere', 'door_closed'],
  }),
}
