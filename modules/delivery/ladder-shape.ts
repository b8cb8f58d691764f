// How a commune writes a ladder of its own: the steps of each class in their order, the door as the last.
import * as v from 'valibot'
import { Whole } from '#core/shapes'
import { channelOf } from '#channels'
import type { LadderPack, Rung } from './ladder.ts'
import { levels } from './levels.ts'

const month = 43_200
const Minutes = v.pipe(Whole, v.maxValue(month))
const MinuteOfDay = v.pipe(Whole, v.maxValue(1439))

const isKnown = (channel: string) => channel === 'door' || channelOf(channel) !== undefined

const Name = v.pipe(v.string(), v.check(isKnown, 'channel_unknown'))
const Several = v.pipe(
  v.array(Name),
  v.minLength(1),
  v.maxLength(6),
  v.check(names => names.length === 1 || !names.includes('door'), 'door_alone'),
  v.check(names => new Set(names).size === names.length, 'channel_twice'),
)

const RungShape = v.strictObject({
  channel: v.union([Name, Several]),
  each: v.exactOptional(v.pipe(Minutes, v.minValue(1))),
  after: Minutes,
  quiet: v.exactOptional(v.strictObject({ from: MinuteOfDay, to: MinuteOfDay })),
  atLastUsefulUnder: v.exactOptional(v.picklist(levels)),
  takes: v.exactOptional(Minutes),
  ifAsked: v.exactOptional(v.picklist(levels)),
}) satisfies v.GenericSchema<Rung>

const isInOrder = (rungs: Rung[]) => rungs.every((rung, n) => n === 0 || rung.after >= rungs[n - 1]!.after)

const Rungs = v.pipe(
  v.array(RungShape),
  v.minLength(1),
  v.maxLength(20),
  v.check(rungs => [rungs.at(-1)?.channel].flat()[0] === 'door', 'door_last'),
  v.check(isInOrder, 'rungs_in_order'),
)

export const LadderShape = v.strictObject({
  emergency: Rungs,
  priority: Rungs,
  normal: Rungs,
}) satisfies v.GenericSchema<LadderPack>
