// How a commune writes its own times: for relays, for an emergency that nobody approves, for what is still of use.
import * as v from 'valibot'
import { Whole } from '#core/shapes'
import type { NoticePack } from './rules.ts'

const day = 1440
const Minutes = v.pipe(Whole, v.minValue(1), v.maxValue(7 * day))

export const NoticePackShape = v.strictObject({
  relayMinutes: v.strictObject({ normal: Minutes, priority: Minutes }),
  aloneMinutes: v.pipe(Whole, v.minValue(1), v.maxValue(day)),
  usefulHours: v.pipe(Whole, v.maxValue(168)),
}) satisfies v.GenericSchema<NoticePack>
