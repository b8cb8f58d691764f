// Phones of homes: they come in with the home's card, hear by push or by looking, and tell the server what they hold and what was read.
import { randomUUID } from 'node:crypto'
import type { Chance } from '../../demo/chance.ts'
import { newPhoneKeys, type PhoneKeys } from '../../modules/channels/webpush/phone.ts'
import type { PushService } from '../../modules/channels/webpush/simulator.ts'
import { iso } from '#core/clock'
import type { Network } from './http.ts'
import type { Time } from './time.ts'

export interface Phone {
  home: string
  village: number
  /** Of the village's own network, behind one address. */
  from: string
  cookie: string
  by: Chance
  push: { endpoint: string; keys: PhoneKeys } | undefined
  /** Notices that this phone has learned of: version by id. */
  holds: Map<string, number>
}

export interface Heard {
  noticeId: string
  version: number
}

interface FeedCard {
  id: string
  version: number
  level: string
}

export interface World {
  net: Network
  time: Time
  pushService: PushService
  /** What the servers took as evidence, home by home: the story's own book. */
  book: Book
}

export const levelNames = ['none', 'sent', 'exposed', 'delivered', 'seen', 'acknowledged', 'acted'] as const
export type LevelName = (typeof levelNames)[number]

/** What each home got of one notice, as phones and people at doors saw it happen. Nothing here is read from the servers. */
export class Page {
  readonly levels = new Map<string, LevelName>()
  readonly told = new Set<string>()
  readonly closed = new Map<string, 'told_by_neighbour' | 'moved' | 'refused'>()

  rise(home: string, level: LevelName) {
    if (levelNames.indexOf(level) > levelNames.indexOf(this.levels.get(home) ?? 'none')) this.levels.set(home, level)
  }
}

/** One page a notice. */
export class Book {
  readonly #pages = new Map<string, Page>()
  /** Of the day's dispatch, before it has its id. */
  readonly dispatch = new Page()

  nameDispatch(noticeId: string) {
    this.#pages.set(noticeId, this.dispatch)
  }

  of(noticeId: string): Page {
    const page = this.#pages.get(noticeId) ?? new Page()
    this.#pages.set(noticeId, page)
    return page
  }
}

/** Asks the service of its browser for an address, and gives it to the server. */
export async function wantPush(world: World, phone: Phone, applicationKey: string) {
  const endpoint = world.pushService.subscribe(applicationKey)
  const keys = newPhoneKeys()
  phone.push = { endpoint, keys }
  await world.net.get('POST', '/api/v1/devices', {
    cookie: phone.cookie,
    from: phone.from,
    body: { endpoint, keys: keys.keys },
  })
}

async function tell(world: World, phone: Phone, { noticeId, version }: Heard, level: 'delivered' | 'seen') {
  const at = iso(new Date(world.time.now()))
  const receipts = [{ id: randomUUID(), noticeId, level, at, version }]
  const { accepted } = await world.net.get<{ accepted: number }>('POST', '/api/v1/receipts', {
    cookie: phone.cookie,
    from: phone.from,
    body: { receipts, now: at },
  })
  if (accepted === 1) world.book.of(noticeId).rise(phone.home, level)
}

/** What only this phone can read. */
export const decrypt = (phone: Phone, body: Buffer) => JSON.parse(phone.push!.keys.decrypt(body)) as Heard

/** The worker has woken up, and says that the notice is here. */
export async function takePush(world: World, phone: Phone, heard: Heard) {
  phone.holds.set(heard.noticeId, heard.version)
  await tell(world, phone, heard, 'delivered')
}

/** Somebody opens the app: what is new is stored, and said to be. @returns what the home still has to answer */
export async function lookAtFeed(world: World, phone: Phone): Promise<Heard[]> {
  const feed = await world.net.get<{ asked: FeedCard[]; items: FeedCard[] }>('GET', '/api/v1/feed', {
    cookie: phone.cookie,
    from: phone.from,
  })
  for (const card of [...feed.asked, ...feed.items])
    if (!phone.holds.has(card.id)) {
      phone.holds.set(card.id, card.version)
      await tell(world, phone, { noticeId: card.id, version: card.version }, 'delivered')
    }
  return feed.asked.map(({ id, version }) => ({ noticeId: id, version }))
}

/** The card is opened. */
export const open = (world: World, phone: Phone, heard: Heard) => tell(world, phone, heard, 'seen')

/** "Đã rõ". */
export async function acknowledge(world: World, phone: Phone, { noticeId, version }: Heard) {
  const at = iso(new Date(world.time.now()))
  const { level } = await world.net.get<{ level: LevelName }>('POST', `/api/v1/notices/${noticeId}/acknowledge`, {
    cookie: phone.cookie,
    from: phone.from,
    body: { id: randomUUID(), at, now: at, version },
  })
  world.book.of(noticeId).rise(phone.home, level)
}
