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

/** 30 February has the form of a day, and JavaScript makes it one of March. */
const isDay = (said: string) => {
  const day = new Date(`${said.slice(0, 10)}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(said.slice(0, 10))
}
const isBetween = (said: string, from: string, to: string) => said >= from && said < to

/** `2026-11-25`. */
export const Day = v.pipe(
  v.string(),
  v.isoDate(),
  v.check(said => isDay(said) && isBetween(said, '1900', '2200'), 'iso_date'),
)

/** A moment with its offset, as ISO 8601 text. A phone that lost its clock says 1970. */
export const Moment = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.check(
    said => isDay(said) && isBetween(said, '1969-12-31', '2200') && !Number.isNaN(Date.parse(said)),
    'iso_timestamp',
  ),
)

/** The largest number that a column of ours holds. */
const mostWhole = 2_147_483_647

export const Whole = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(mostWhole))

/** Counted from 1: a version, a round, a household's number. */
export const Ordinal = v.pipe(Whole, v.minValue(1))

/** The same in a query string. */
export const OrdinalText = v.pipe(v.union([v.string(), v.number()]), v.toNumber(), Ordinal)

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
/** Long enough for a name of a hundred letters with marks. */
export const Cursor = v.optional(v.pipe(v.string(), v.maxLength(2000)))

export const page = <T extends v.GenericSchema>(item: T) =>
  v.object({ items: v.array(item), next: v.nullable(v.string()) })

export const Done = v.object({ done: v.literal(true) })
