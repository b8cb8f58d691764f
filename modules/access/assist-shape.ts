// How a commune writes how long somebody may act for a home before he has to ask again.
import * as v from 'valibot'
import { Whole } from '#core/shapes'

export const AssistShape = v.strictObject({ minutes: v.pipe(Whole, v.minValue(1), v.maxValue(240)) })
