// A commune's own ladder: which channel after which delay. Runs in a browser.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Day, line, Whole } from '#core/shapes'
import { levels } from './levels.ts'

const RungShown = v.strictObject({
  channel: v.union([line(40), v.pipe(v.array(line(40)), v.minLength(1), v.maxLength(6))]),
  after: Whole,
  each: v.exactOptional(Whole),
  quiet: v.exactOptional(v.strictObject({ from: Whole, to: Whole })),
  atLastUsefulUnder: v.exactOptional(v.picklist(levels)),
  takes: v.exactOptional(Whole),
  ifAsked: v.exactOptional(v.picklist(levels)),
})
const RungsShown = v.pipe(v.array(RungShown), v.minLength(1), v.maxLength(20))

const LadderShown = v.strictObject({ emergency: RungsShown, priority: RungsShown, normal: RungsShown })
export type LadderShown = v.InferOutput<typeof LadderShown>

const PackShown = v.object({
  from: Day,
  /** The commune set it itself; else it is everybody's. */
  isOwn: v.boolean(),
  basis: v.string(),
  source: v.nullable(v.string()),
  body: LadderShown,
})

const Ladders = v.object({
  holds: PackShown,
  /** Set already, and not holding yet. */
  coming: v.array(PackShown),
  /** Everybody's: what it would be again. */
  usual: LadderShown,
  /** Channels that may be named; what the commune has no account for waits until it has one. */
  channels: v.array(v.object({ name: v.string(), isReady: v.boolean(), isPaid: v.boolean() })),
})

export const ladderOperations = {
  ladder: operation({
    method: 'GET',
    path: '/ladder',
    summary: "The commune's ladder: which channel after which delay, for each class; and what it will be",
    who: 'channel.manage',
    takes: v.object({}),
    gives: Ladders,
  }),
  setLadder: operation({
    method: 'PUT',
    path: '/ladder',
    summary: 'Set the ladder from a day on; what was published before keeps its own',
    who: 'channel.manage',
    takes: v.object({ from: Day, basis: line(200), source: line(500), body: LadderShown }),
    gives: Ladders,
    problems: ['pack_wrong', 'pack_past', 'pack_applied'],
  }),
}
