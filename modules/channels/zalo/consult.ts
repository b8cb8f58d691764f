// A consultation message: to followers who did something at the account in the last days. Free for two of them.
import { now } from '#core/clock'
import type { App } from '#core/module'
import { contactDigest } from '#people'
import type { Account } from '../account.ts'
import { best, together } from '../best.ts'
import { keepSpoken, lastSpoken } from '../store-heard.ts'
import type { Address, Channel, HandedOver, Outgoing, Piece } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { at } from '../http-profile.ts'
import { ask, refuse, type Answer } from './api.ts'
import { windowAt } from './meaning.ts'
import { whole } from './settings.ts'
import { lastAsked, noteAsked } from './store.ts'
import { isCut, messageText } from './words.ts'

/** Zalo is not asked more often than this about the same person. */
const askAgainMs = 3_600_000

/** When the person last did something there: as we heard, else as Zalo says. */
async function windowOf(app: App, account: Account, to: { id: string; value: string }) {
  const { tenant, id } = account
  const day = now()
  const spoke = (await lastSpoken(app.sql, tenant, id, [to.id])).get(to.id)
  const heard = windowAt(spoke, day)
  if (heard === 'free') return heard
  const askedAt = await lastAsked(app.sql, tenant, id, to.id)
  const isFresh = askedAt && day.getTime() - askedAt.getTime() < askAgainMs
  if (isFresh) return heard
  const body = { user_id: to.value }
  // Only a question: without an answer nothing has gone.
  const asked = ask(app, account, { door: 'api', path: '/v3.0/oa/quota/message', body })
  const said = await asked.catch(() => refuse(app, account, 'no_line'))
  if (said.is === 'refused') return heard === 'paid' ? heard : said
  const ms = at(said.data, 'last_interaction')
  const lastAt = ms && /^\d{1,15}$/.test(ms) ? new Date(Number(ms)) : undefined
  if (lastAt) await keepSpoken(app.sql, tenant, id, [{ address: to.id, at: lastAt }])
  await noteAsked(app.sql, tenant, id, to.id, day)
  return windowAt(lastAt ?? spoke, day)
}

/** @param idAt where Zalo's name for the message stands */
export const takenAs = (said: Answer, idAt: string, dong: number): HandedOver => {
  if (said.is === 'refused') return said
  const id = at(said.data, idAt)
  return { is: 'accepted', parts: 1, dong, ...(id === undefined ? {} : { ids: [id] }) }
}

const post = async (app: App, account: Account, to: string, text: string, dong: number) => {
  const body = { recipient: { user_id: to }, message: { text } }
  return takenAs(await ask(app, account, { door: 'api', path: '/v3.0/oa/message/cs', body }), 'message_id', dong)
}

/** A few words to one person, who has just written. */
export const answerWith = (app: App, account: Account, to: string, text: string) =>
  post(app, account, to, text.normalize('NFC'), 0)

/** Not a setting that anybody enters: no money is left. */
const onlyFree = 'onlyFree'

/** To each free one; where none is, one that costs, if the commune pays for it. */
async function handOver(app: App, message: Outgoing, { addresses, link }: Piece, account?: Account) {
  if (!account) return { is: 'refused' as const, why: 'no_account' as const }
  const dong = whole(account.settings, 'dongAfterFree')
  const mayPay = dong !== undefined && account.settings[onlyFree] !== true
  const windows = await Promise.all(addresses.map(to => windowOf(app, account, to)))
  const free = addresses.filter((_, n) => windows[n] === 'free')
  const paid = !mayPay || free.length ? [] : addresses.filter((_, n) => windows[n] === 'paid').slice(0, 1)
  const said = await together(
    [...free, ...paid].map(to => post(app, account, to.value, messageText(message, link), free.length ? 0 : dong!)),
  )
  const why = (window: 'paid' | 'closed') => (window === 'paid' && dong !== undefined ? 'no_budget' : 'window_closed')
  const refusals = windows.flatMap(one => {
    if (one === 'free') return []
    return typeof one === 'object' ? one : refuse(app, account, why(one))
  })
  const all = said.length ? said : refusals
  const ids = said.flatMap(one => (one.is === 'accepted' ? (one.ids ?? []) : []))
  const outcome = best(all)
  return outcome.is === 'accepted' ? { ...outcome, ids } : outcome
}

export const zalo: Channel = {
  kind: 'zalo',
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: 'zalo',
    cost: 0,
    proves: ['sent', 'delivered', 'seen', 'acknowledged'],
    phoneKinds: [],
    batch: 200,
    parallel: 20,
  },
  speaksThrough: 'zalo',
  find: findContacts('zalo'),
  handOver,
  unpaid: account => ({ ...account, settings: { ...account.settings, [onlyFree]: true } }),
  mostDong: (_, __, { settings }) => Promise.resolve(whole(settings, 'dongAfterFree') ?? 0),
  show: (_, message, { link }, account) =>
    Promise.resolve({
      text: messageText(message, link),
      ...(whole(account?.settings ?? {}, 'dongAfterFree') ? { dong: whole(account!.settings, 'dongAfterFree')! } : {}),
      warnings: [
        ...(account ? [] : (['no_account'] as const)),
        ...(isCut(message, link) ? (['cut'] as const) : []),
        ...(message.isPrivate ? (['hides_subject'] as const) : []),
      ],
    }),
}

/** The address of somebody whom Zalo names. */
export const addressOf = (value: string): Address => ({ id: contactDigest('zalo', value).toString('hex'), value })
