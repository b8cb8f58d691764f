// E-mail as a channel: free, one letter to each address of a home. Taken by the server is no reach: only its opened link is.
import type { App } from '#core/module'
import { buryContact } from '#people'
import type { Account } from '../account.ts'
import { best, together } from '../best.ts'
import { channelErrors } from '../channel-errors.ts'
import type { Address, Channel, HandedOver, Outgoing, Piece } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { letterOf, lookOf } from './letter.ts'
import { bounceMark, stopToken } from './mark.ts'
import { post, senderOf } from './smtp.ts'

async function toAddress(
  app: App,
  account: Account,
  message: Outgoing,
  piece: Piece,
  to: Address,
): Promise<HandedOver> {
  const { tenant } = message
  const contactId = to.contact!
  const marked = { tenant, contactId }
  const stamp = { mark: bounceMark(app, marked), stopLink: `${app.config.publicUrl}/u/${stopToken(app, marked)}` }
  const said = await post(app, account, letterOf(message, piece, to, { sender: senderOf(account), stamp }))
  if (said.is === 'accepted') return said
  if (said.why === 'address_dead') await buryContact(app.sql, tenant, contactId)
  if (channelErrors[said.why].isLoggable)
    app.log.warn({ channel: 'email', account: account.id, why: said.why }, 'letter refused')
  return said
}

export const email: Channel = {
  kind: 'email',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'email',
    cost: 0,
    proves: ['sent'],
    phoneKinds: [],
    batch: 100,
    parallel: 10,
  },
  speaksThrough: 'email',
  find: findContacts('email'),
  show: async (app, message, { link }, account) => ({
    ...lookOf(message, link, `${app.config.publicUrl}/u/…`),
    warnings: [
      ...(account ? [] : (['no_account'] as const)),
      ...(message.isPrivate ? (['hides_subject'] as const) : []),
    ],
  }),
  handOver: async (app, message, piece, account) =>
    best(await together(piece.addresses.map(to => toAddress(app, account!, message, piece, to)))),
}
