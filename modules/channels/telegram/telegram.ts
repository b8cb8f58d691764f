// Telegram as a channel: free, to whoever has begun a chat with the commune's bot and linked his home there. A bot hears of no
// message whether it came or was read: only its button and its link tell.
import type { App } from '#core/module'
import { buryContact } from '#people'
import type { Account } from '../account.ts'
import { best, together } from '../best.ts'
import type { Address, Channel, HandedOver, Outgoing, Piece } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { at } from '../http-profile.ts'
import { ask } from './bot.ts'
import { partId } from './part-id.ts'
import { buttonsFor, isCut, messageText } from './words.ts'

/** @throws Error where nobody knows whether it went */
export async function sendTo(app: App, account: Account, to: string, message: object): Promise<HandedOver> {
  // The preview of a link would be fetched by Telegram, in everybody's name.
  const said = await ask(app, account, 'sendMessage', {
    chat_id: to,
    link_preview_options: { is_disabled: true },
    ...message,
  })
  if (said.is === 'refused') return said
  const id = at(said.result, 'message_id')
  return { is: 'accepted', ...(id === undefined ? {} : { ids: [partId(to, id)] }) }
}

async function toAddress(
  app: App,
  account: Account,
  message: Outgoing,
  piece: Piece,
  to: Address,
): Promise<HandedOver> {
  const said = await sendTo(app, account, to.value, { text: messageText(message, piece.link), ...buttonsFor(message) })
  if (said.is === 'refused' && said.why === 'address_dead' && to.contact)
    await buryContact(app.sql, message.tenant, to.contact)
  return said
}

export const telegram: Channel = {
  kind: 'telegram',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'telegram',
    cost: 0,
    proves: ['sent', 'acknowledged'],
    phoneKinds: [],
    batch: 100,
    parallel: 10,
  },
  speaksThrough: 'telegram',
  find: findContacts('telegram'),
  show: (_, message, { link }, account) =>
    Promise.resolve({
      text: messageText(message, link),
      warnings: [
        ...(account ? [] : (['no_account'] as const)),
        ...(isCut(message, link) ? (['cut'] as const) : []),
        ...(message.isPrivate ? (['hides_subject'] as const) : []),
      ],
    }),
  handOver: async (app, message, piece, account) =>
    best(await together(piece.addresses.map(to => toAddress(app, account!, message, piece, to)))),
}
