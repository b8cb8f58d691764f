// How far a notice got.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Id, Limit, OrdinalText, page, UnitRef, Uuid } from '#core/shapes'
import { Class, Figures, Level, OutcomeName } from './shapes.ts'

const round = v.optional(OrdinalText)
const noticeId = Id

const Reach = v.object({
  noticeId: v.string(),
  title: v.string(),
  class: Class,
  /** The level that counts as reached. */
  ask: Level,
  round: v.number(),
  /** How often it was told. */
  rounds: v.number(),
  isInternal: v.boolean(),
  publishedAt: v.string(),
  lastUsefulAt: v.nullable(v.string()),
  withdrawnAt: v.nullable(v.string()),
  /** Homes; posts of an internal notice. Null while the homes of an audience with attributes are being counted. */
  ...Figures,
  /** Villages; communes of a notice from above. */
  villages: v.array(
    v.object({
      unitId: v.string(),
      kind: v.string(),
      name: v.string(),
      /** With its kind: `Tổ dân phố số 5`. */
      title: v.string(),
      /** Null behind a relay. */
      visibleAt: v.nullable(v.string()),
      ...Figures,
      /** Counts from 1 to 4 are null for who may not see names. */
      hidden: v.optional(v.literal(true)),
    }),
  ),
  /** Homes reached up to a moment, one point a minute in which any was added. */
  curve: v.array(v.object({ at: v.string(), reached: v.number() })),
  /** Whose evidence first reached the level asked. */
  channels: v.array(v.object({ channel: v.string(), reached: v.nullable(v.number()) })),
  /** Seconds after publication; null: not yet. */
  times: v.object({ half: v.nullable(v.number()), nineTenths: v.nullable(v.number()), all: v.nullable(v.number()) }),
  steps: v.array(
    v.object({
      step: v.number(),
      channel: v.string(),
      dueAt: v.string(),
      doneVillages: v.number(),
      villages: v.number(),
    }),
  ),
  hidden: v.optional(v.literal(true)),
})

/** Why a home is not reached; its words are the screen's. */
export const unreachedReasons = [
  'waiting_for_relay',
  'nobody_home',
  'seen_only',
  'delivered_only',
  'heard_only',
  'no_address',
  'opted_out',
  'failed',
  'expired',
  'uncertain',
  'not_delivered',
  'on_the_way',
  'not_fetched',
] as const
export const UnreachedReason = v.picklist(unreachedReasons)

export const reachOperations = {
  reach: operation({
    method: 'GET',
    path: '/notices/:noticeId/reach',
    summary: 'Homes by level, by village, by channel and over time; the newest round unless `round` is told',
    who: 'reach.see',
    at: 'noticeId',
    takes: v.object({ noticeId, round }),
    gives: Reach,
  }),
  live: operation({
    method: 'GET',
    path: '/notices/:noticeId/live',
    summary: 'Server-sent events `figures`: the numbers of reach as they move',
    who: 'reach.see',
    at: 'noticeId',
    media: 'text/event-stream',
    takes: v.object({ noticeId }),
    gives: v.any(),
  }),
  unreached: operation({
    method: 'GET',
    path: '/notices/:noticeId/unreached',
    summary: 'Homes not reached and not closed, each with the reason; opening the list is noted',
    who: 'reach.names',
    at: 'noticeId',
    takes: v.object({ noticeId, unit: v.optional(UnitRef), round, cursor: Cursor, limit: Limit }),
    gives: page(
      v.object({
        householdId: v.string(),
        no: v.number(),
        headName: v.string(),
        unitId: v.string(),
        unit: v.string(),
        alley: v.string(),
        landmark: v.string(),
        maskedPhone: v.nullable(v.string()),
        level: Level,
        reason: UnreachedReason,
        /** The channel's own word for a failure. */
        detail: v.nullable(v.string()),
        lastOutcome: v.nullable(OutcomeName),
      }),
    ),
  }),
  homes: operation({
    method: 'GET',
    path: '/notices/:noticeId/homes',
    summary: 'The homes of one village as a picture: alley and level of each, no names',
    who: 'reach.names',
    at: 'noticeId',
    takes: v.object({ noticeId, unit: Uuid, round }),
    gives: v.object({
      homes: v.array(
        v.object({
          no: v.number(),
          alley: v.string(),
          level: Level,
          isTold: v.boolean(),
          isReached: v.boolean(),
          isClosed: v.boolean(),
        }),
      ),
    }),
    problems: ['too_many_homes'],
  }),
  trail: operation({
    method: 'GET',
    path: '/notices/:noticeId/trail',
    summary: 'What was done with a notice, by which post; who may see names sees looks too',
    who: 'signed_in',
    assisted: true,
    takes: v.object({ noticeId }),
    gives: v.object({
      items: v.array(
        v.object({
          no: v.nullable(v.number()),
          at: v.string(),
          what: v.string(),
          post: v.nullable(v.string()),
          unit: v.nullable(v.string()),
        }),
      ),
    }),
  }),
  trailHead: operation({
    method: 'GET',
    path: '/trail/head',
    summary: 'Number and hash of the last sealed entry: kept elsewhere it proves that nothing before it changed',
    who: 'trail.see',
    takes: v.object({}),
    gives: v.object({ head: v.string(), at: v.string() }),
  }),
}
