// Shapes that contracts share. They run in the browser too.
import * as v from 'valibot'

/** An outside id: opaque, begins with its tenant. */
export const Id = v.pipe(v.string(), v.maxLength(40))
export const Uuid = v.pipe(v.string(), v.uuid())

/** A unit's id or, for official units, its code on the day asked. */
export const UnitRef = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(40))

/** One line that a person typed. */
export const line = (max: number) => v.pipe(v.string(), v.trim(), v.nonEmpty(), v.maxLength(max))
export const text = (max: number) => v.pipe(v.string(), v.trim(), v.maxLength(max))

/** `2026-11-25`. */
export const Day = v.pipe(v.string(), v.isoDate())

/** A moment with its offset, as ISO 8601 text. */
export const Moment = v.pipe(v.string(), v.isoTimestamp())

/** Yes or no in a query string. */
export const Flag = v.pipe(
  v.picklist(['true', 'false', '1', '0']),
  v.transform(said => said === 'true' || said === '1'),
)

/** `?limit=`: 20 unless told, 100 at most. */
export const Limit = v.optional(
  v.pipe(v.union([v.string(), v.number()]), v.toNumber(), v.integer(), v.minValue(1), v.maxValue(100)),
  20,
)
export const Cursor = v.optional(v.pipe(v.string(), v.maxLength(300)))

export const page = <T extends v.GenericSchema>(item: T) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()) })

export const Done = v.object({ done: v.literal(true) })
