// The evening before: the officer enters every account and the day's ladder, homes write their code to the accounts that they use.
import { chance } from '../../../demo/chance.ts'
import { together } from '../agenda.ts'
import { enter, type Village } from '../staff.ts'
import { startMailWay } from './mail.ts'
import { startMetaWay, type Wall } from './meta.ts'
import { startEsmsWay, startSmppWay } from './sms.ts'
import type { Street } from './street.ts'
import { startTelegramWay } from './telegram.ts'
import { startVoiceWay } from './voice.ts'
import type { Entered, Way } from './way.ts'
import { startZaloWay } from './zalo.ts'

export interface Channels {
  street: Street
  ways: readonly Way[]
  wall: Wall
  /** The day's messages by Zalo to numbers are used up. */
  isUsedUp: () => boolean
}

/** @param atEnd takes what has to be stopped, as soon as it runs */
export async function openChannels(street: Street, villages: readonly Village[], atEnd: (() => unknown)[]) {
  const opened = async <W extends Way>(starting: Promise<W>) => {
    const way = await starting
    atEnd.push(way.stop)
    return way
  }
  const zalo = await opened(startZaloWay(street))
  const meta = await opened(startMetaWay(street))
  zalo.limit(street.homes().length)
  const ways = [
    await opened(startMailWay(street, villages)),
    zalo,
    meta,
    await opened(startTelegramWay(street)),
    await opened(startEsmsWay(street)),
    await opened(startSmppWay(street)),
    await opened(startVoiceWay(street)),
  ]
  for (const { account, entered } of ways) {
    const cookie = street.officer()
    const made = await street.net.get<Entered>('POST', '/api/v1/channel-accounts', { cookie, body: account })
    await entered?.(made)
  }
  await setLadder(street)
  return { street, ways, wall: meta.wall, isUsedUp: zalo.isUsedUp } satisfies Channels
}

/** What is free at once; after two hours what costs, the cheapest first; then a call; the door at last. */
async function setLadder({ net, officer }: Street) {
  const cookie = officer()
  const { usual } = await net.get<{ usual: object }>('GET', '/api/v1/ladder', { cookie })
  const priority = [
    ...['push', 'email', 'zalo', 'facebook', 'telegram'].map(channel => ({ channel, after: 0 })),
    { channel: ['zalo_template', 'zalo_phone', 'sms'], after: 120, each: 20, takes: 120, ifAsked: 'delivered' },
    { channel: 'call', after: 180, takes: 120, ifAsked: 'delivered' },
    { channel: 'door', after: 240, takes: 120, ifAsked: 'delivered' },
  ]
  const body = { ...usual, priority }
  const pack = { from: '2026-11-20', basis: 'Xã quyết định', source: 'Quy chế báo tin của xã', body }
  await net.get('PUT', '/api/v1/ladder', { cookie, body: pack })
}

/** @returns homes that follow an account of the commune, and open the app no more */
export async function joinHomes({ street, ways }: Channels, villages: readonly Village[], cards: Map<string, string>) {
  const { net, seed } = street
  const followers = new Set<string>()
  const chosen = villages.flatMap(({ homes }, village) =>
    homes.flatMap(home => {
      let draw = chance(seed, 'joins', home.no).next()
      const way = ways.find(({ joins }) => joins && (draw -= joins.share) < 0)
      return home.phoneKind === 'app' && way?.joins ? [{ home, joins: way.joins, from: `10.76.15.${village + 1}` }] : []
    }),
  )
  await together(chosen, 8, async ({ home, joins, from }) => {
    const cookie = await enter(net, cards.get(home.id)!, from)
    const { code } = await net.get<{ code: string }>('POST', '/api/v1/home/link-codes', { cookie, from })
    await joins.join(home, code)
    followers.add(home.id)
  })
  return followers
}
