// What a home does with what it is shown.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Id, Limit, Moment, Ordinal, Uuid } from '#core/shapes'
import { Feed, Level, ReceiptIn } from './shapes.ts'

export const homeOperations = {
  feed: operation({
    method: 'GET',
    path: '/feed',
    summary: 'What this home is shown: first what is asked of it, then all cards by the time they were shown',
    who: 'signed_in',
    assisted: true,
    takes: v.object({ cursor: Cursor, limit: Limit }),
    gives: Feed,
    problems: ['bad_cursor'],
  }),
  feedLive: operation({
    method: 'GET',
    path: '/feed/live',
    summary: 'Server-sent events: `feed` whenever this home is shown something new or changed',
    who: 'signed_in',
    assisted: true,
    media: 'text/event-stream',
    takes: v.object({}),
    gives: v.any(),
  }),
  receipts: operation({
    method: 'POST',
    path: '/receipts',
    summary: 'Tells what the home’s device holds or opened; idempotent by the ids it made',
    who: 'signed_in',
    assisted: true,
    transaction: false,
    takes: v.object({
      receipts: v.pipe(v.array(ReceiptIn), v.minLength(1), v.maxLength(100)),
      /** The device’s clock while it sends: corrects `at`. */
      now: v.optional(Moment),
    }),
    gives: v.object({
      accepted: v.number(),
      repeated: v.number(),
      refused: v.array(v.object({ id: v.string(), code: v.string(), message: v.string() })),
    }),
    problems: ['not_found', 'level_not_yours', 'notice_withdrawn_since', 'home_not_here', 'assist_private'],
  }),
  homesHere: operation({
    method: 'GET',
    path: '/notices/:noticeId/own-homes',
    summary: 'Which homes of this phone the notice is for, and how far each is: for “Nhà nào đã rõ?”',
    who: 'signed_in',
    takes: v.object({ noticeId: Id }),
    gives: v.object({
      items: v.array(
        v.object({
          id: Id,
          no: v.number(),
          name: v.string(),
          unit: v.string(),
          /** Somebody here reads for its elder. */
          isReading: v.boolean(),
          level: Level,
          levelAt: v.nullable(v.string()),
        }),
      ),
      next: v.null(),
    }),
    problems: ['not_found'],
  }),
  acknowledge: operation({
    method: 'POST',
    path: '/notices/:noticeId/acknowledge',
    summary: 'The home says that it knows; counts for every sender of the same paper',
    who: 'signed_in',
    assisted: true,
    transaction: false,
    takes: v.object({
      noticeId: Id,
      /** Which home knows, on a phone that answers for several; the one in use where none is named. */
      home: v.optional(Id),
      /** Made by the phone; without one a home acknowledges a round once. */
      id: v.optional(Uuid),
      at: v.optional(Moment),
      now: v.optional(Moment),
      version: v.optional(Ordinal),
    }),
    gives: v.object({ noticeId: v.string(), level: Level, at: v.string() }),
    problems: ['not_found', 'notice_withdrawn_since', 'home_not_here', 'assist_private'],
  }),
}
