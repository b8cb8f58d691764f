// SpeedSMS. Source: SpeedSMS, "SMS API" and "Webhook", read in November 2026: 60 requests in 60 seconds, no key against doubles.
import { createHash } from 'node:crypto'
import * as v from 'valibot'
import type { Called } from '../account.ts'
import type { Heard } from '../heard.ts'
import { httpAdapter } from './http.ts'
import type { HttpProfile } from '../http-profile.ts'

const profile: HttpProfile = {
  method: 'POST',
  path: '/index.php/sms/send',
  format: 'json',
  headers: { authorization: 'Basic {basic}' },
  // sms_type 3 is a registered name, 2 a number of theirs, 5 the commune's own telephone.
  body: `{"to":["{phone}"],"content":"{text}","sms_type":{smsType},"sender":"{sender}"}`,
  phone: 'international',
  taken: { at: 'status', in: ['success'] },
  idAt: 'data.tranId',
  partsAt: 'data.totalSMS',
  dongAt: 'data.totalPrice',
  errorAt: 'code',
  errors: {
    '007': 'not_signed_in',
    '008': 'not_signed_in',
    '009': 'not_signed_in',
    '101': 'message_refused',
    '105': 'address_wrong',
    '110': 'message_refused',
    '113': 'message_too_large',
    '300': 'no_money',
    '500': 'provider_down',
  },
  takesKey: false,
}

const Text = v.pipe(v.union([v.string(), v.number()]), v.transform(String))
const Report = v.object({ type: v.literal('report'), tranId: Text, status: v.pipe(Text, v.transform(Number)) })
const Said = v.object({ type: v.picklist(['sms', 'incoming']), phone: Text, content: v.string() })
const Heards = v.union([Report, Said])

/** Ids longer than JavaScript's numbers stay text. */
function parsed(raw: Buffer) {
  const text = raw.toString('utf8')
  try {
    return v.safeParse(Heards, JSON.parse(text.replace(/("tranId"\s*:\s*)(\d+)/, '$1"$2"')))
  } catch {
    return undefined
  }
}

const hourMs = 3_600_000

/** Failed for good from 64 on; below that the network still tries. What people say has no id of its own: the same words within an hour are one. */
export function heardFromSpeedsms({ raw }: Pick<Called, 'raw'>, at: Date): readonly Heard[] {
  const found = parsed(raw)
  if (!found?.success) return []
  const { output } = found
  if (output.type !== 'report') {
    const hour = Math.floor(at.getTime() / hourMs)
    const id = createHash('sha256').update(`${hour}/${output.phone}/${output.content}`).digest('base64url')
    return [{ is: 'said', id, from: output.phone, words: output.content, at }]
  }
  const { tranId: providerId, status } = output
  if (status === 0) return [{ is: 'part', providerId, state: 'delivered', at }]
  return status >= 64 ? [{ is: 'part', providerId, state: 'failed', why: 'not_delivered', at }] : []
}

export const speedsms = httpAdapter(
  {
    name: 'speedsms',
    fields: [
      { name: 'smsType', type: 'choice', options: ['3', '2', '5'], initial: '3' },
      { name: 'sender', type: 'text' },
      { name: 'token', type: 'secret' },
    ],
    perSecond: 1,
    profile: () => profile,
    heard: heardFromSpeedsms,
  },
  'api.speedsms.vn',
)
