// eSMS (ViHAT): customer-care messages under a registered name. Source: eSMS, "Gửi tin chăm sóc khách hàng", "Callback URL" and
// "Table of error codes", read in November 2026.
import type { Called } from '../account.ts'
import type { Heard } from '../heard.ts'
import { httpAdapter } from './http.ts'
import type { HttpProfile } from '../http-profile.ts'

const profile: HttpProfile = {
  method: 'POST',
  path: '/MainService.svc/json/SendMultipleMessage_V4_post_json/',
  format: 'json',
  headers: {},
  // SmsType 2 is customer care. Public notices are never advertisements (type 1).
  body: `{"ApiKey":"{apiKey}","SecretKey":"{secretKey}","Phone":"{phone}","Content":"{text}","Brandname":"{brandname}","SmsType":"2","IsUnicode":"{unicode}","Sandbox":"{sandbox}","RequestId":"{key}","CallbackUrl":"{hook}"}`,
  phone: 'domestic',
  // 124: this RequestId came before, so the message is on its way already.
  taken: { at: 'CodeResult', in: ['100', '124'] },
  errorAt: 'CodeResult',
  errors: {
    '99': 'address_refuses',
    '101': 'not_signed_in',
    '102': 'not_signed_in',
    '103': 'no_money',
    '104': 'message_refused',
    '107': 'message_refused',
    '108': 'address_wrong',
    '110': 'message_refused',
    '120': 'message_refused',
    '140': 'not_signed_in',
    '146': 'template_refused',
    '177': 'address_refuses',
    '300': 'message_refused',
  },
  takesKey: true,
}

/** A finished message (5) of which none succeeded has failed, whatever the number says; 4 is a refusal; all else is on its way. */
export function heardFromEsms({ query }: Pick<Called, 'query'>, at: Date): readonly Heard[] {
  const { SendStatus: status, SendSuccess: ok, SMSID: id, RequestId: key } = query
  const providerId = key || id
  if (!providerId) return []
  if (status === '4') return [{ is: 'part', providerId, state: 'failed', why: 'message_refused', at }]
  if (status !== '5') return []
  return Number(ok) > 0
    ? [{ is: 'part', providerId, state: 'delivered', at }]
    : [{ is: 'part', providerId, state: 'failed', why: 'not_delivered', at }]
}

export const esms = httpAdapter(
  {
    name: 'esms',
    fields: [
      { name: 'brandname', type: 'text' },
      { name: 'apiKey', type: 'secret' },
      { name: 'secretKey', type: 'secret' },
      { name: 'sandbox', type: 'choice', options: ['0', '1'], initial: '0' },
    ],
    perSecond: 20,
    profile: () => profile,
    heard: heardFromEsms,
  },
  'rest.esms.vn',
)
