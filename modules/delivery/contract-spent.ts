// What messages cost: of one notice, and in a month.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Id, Limit } from '#core/shapes'

const Sum = { messages: v.number(), parts: v.number(), dong: v.number() }
/** `2026-11`, Vietnam's; absent: this one. */
const Month = v.optional(v.pipe(v.string(), v.regex(/^20\d\d-(0[1-9]|1[0-2])$/)))

export const spentOperations = {
  spent: operation({
    method: 'GET',
    path: '/notices/:noticeId/spent',
    summary: 'What a notice has cost so far, all its rounds together: by channel, and for each home reached',
    who: 'reach.see',
    at: 'noticeId',
    takes: v.object({ noticeId: Id }),
    gives: v.object({
      ...Sum,
      /** Homes reached by whatever way; null: few, and not for this reader. */
      reached: v.nullable(v.number()),
      /** Đồng for each home reached; null where none is, or where it is not said how many are. */
      perHome: v.nullable(v.number()),
      channels: v.array(v.object({ channel: v.string(), ...Sum })),
      /** Homes of an emergency whose message waits for a second person's yes: the month's money did not do. */
      waiting: v.nullable(v.number()),
    }),
  }),
  spentInMonth: operation({
    method: 'GET',
    path: '/spent',
    summary:
      'What messages have cost the commune in a month: by kind of account, and notice by notice, the newest first',
    who: 'channel.manage',
    takes: v.object({ month: Month, cursor: Cursor, limit: Limit }),
    gives: v.object({
      month: v.string(),
      /** Đồng a month; null: no limit. */
      budget: v.nullable(v.number()),
      /** With what is put aside for messages in hand. */
      total: v.object(Sum),
      /** By accounts, trials among them. */
      kinds: v.array(v.object({ kind: v.string(), ...Sum })),
      /** Đồng put aside for messages of which nobody knows whether they went. */
      unclear: v.number(),
      /** Notices sent out in the month. */
      items: v.array(
        v.object({
          noticeId: v.string(),
          title: v.string(),
          publishedAt: v.string(),
          round: v.number(),
          households: v.nullable(v.number()),
          /** Null, like the homes, where only its author is told of them: the money alone is the commune's to see. */
          reached: v.nullable(v.number()),
          ...Sum,
        }),
      ),
      next: v.nullable(v.string()),
    }),
    problems: ['bad_cursor'],
  }),
  spentTable: operation({
    method: 'GET',
    path: '/spent/table',
    summary: 'The same as separated text for a spreadsheet: a line a notice and channel',
    who: 'channel.manage',
    takes: v.object({ month: Month }),
    gives: v.any(),
    media: 'text/csv',
  }),
}
