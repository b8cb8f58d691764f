// Telephone calls as a channel: paid, to one number of a home; for those who have no smartphone and do not read short messages.
import type { App } from '#core/module'
import { readPhone } from '#people'
import { adapterOf, type Account } from '../account.ts'
import { channelErrors } from '../channel-errors.ts'
import type { Channel, HandedOver, Outgoing, Piece, ShownAs } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { speaker } from '../speaker.ts'
import { isCall, mostSecondsOf, priceOf } from './call-adapter.ts'
import { spokenWords, type Spoken } from './script.ts'

async function spokenBy(app: App, message: Outgoing, account: Account | undefined): Promise<Spoken> {
  const author = await speaker(app, message.tenant, message.author)
  return spokenWords({ ...message, author }, mostSecondsOf(account?.settings ?? {}))
}

async function handOver(
  app: App,
  message: Outgoing,
  { addresses, key }: Piece,
  account?: Account,
): Promise<HandedOver> {
  const adapter = account && adapterOf(account.adapter)
  const to = addresses[0] && readPhone(addresses[0].value)
  if (!account || !isCall(adapter)) return { is: 'refused', why: 'no_account' }
  if (!to) return { is: 'refused', why: 'address_wrong' }
  const { text, seconds } = await spokenBy(app, message, account)
  const said = await adapter.call(app, account, { to, text, seconds, key })
  if (said.is === 'accepted') return { dong: priceOf(account.settings, seconds), ...said }
  if (channelErrors[said.why].isLoggable)
    app.log.warn({ channel: 'call', account: account.id, why: said.why }, 'call refused')
  return said
}

async function show(app: App, message: Outgoing, _: Pick<Piece, 'link'>, account?: Account): Promise<ShownAs> {
  const { text, seconds, isCut } = await spokenBy(app, message, account)
  const dong = priceOf(account?.settings ?? {}, seconds)
  return {
    text,
    ...(dong ? { dong } : {}),
    warnings: [
      ...(account ? [] : (['no_account'] as const)),
      ...(isCut ? (['cut_call'] as const) : []),
      ...(message.isPrivate ? (['hides_subject'] as const) : []),
      ...(account && !dong ? (['no_price'] as const) : []),
    ],
  }
}

export const call: Channel = {
  kind: 'call',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'phone',
    /** The contract's own price stands in the account: this only says that it is dearer than a short message. */
    cost: 500,
    proves: ['sent', 'delivered', 'acknowledged'],
    phoneKinds: [],
    batch: 50,
    parallel: 10,
  },
  speaksThrough: 'call',
  find: findContacts('phone'),
  handOver,
  show,
  mostDong: async (app, message, account) => priceOf(account.settings, (await spokenBy(app, message, account)).seconds),
}
