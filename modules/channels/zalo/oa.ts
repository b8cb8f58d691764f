// A commune's Zalo Official Account: what is entered for it, how it is granted and tried, and how it is.
import { dayOf, now } from '#core/clock'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { say, type Language } from '#core/words'
import { readPhone } from '#people'
import type { Account, Adapter } from '../account.ts'
import type { HandedOver, Outgoing } from '../channel.ts'
import { answerWith } from './consult.ts'
import { challengeFor, connect } from './grant.ts'
import { hear } from './hear.ts'
import { places } from './places.ts'
import { fields, hostsOf, whole } from './settings.ts'
import { clockBehind, findGrant, forgetGrant, newsOf, quotasOf } from './store.ts'
import { tryByPhone } from './template.ts'

const dayMs = 86_400_000

/** Zalo's names of people are long numbers. */
const isUser = (to: string) => /^\d{15,25}$/.test(to)

const trial = ({ publicUrl }: App['config'], tenant: number): Outgoing => ({
  tenant,
  subjectId: '',
  publishedId: '',
  subject: 'test',
  version: 1,
  class: 'normal',
  isOptional: false,
  isPrivate: false,
  title: say('vi', 'zalo.test_title'),
  words: '',
  text: say('vi', 'zalo.test_body'),
  author: publicUrl,
  event: undefined,
  checkCode: '',
  topic: 'test',
  seconds: 3600,
})

async function tryOut(app: App, account: Account, to: string): Promise<HandedOver> {
  if (isUser(to)) return answerWith(app, account, to, say('vi', 'zalo.test_body'))
  const message = trial(app.config, account.tenant)
  return tryByPhone({ app, account, message, link: app.config.publicUrl, to, key: newId() })
}

/** Zalo's states of templates, and how its judgement of them stands, in our words; what we do not know as Zalo says it. */
const states: Readonly<Record<string, 'good' | 'bad' | 'waits' | 'refused'>> = {
  ENABLE: 'good',
  APPROVED: 'good',
  PENDING_REVIEW: 'waits',
  REJECT: 'bad',
  REJECTED: 'bad',
  DISABLE: 'bad',
  DELETE: 'bad',
  REFUSED: 'refused',
}
const newsWords = (language: Language, said: string) => {
  const state = states[said.toUpperCase()]
  return state ? say(language, `zalo.template_${state}`, { said }) : said
}

export const zaloOa: Adapter = {
  kind: 'zalo',
  name: 'zalo_oa',
  fields,
  // Zalo counts by the minute: what a rest saved up must fit beside a whole minute's calls.
  pace: settings => ({ perSecond: (whole(settings, 'perMinute') ?? 3930) / 60, burstSeconds: 0.5, parallel: 20 }),
  hosts: hostsOf,
  page: settings => `https://zalo.me/${String(settings['oaId'])}`,
  hear,
  isAddress: to => isUser(to) || readPhone(to) !== undefined,
  test: (app, account, to) => tryOut(app, account, to).catch((): HandedOver => ({ is: 'refused', why: 'no_line' })),
  answer: { say: (app, account, { to, words }) => answerWith(app, account, to, words) },
  poster: places,
  granting: {
    async shown(db, tenant, id) {
      const challenge = await challengeFor(db, tenant, id)
      const row = await findGrant(db, tenant, id)
      const state = !row?.sealed ? 'none' : row.lostAt ? 'lost' : 'granted'
      return { challenge, state, at: row?.lostAt ?? row?.grantedAt ?? null }
    },
    forget: forgetGrant,
    async grant(app, account, granted) {
      const said = await connect(app, account, granted)
      return said.is === 'token' ? { is: 'accepted' } : said
    },
  },
  async facts(db, tenant, id, { language, settings }) {
    const today = dayOf(now())
    const most = whole(settings, 'perDayUnasked')
    const quotas = (await quotasOf(db, tenant, id)).map(one => {
      const used = one.day === today ? one.used : 0
      const all = one.most ?? (one.product === 'uid' ? most : undefined)
      const left = one.day === today ? one.remaining : null
      const words =
        all === undefined ? say(language, 'zalo.used', { used }) : say(language, 'zalo.used_of', { used, all })
      const more = left === null ? '' : ` · ${say(language, 'zalo.left', { left })}`
      return { title: say(language, `zalo.quota_${one.product}`), words: words + more }
    })
    const since = now().getTime() - dayMs
    const news = (await newsOf(db, tenant, id)).flatMap(one => {
      if (one.about !== clockBehind)
        return {
          title: say(language, 'zalo.template', { id: one.about.split(' ').at(-1) }),
          words: newsWords(language, one.said),
        }
      const words = say(language, 'zalo.clock_behind', { minutes: one.said })
      return one.at.getTime() > since ? { title: say(language, 'zalo.clock'), words } : []
    })
    return [...quotas, ...news]
  },
}
