// How a commune writes its holidays. It may answer sooner than the law wants, never later.
import * as v from 'valibot'
import { Day, Whole } from '#core/shapes'
import type { RequestRules } from './working-days.ts'

export const RequestRulesShape = v.strictObject({
  answerWorkingDays: v.exactOptional(v.pipe(Whole, v.minValue(1), v.maxValue(2))),
  holidays: v.pipe(v.array(Day), v.maxLength(400)),
}) satisfies v.GenericSchema<Partial<RequestRules>>
