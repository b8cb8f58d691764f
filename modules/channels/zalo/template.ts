// A registered template: to any follower by the name that Zalo has for him, or to a number that nobody has to have linked.
import { dayOf, minuteOfDay, now } from '#core/clock'
import type { App } from '#core/module'
import { readPhone } from '#people'
import type { Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import type { Channel, HandedOver, Outgoing, Piece, ShownAs } from '../channel.ts'
import { findContacts } from '../contacts.ts'
import { at } from '../http-profile.ts'
import { ask, refuse } from './api.ts'
import { takenAs } from './consult.ts'
import { isNight } from './meaning.ts'
import { text, whole } from './settings.ts'
import { dropNews, putNews, putQuota, returnUnasked, takeUnasked, type Product } from './store.ts'
import { templateData } from './words.ts'

interface Way {
  product: Product
  template: string
  price: string
  door: 'api' | 'business'
  path: string
  idAt: string
  /** How the person is named in the question. */
  to: (value: string, key: string) => Record<string, string> | undefined
}

const byUid: Way = {
  product: 'uid',
  template: 'templateByUid',
  price: 'dongByUid',
  door: 'api',
  path: '/v3.0/oa/message/template',
  idAt: 'message_id',
  to: value => ({ user_id: value }),
}

const byPhone: Way = {
  product: 'phone',
  template: 'templateByPhone',
  price: 'dongByPhone',
  door: 'business',
  path: '/message/template',
  idAt: 'msg_id',
  to(value, key) {
    const phone = readPhone(value)?.slice(1)
    return phone === undefined ? undefined : { phone, tracking_id: key.slice(0, 48) }
  },
}

const number = (words: string | undefined) => (words && /^\d{1,9}$/.test(words) ? Number(words) : undefined)

/** What Zalo says of the day's messages beside an answer. */
async function noteQuota(app: App, { tenant, id }: Account, product: Product, data: unknown) {
  const [most, remaining] = [number(at(data, 'quota.dailyQuota')), number(at(data, 'quota.remainingQuota'))]
  if (remaining !== undefined) await putQuota(app.sql, tenant, id, { product, day: dayOf(now()), most, remaining })
}

interface Sending {
  app: App
  account: Account
  message: Outgoing
  link: string
  to: string
  key: string
  /** Sent to the app's own administrators only: Zalo's way of trying. */
  isTrial?: boolean
}

async function sendBy(way: Way, { app, account, message, link, to, key, isTrial }: Sending): Promise<HandedOver> {
  const { tenant, id, settings } = account
  const template = text(settings, way.template)
  const person = way.to(to, key)
  if (template === undefined) return refuse(app, account, 'no_template')
  if (!person) return refuse(app, account, 'address_wrong')
  if (settings['templateTag'] === 'tag3' && isNight(minuteOfDay(now()))) return refuse(app, account, 'night')
  const day = dayOf(now())
  const most = way.product === 'uid' ? whole(settings, 'perDayUnasked') : undefined
  if (!(await takeUnasked(app.sql, tenant, id, { product: way.product, day, most })))
    return refuse(app, account, 'unasked_used')
  const body = {
    ...person,
    template_id: template,
    template_data: templateData(message, link, settings),
    ...(isTrial ? { mode: 'development' } : {}),
  }
  const said = await ask(app, account, { door: way.door, path: way.path, body })
  if (said.is === 'refused') await returnUnasked(app.sql, tenant, id, way.product, day)
  const isRefused = said.is === 'refused' && said.why === 'template_refused'
  // Which of the account's templates: it stands there until Zalo takes one again.
  if (isRefused) await putNews(app.sql, tenant, id, { about: `refused ${template}`, said: 'REFUSED', at: now() })
  if (said.is !== 'refused') await dropNews(app.sql, tenant, id, `refused ${template}`)
  if (said.is !== 'refused') await noteQuota(app, account, way.product, said.data)
  return takenAs(said, way.idAt, whole(settings, way.price) ?? 0)
}

const priceIn = (way: Way, settings: Settings) => whole(settings, way.price) ?? 0

function shown(way: Way, message: Outgoing, link: string, account: Account | undefined): ShownAs {
  const settings = account?.settings ?? {}
  const values = Object.values(templateData(message, link, { wordTitle: 'a', wordLink: 'z', ...settings }))
  const price = priceIn(way, settings)
  return {
    text: values.join('\n'),
    ...(price ? { dong: price } : {}),
    warnings: [
      ...(account ? [] : (['no_account'] as const)),
      ...(message.isPrivate ? (['hides_subject'] as const) : []),
      ...(account && !price ? (['no_price'] as const) : []),
    ],
  }
}

const channelBy = (kind: string, way: Way, address: 'zalo' | 'phone', cost: number): Channel => ({
  kind,
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address,
    cost,
    proves: ['sent', 'delivered', 'seen'],
    phoneKinds: [],
    batch: 200,
    parallel: 20,
  },
  speaksThrough: 'zalo',
  isSetUp: settings => text(settings, way.template) !== undefined,
  find: findContacts(address),
  async handOver(app, message, { addresses: [to], link, key }: Piece, account) {
    if (!account || !to) return { is: 'refused', why: account ? 'address_wrong' : 'no_account' }
    return sendBy(way, { app, account, message, link, to: to.value, key })
  },
  mostDong: (_, __, { settings }) => Promise.resolve(priceIn(way, settings)),
  show: (_, message, { link }, account) => Promise.resolve(shown(way, message, link, account)),
})

/** The contract's own price stands in the account: these only say that it is paid, and which is dearer. */
export const zaloTemplate = channelBy('zalo_template', byUid, 'zalo', 200)
export const zaloPhone = channelBy('zalo_phone', byPhone, 'phone', 250)

export const tryByPhone = (sending: Omit<Sending, 'isTrial'>) => sendBy(byPhone, { ...sending, isTrial: true })
