// Messenger as a channel: free, to people of a home who wrote to the page, for a day after their last word.
import { now } from '#core/clock'
import type { App } from '#core/module'
import type { Account } from '../account.ts'
import { best, together } from '../best.ts'
import { channelErrors } from '../channel-errors.ts'
import type { Address, Channel, HandedOver, Outgoing } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { NotReached } from '../http-call.ts'
import { keepSent, lastSpoken } from '../store-heard.ts'
import { graph, idIn, pageIdOf, refusedBy } from './graph.ts'
import { knownButton, messengerText } from './messenger-text.ts'
import { mannerOf, type Manner } from './window.ts'

interface Saying {
  to: Pick<Address, 'id' | 'value'>
  manner: Manner
  message: object
}

/** @throws Error where nobody knows whether it went: Meta knows no key of ours */
export async function sayTo(app: App, account: Account, { to, manner, message }: Saying): Promise<HandedOver> {
  const asked = {
    method: 'POST' as const,
    path: `${encodeURIComponent(pageIdOf(account))}/messages`,
    body: { recipient: { id: to.value }, ...manner, message },
  }
  const said = await graph(app, account, asked).catch((error: unknown) => {
    if (error instanceof NotReached) return undefined
    throw error
  })
  if (!said) return { is: 'refused', why: 'no_line' }
  if (said.is === 'error') return refusedBy(said)
  const id = idIn(said.json, 'message_id')
  if (id === undefined) return { is: 'accepted' }
  await keepSent(app.sql, account.tenant, account.id, { address: to.id, providerId: id, at: said.at })
  return { is: 'accepted', ids: [id] }
}

function bestOf(said: readonly HandedOver[]): HandedOver {
  const ids = said.flatMap(one => (one.is === 'accepted' ? (one.ids ?? []) : []))
  const one = best(said)
  return one.is === 'accepted' && ids.length ? { ...one, ids } : one
}

async function handOver(
  app: App,
  message: Outgoing,
  { addresses, link }: { addresses: readonly Address[]; link: string },
  account?: Account,
): Promise<HandedOver> {
  if (!account) return { is: 'refused', why: 'no_account' }
  const { tenant, id, settings } = account
  const spoke = await lastSpoken(
    app.sql,
    tenant,
    id,
    addresses.map(one => one.id),
  )
  const { text } = messengerText(message, link)
  const toOne = async (to: Address): Promise<HandedOver> => {
    const manner = mannerOf(spoke.get(to.id), now(), settings)
    if (!manner) return { is: 'refused', why: 'window_closed' }
    return sayTo(app, account, { to, manner, message: { text, quick_replies: [knownButton()] } })
  }
  const said = bestOf(await together(addresses.map(toOne)))
  if (said.is === 'refused' && channelErrors[said.why].isLoggable)
    app.log.warn({ channel: 'facebook', account: id, why: said.why }, 'message refused')
  return said
}

export const messenger: Channel = {
  kind: 'facebook',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'facebook',
    cost: 0,
    proves: ['sent', 'delivered', 'seen', 'acknowledged'],
    phoneKinds: [],
    batch: 100,
    parallel: 10,
  },
  speaksThrough: 'facebook',
  find: findContacts('facebook'),
  show: (_, message, { link }, account) => {
    const { text, isCut } = messengerText(message, link)
    return Promise.resolve({
      text,
      warnings: [
        ...(account ? [] : (['no_account'] as const)),
        ...(isCut ? (['cut'] as const) : []),
        ...(message.isPrivate ? (['hides_subject'] as const) : []),
      ],
    })
  },
  handOver,
}
