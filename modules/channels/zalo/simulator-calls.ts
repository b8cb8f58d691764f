// What Zalo calls us with: its events, signed in any of the ways that its documents tell of.
import { createHash } from 'node:crypto'
import type { Login } from './simulator-grant.ts'

export interface Signing {
  first?: 'app' | 'oa'
  secret?: 'oa-key' | 'app-secret'
  prefix?: boolean
}

const signer =
  ({ appId, oaId, appSecret, oaSecretKey }: Login, clock: () => number) =>
  (body: object, { first = 'app', secret = 'oa-key', prefix = true }: Signing = {}) => {
    const timestamp = String((body as { timestamp?: string }).timestamp ?? clock())
    const raw = JSON.stringify({ app_id: appId, ...body, timestamp })
    const words = `${first === 'app' ? appId : oaId}${raw}${timestamp}${secret === 'oa-key' ? oaSecretKey : appSecret}`
    const mac = createHash('sha256').update(words).digest('hex')
    return { raw, headers: { 'x-zevent-signature': prefix ? `mac=${mac}` : mac, 'content-type': 'application/json' } }
  }

/** What is told of the account itself. */
const newsOf = (oaId: string) => ({
  perDay: (quota: number) => ({
    event_name: 'change_oa_daily_quota',
    oa_id: oaId,
    quota: { prev_quota: 500, new_quota: quota },
  }),
  templateIs: (id: string, status: string) => ({
    event_name: 'change_template_status',
    oa_id: oaId,
    template_id: id,
    status: { prev_status: 'ENABLE', new_status: status },
  }),
})

export function callsOf(login: Login, clock: () => number) {
  const { oaId } = login
  let last = 0
  const of = (event_name: string, from: string, message: object) => ({
    event_name,
    sender: { id: from },
    recipient: { id: oaId },
    message,
  })
  const nextId = () => `msg-${clock()}-${++last}`
  return {
    signed: signer(login, clock),
    follow: (from: string) => ({ event_name: 'follow', oa_id: oaId, follower: { id: from }, source: 'oa_profile' }),
    unfollow: (from: string) => ({ event_name: 'unfollow', oa_id: oaId, follower: { id: from }, source: 'oa_profile' }),
    says: (from: string, text: string) => of('user_send_text', from, { text, msg_id: nextId() }),
    sends: (from: string, kind: string, payload: object) =>
      of(`user_send_${kind}`, from, { attachments: [{ type: kind, payload }], msg_id: nextId() }),
    submits: (from: string, info: object) => ({ ...of('user_submit_info', from, {}), info }),
    received: (from: string, id: string) => of('user_received_message', from, { msg_id: id }),
    receivedByPhone: (id: string, tracking: string) => ({
      event_name: 'user_received_message',
      sender: { id: oaId },
      recipient: { id: '84' },
      message: { msg_id: id, tracking_id: tracking, delivery_time: String(clock()) },
    }),
    seen: (from: string, ...ids: string[]) => of('user_seen_message', from, { msg_ids: ids }),
    ...newsOf(oaId),
  }
}
