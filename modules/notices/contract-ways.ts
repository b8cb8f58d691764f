// Before sending: how a text looks by each way, whom each finds, what it comes to. Runs in a browser.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { draft } from './shapes.ts'

const Text = {
  text: v.string(),
  /** Of what goes in parts. */
  parts: v.nullable(v.number()),
  encoding: v.nullable(v.picklist(['gsm7', 'ucs2'])),
  /** Đồng at most for one address; null: free, or not known. */
  dong: v.nullable(v.number()),
}

const Way = v.object({
  channel: v.string(),
  /** Which of the commune's accounts would send it; null: it needs none. */
  account: v.nullable(v.string()),
  /** When the first message of it is due. */
  firstAt: v.string(),
  /** Steps of the ladder in which it is tried. */
  tries: v.number(),
  /** Homes that have such an address, and how many different ones: what is shared is told and paid once. */
  homes: v.number(),
  addresses: v.number(),
  /** Homes that it will be needed for: at most, and as the last messages were. */
  most: v.number(),
  likely: v.number(),
  /** What `likely` stands on: so many messages, of whose homes with an earlier way so many were reached in so many minutes. Null: nothing yet. */
  past: v.nullable(v.object({ messages: v.number(), homes: v.number(), reached: v.number(), minutes: v.number() })),
  dong: v.object({ each: v.number(), most: v.number(), likely: v.number() }),
  shown: v.nullable(
    v.object({
      title: v.nullable(v.string()),
      ...Text,
      warnings: v.array(v.object({ code: v.string(), message: v.string() })),
      /** With marks where it goes without, without where it goes with. */
      other: v.nullable(v.object(Text)),
    }),
  ),
})

export const wayOperations = {
  ways: operation({
    method: 'POST',
    path: '/notices/preview/ways',
    summary: 'How a text looks by each way of its ladder, whom each finds, and what it costs at most and likely',
    who: 'notice.write',
    at: 'audience',
    transaction: false,
    takes: v.object(draft),
    gives: v.object({
      /** In the order of the ladder; none of an internal text, and none above the commune. */
      ways: v.array(Way),
      /** Chat groups of its villages, in which somebody posts it; null: none. */
      group: v.nullable(v.object({ groups: v.number(), text: v.string() })),
      /** Homes that none of the ways finds; null above the commune. */
      doors: v.nullable(v.number()),
      money: v.nullable(
        v.object({
          most: v.number(),
          likely: v.number(),
          /** What this month's budget still holds; null: no limit. */
          left: v.nullable(v.number()),
          isEnough: v.boolean(),
          /** Đồng for a short message to every home with a number; null: not known. */
          toAll: v.nullable(v.number()),
          /** So much less is likely; null: nothing is saved. */
          saved: v.nullable(v.number()),
        }),
      ),
    }),
    problems: [
      'unit_unknown',
      'unit_code_ended',
      'group_unknown',
      'audience_empty',
      'steps_needed',
      'relay_needs_units',
    ],
  }),
}
