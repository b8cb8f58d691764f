// Short messages as a channel: paid, to one number of a home, by whichever way the commune's account speaks.
import type { App } from '#core/module'
import { readPhone } from '#people'
import { adapterOf, type Account } from '../account.ts'
import { channelErrors } from '../channel-errors.ts'
import type { Channel, HandedOver, Outgoing, Piece, ShownAs, ShownText } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { speaker } from '../speaker.ts'
import { isSms, lookOf, priceOf } from './look.ts'
import { smsText } from './render.ts'
import type { ShortMessage } from './sms-adapter.ts'
import { partsOf, type Weighed } from './text.ts'

/** Hands one text to one number by the account's way. The price is the provider's own, or the commune's contract's. */
export async function sendShort(
  app: App,
  account: Account,
  to: string,
  { text, encoding }: Weighed,
  key: string,
): Promise<HandedOver> {
  const adapter = adapterOf(account.adapter)
  const number = readPhone(to)
  if (!isSms(adapter)) return { is: 'refused', why: 'no_account' }
  if (!number) return { is: 'refused', why: 'address_wrong' }
  const parts = partsOf(text, encoding)
  const message: ShortMessage = { to: number, text, encoding, parts, key }
  const said = await adapter.send(app, account, message)
  if (said.is === 'accepted') return { parts: parts.length, dong: parts.length * priceOf(account.settings), ...said }
  if (channelErrors[said.why].isLoggable)
    app.log.warn({ channel: 'sms', account: account.id, why: said.why }, 'short message refused')
  return said
}

/** Letters of a link that take one place in either alphabet: another link as long weighs the same. */
const isPlain = (link: string) => /^[\w:/.-]+$/.test(link)
const rendered = new WeakMap<Outgoing, Map<string, { link: string; short: Weighed }>>()

/** A notice as it goes to this home, and what it weighs. Cut once for all homes of a batch, whose links differ in their letters alone. */
async function shortOf(app: App, message: Outgoing, link: string, account: Account): Promise<Weighed> {
  const mine = rendered.get(message) ?? new Map<string, { link: string; short: Weighed }>()
  rendered.set(message, mine)
  const name = `${account.id}/${account.version}/${link.length}`
  const like = isPlain(link) ? mine.get(name) : undefined
  if (like?.short.text.endsWith(like.link))
    return { ...like.short, text: like.short.text.slice(0, -link.length) + link }
  const author = await speaker(app, message.tenant, message.author)
  const short = smsText({ ...message, author }, link, lookOf(account.settings))
  if (isPlain(link)) mine.set(name, { link, short })
  return short
}

async function handOver(app: App, message: Outgoing, piece: Piece, account?: Account): Promise<HandedOver> {
  const [to] = piece.addresses
  if (!account) return { is: 'refused', why: 'no_account' }
  if (!to) return { is: 'refused', why: 'address_wrong' }
  return sendShort(app, account, to.value, await shortOf(app, message, piece.link, account), piece.key)
}

/** Accounts without a price, or none at all, weigh and do not reckon. */
const weighed = ({ text, parts, encoding }: Weighed, price: number): ShownText => ({
  text,
  parts,
  encoding,
  ...(price ? { dong: parts * price } : {}),
})

async function show(app: App, message: Outgoing, { link }: Pick<Piece, 'link'>, account?: Account): Promise<ShownAs> {
  const said = { ...message, author: await speaker(app, message.tenant, message.author) }
  const settings = account?.settings ?? {}
  const look = lookOf(settings)
  const price = priceOf(settings)
  const shown = smsText(said, link, look)
  const isCut = smsText(said, link, { ...look, mostParts: 99 }).parts > shown.parts
  return {
    ...weighed(shown, price),
    other: weighed(smsText(said, link, { ...look, marks: !look.marks }), price),
    warnings: [
      ...(account ? [] : (['no_account'] as const)),
      ...(isCut ? (['cut'] as const) : []),
      ...(message.isPrivate ? (['hides_subject'] as const) : []),
      ...(account && !price ? (['no_price'] as const) : []),
    ],
  }
}

export const sms: Channel = {
  kind: 'sms',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'phone',
    /** The contract's own price stands in the account: this only says that it is paid. */
    cost: 300,
    proves: ['sent', 'delivered'],
    phoneKinds: [],
    batch: 200,
    parallel: 20,
  },
  speaksThrough: 'sms',
  find: findContacts('phone'),
  handOver,
  show,
  mostDong: async (app, message, account) => {
    const link = `${app.config.publicUrl}/t/${'A'.repeat(24)}`
    return (await shortOf(app, message, link, account)).parts * priceOf(account.settings)
  },
}
