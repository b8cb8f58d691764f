import * as v from 'valibot'

export const Part = v.picklist(['holder', 'deputy', 'stand_in'])
export const NewPassword = v.pipe(v.string(), v.minLength(10), v.maxLength(200))
/** Small letters, digits, dot, dash: what any phone can type. */
export const LoginName = v.pipe(v.string(), v.trim(), v.toLowerCase(), v.regex(/^[a-z0-9][a-z0-9._-]{2,39}$/))

/** A QR code: squares a side (quiet zone left to the page) and one path of its black ones, a square being 1 × 1. */
export const Qr = v.object({ size: v.number(), path: v.string() })

/** A single-use address to hand over; `address` is the same as the code. */
export const HandOver = v.object({ address: v.string(), qr: Qr, endsAt: v.string() })
export type HandOver = v.InferOutput<typeof HandOver>
