// What Meta calls back with: whether it is Meta, and what the call holds. Decisions without I/O.
import { createHmac } from 'node:crypto'
import { isSame } from '#core/secrets'
import * as v from 'valibot'

/** Signed are the bytes as they came: escaped letters, blanks and all. Never what a parser makes of them. */
export function isFromMeta(raw: Buffer, header: string | null, appSecret: string): boolean {
  const said = /^sha256=([\da-f]{64})$/i.exec(header ?? '')?.[1]
  return said !== undefined && isSame(Buffer.from(said, 'hex'), createHmac('sha256', appSecret).update(raw).digest())
}

const Text = v.pipe(v.union([v.string(), v.number()]), v.transform(String))
const Referral = v.object({ ref: v.optional(v.string()) })
const Messaging = v.object({
  sender: v.optional(v.object({ id: Text })),
  timestamp: v.optional(v.number()),
  message: v.optional(
    v.object({
      mid: v.string(),
      text: v.optional(v.string()),
      is_echo: v.optional(v.boolean()),
      quick_reply: v.optional(v.object({ payload: v.optional(v.string()) })),
      attachments: v.optional(v.array(v.object({ type: v.optional(v.string()) }))),
    }),
  ),
  postback: v.optional(
    v.object({ mid: v.optional(v.string()), payload: v.optional(v.string()), referral: v.optional(Referral) }),
  ),
  referral: v.optional(Referral),
  delivery: v.optional(v.object({ mids: v.optional(v.array(v.string())), watermark: v.optional(v.number()) })),
  read: v.optional(v.object({ watermark: v.optional(v.number()) })),
})
export type Messaging = v.InferOutput<typeof Messaging>

const Change = v.object({
  field: v.string(),
  value: v.object({
    item: v.optional(v.string()),
    verb: v.optional(v.string()),
    comment_id: v.optional(Text),
    post_id: v.optional(Text),
    from: v.optional(v.object({ id: Text })),
    message: v.optional(v.string()),
    created_time: v.optional(v.number()),
  }),
})
export type Change = v.InferOutput<typeof Change>

const Batch = v.object({ object: v.string(), entry: v.array(v.looseObject({ id: Text })) })
const Some = v.object({
  messaging: v.optional(v.array(v.unknown()), []),
  changes: v.optional(v.array(v.unknown()), []),
})

/** What one cannot read is passed over: a new kind of event must not hold up the others. */
const readable = <T>(shape: v.GenericSchema<unknown, T>, items: readonly unknown[]) =>
  items.flatMap(item => {
    const read = v.safeParse(shape, item)
    return read.success ? [read.output] : []
  })

/** All events of a call that are of this page; undefined for what is no call of Meta's. */
export function eventsIn(raw: Buffer, page: string): { messaging: Messaging[]; changes: Change[] } | undefined {
  let json: unknown
  try {
    json = JSON.parse(raw.toString('utf8'))
  } catch {
    return undefined
  }
  const batch = v.safeParse(Batch, json)
  if (!batch.success || batch.output.object !== 'page') return undefined
  const mine = readable(
    Some,
    batch.output.entry.filter(one => one.id === page),
  )
  return {
    messaging: readable(
      Messaging,
      mine.flatMap(one => one.messaging),
    ),
    changes: readable(
      Change,
      mine.flatMap(one => one.changes),
    ),
  }
}
