// What tests of the ways to send short messages have in common.
import { newId } from '#core/ids'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { Channel } from '../channel.ts'
import { channelErrors } from '../channel-errors.ts'
import type { Heard, HeardBy } from '../heard.ts'
import { sms } from './sms.ts'
import type { ShortMessage, SmsAdapter } from './sms-adapter.ts'
import { encodingOf, partsOf } from './text.ts'

export const secretWord = 'mat-khau'

/** Three parts with marks: 195 letters. */
export const longText =
  'UBND xã Sơn Động: Dịch tả lợn châu Phi. Không mua bán, giết mổ, vận chuyển lợn. Nhốt lợn trong chuồng, rắc vôi. ' +
  'Lợn ốm, chết báo ngay trưởng thôn. Xem: https://loa.example/t/AbCdEfGhIj. Mã 7KQ2M.'

export const accountOf = (adapter: SmsAdapter, settings: Settings, tenant = 1): Account => ({
  tenant,
  id: newId(),
  kind: 'sms',
  adapter: adapter.name,
  name: 'Tin nhắn của xã',
  settings,
  secrets: { password: secretWord },
  version: 1,
})

export function shortMessage(text: string, { to = '+84912345678', key = newId() } = {}): ShortMessage {
  const encoding = encodingOf(text)
  return { to, text, encoding, parts: partsOf(text, encoding), key }
}

/** One way of sending, asked as the channel asks it. */
export const channelBy = (adapter: SmsAdapter): Channel => ({
  ...sms,
  find: () => Promise.resolve(new Map()),
  async handOver(app, { text }, { addresses, key }, account) {
    const said = await adapter.send(app, account!, shortMessage(text, { to: addresses[0]!.value, key }))
    if (said.is === 'refused' && channelErrors[said.why].isLoggable)
      app.log.warn({ channel: 'sms', account: account!.id, why: said.why }, 'short message refused')
    return said
  },
})

/** Keeps whatever an app's accounts hear. */
export function listenTo(app: App) {
  const all: (Heard & { account: string })[] = []
  app.events.on('channel.heard', (_, __, { account, heard }: HeardBy) => {
    all.push(...heard.map(one => ({ ...one, account })))
    return Promise.resolve()
  })
  return {
    all,
    of: (account: Account) => all.filter(one => one.account === account.id),
    states: (account: Account) =>
      all.flatMap(one => (one.is === 'part' && one.account === account.id ? [`${one.providerId} ${one.state}`] : [])),
  }
}
