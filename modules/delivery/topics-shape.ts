// How a commune writes which topics a person may stop.
import * as v from 'valibot'
import { line } from '#core/shapes'
import type { TopicsPack } from './optional.ts'

export const TopicsShape = v.strictObject({
  optional: v.pipe(v.array(line(40)), v.maxLength(50)),
}) satisfies v.GenericSchema<TopicsPack>
