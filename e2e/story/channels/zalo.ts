// Zalo: followers who linked themselves by a code, templates to them and to numbers, calls back out of order; it is away for an hour, then
// its access ends before its time, and the day's messages to numbers run out.
import { startZalo, type ZaloTaken } from '#channels/zalo-simulator'
import { chance } from '../../../demo/chance.ts'
import { post, type Call } from './postman.ts'
import { arrives, homesOfNumber, isDispatch, linkDoings, linkIn, type Street } from './street.ts'
import { here, type Entered, type Way } from './way.ts'

/** Numbers that have Zalo; homes that follow the commune's account. [own] */
const hasZalo = 0.35
const follows = 0.25
/** Messages to numbers that the day's quota allows, of a hundred homes. */
const quotaShare = 0.08

const prices = { cs: 0, uid: 200, phone: 250 } as const
const channels = { cs: 'zalo', uid: 'zalo_template', phone: 'zalo_phone' } as const

type ToOne = ZaloTaken & { way: keyof typeof prices }
const isToOne = (one: ZaloTaken): one is ToOne => one.way in prices

const settingsFor = (zalo: Awaited<ReturnType<typeof startZalo>>, port: number) => ({
  appId: zalo.login.appId,
  oaId: zalo.login.oaId,
  templateByUid: '301',
  dongByUid: prices.uid,
  templateByPhone: '302',
  dongByPhone: prices.phone,
  templateTag: 'tag2',
  wordTitle: 'title',
  wordLink: 'link',
  perMinute: 60_000,
  perDayUnasked: 5000,
  host: here,
  port,
})

export async function startZaloWay(
  street: Street,
): Promise<Way & { limit: (homes: number) => void; isUsedUp: () => boolean }> {
  const { seed, time, ledger } = street
  const homeOf = new Map<string, string>()
  let hook = ''
  const zalo = await startZalo({
    clock: () => Math.floor(time.now()),
    perMinute: 60_000,
    hasZalo: number => chance(seed, 'has zalo', number).is(hasZalo),
    took,
  })
  for (const template of ['301', '302']) zalo.template(template)

  /** The same bytes each time, as a repeat is. */
  function telling(event: object): Call {
    let said: ReturnType<typeof zalo.signed> | undefined
    return () => {
      said ??= zalo.signed(event)
      return post(hook, said.raw, said.headers)
    }
  }

  function took(one: ZaloTaken) {
    if (!isToOne(one)) return
    const { way, to, id } = one
    const isNotice = way !== 'cs' || isDispatch(one.text)
    ledger.taken.push({
      account: 'zalo_oa',
      channel: isNotice ? channels[way] : undefined,
      to,
      parts: 1,
      dong: prices[way],
      at: time.now(),
    })
    if (!isNotice) return
    const by = chance(seed, way, to)
    if (way === 'phone')
      arrives(street, by, () => homesOfNumber(street, to), {
        delivered: telling(zalo.receivedByPhone(id, one.tracking ?? '')),
        ...linkDoings(linkIn(one.data?.['link'] ?? '')),
      })
    else
      arrives(street, by, () => Promise.resolve([homeOf.get(to)!]), {
        delivered: telling(zalo.received(to, id)),
        seen: telling(zalo.seen(to, id)),
        known: telling(zalo.says(to, 'Đã rõ')),
        asks: telling(zalo.says(to, 'Lợn nhà tôi bỏ ăn từ hôm qua thì gọi ai?')),
      })
  }

  return {
    account: {
      adapter: 'zalo_oa',
      name: 'Zalo của xã',
      settings: settingsFor(zalo, zalo.port),
      secrets: { appSecret: zalo.login.appSecret, oaSecretKey: zalo.login.oaSecretKey },
    },
    async entered(account: Entered) {
      hook = account.hook
      const { access_token: accessToken, refresh_token: refreshToken } = zalo.explore()
      await street.net.get('POST', `/api/v1/channel-accounts/${account.id}/grant`, {
        cookie: street.officer(),
        body: { granted: { accessToken, refreshToken } },
      })
    },
    testTo: '0912345999',
    outage: {
      from: 8.3,
      to: 9.25,
      strike: () => zalo.answerWith('down'),
      over() {
        zalo.answerWith('none')
        zalo.expire()
      },
      words: ['Zalo mất liên lạc', 'Zalo hoạt động lại, và đòi khóa mới'],
    },
    joins: {
      share: follows,
      async join({ id, no }, code) {
        const user = `30000000000${String(no).padStart(6, '0')}`
        homeOf.set(user, id)
        zalo.user(user)
        const status = await telling(zalo.says(user, `Nhắn mã ${code}`))()
        if (status !== 200) throw new Error(`Zalo’s call was answered ${status}`)
      },
    },
    limit(homes) {
      zalo.quota.phone = Math.max(2, Math.round(homes * quotaShare))
    },
    isUsedUp: () => zalo.quota.phone === 0,
    stop: () => zalo.stop(),
  }
}
