// The load under which everything is killed: an officer publishes, phones hear and answer, a head walks to doors.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { iso } from '#core/clock'
import { newPhoneKeys, type PhoneKeys } from '../../modules/channels/webpush/phone.ts'
import type { PushService } from '../../modules/channels/webpush/simulator.ts'
import type { Network } from '../story/http.ts'
import { enter, printCards, type Village } from '../story/staff.ts'
import { Outbox } from './outbox.ts'

interface Pushed {
  noticeId: string
  tag: string
  version: number
}

interface Phone {
  home: string
  cookie: string
  keys: PhoneKeys
  endpoint: string
  /** What stands on the locked screen: a push of the same tag takes the place of the earlier one. */
  screen: Map<string, string>
  /** Arrivals by notice. */
  arrivals: Map<string, number>
}

/** What servers said yes to, and what homes saw. */
export interface Ledger {
  notices: Set<string>
  receipts: Set<string>
  visits: Set<string>
}

export interface Load {
  ledger: Ledger
  outbox: Outbox
  phones: Phone[]
  /** Works until the function is called that it returns. */
  begin: () => () => Promise<void>
}

const at = () => iso(new Date())

interface Acting {
  officer: string
  village: Village
  pushService: PushService
  outbox: Outbox
  ledger: Ledger
}

/** Writes one notice and publishes it; both are repeated until they are answered. */
async function publish({ officer, village, outbox, ledger }: Acting, no: number) {
  const draft = {
    title: `Tin số ${no}`,
    body: 'Nội dung tin.',
    class: no % 3 ? 'normal' : 'priority',
    ask: 'acknowledged',
    audience: { units: [village.id] },
  }
  const send = (id: string) =>
    outbox.send({
      method: 'POST',
      path: `/api/v1/notices/${id}/publish`,
      cookie: officer,
      body: {},
      done: () => ledger.notices.add(id),
    })
  await outbox.send({
    method: 'POST',
    path: '/api/v1/notices',
    cookie: officer,
    body: draft,
    done: answer => void send((answer as { id: string }).id),
  })
}

async function tell({ outbox, ledger }: Acting, phone: Phone, { noticeId, version }: Pushed) {
  for (const level of ['delivered', 'seen'] as const) {
    const id = randomUUID()
    await outbox.send({
      method: 'POST',
      path: '/api/v1/receipts',
      cookie: phone.cookie,
      body: { receipts: [{ id, noticeId, level, at: at(), version }], now: at() },
      done: () => ledger.receipts.add(id),
    })
  }
  const id = randomUUID()
  await outbox.send({
    method: 'POST',
    path: `/api/v1/notices/${noticeId}/acknowledge`,
    cookie: phone.cookie,
    body: { id, at: at(), now: at(), version },
    done: () => ledger.receipts.add(id),
  })
}

async function visit({ outbox, ledger, village }: Acting, noticeId: string) {
  const { body } = await outbox.net.ask('GET', `/api/v1/doors?noticeId=${noticeId}&limit=100`, {
    cookie: village.head.cookie,
  })
  for (const door of (body as { items?: { doorId: string; version: number }[] }).items?.slice(0, 10) ?? []) {
    const id = randomUUID()
    await outbox.send({
      method: 'POST',
      path: `/api/v1/doors/${door.doorId}/outcome`,
      cookie: village.head.cookie,
      body: { id, outcome: 'told', at: at(), now: at(), version: door.version },
      done: () => ledger.visits.add(id),
    })
  }
}

/** Homes with the app come in with their cards and ask to be told. */
async function bringPhones(net: Network, acting: Acting, most: number): Promise<Phone[]> {
  const cards = await printCards(net, [acting.village])
  const { publicKey } = await net.get<{ publicKey: string }>('GET', '/api/v1/push-key')
  const homes = acting.village.homes.filter(home => home.phoneKind === 'app').slice(0, most)
  const phones: Phone[] = []
  for (const home of homes) {
    const cookie = await enter(net, cards.get(home.id)!)
    const keys = newPhoneKeys()
    const endpoint = acting.pushService.subscribe(publicKey)
    await net.get('POST', '/api/v1/devices', { cookie, body: { endpoint, keys: keys.keys } })
    phones.push({ home: home.id, cookie, keys, endpoint, screen: new Map(), arrivals: new Map() })
  }
  return phones
}

function hear(acting: Acting, phone: Phone) {
  acting.pushService.listen(phone.endpoint, ({ body }) => {
    const pushed = JSON.parse(phone.keys.decrypt(body)) as Pushed
    phone.screen.set(pushed.tag, pushed.noticeId)
    phone.arrivals.set(pushed.noticeId, (phone.arrivals.get(pushed.noticeId) ?? 0) + 1)
    void tell(acting, phone, pushed)
  })
}

export async function makeLoad(
  net: Network,
  officer: string,
  village: Village,
  pushService: PushService,
): Promise<Load> {
  const acting: Acting = {
    officer,
    village,
    pushService,
    outbox: new Outbox(net),
    ledger: { notices: new Set(), receipts: new Set(), visits: new Set() },
  }
  const phones = await bringPhones(net, acting, 60)
  for (const phone of phones) hear(acting, phone)
  let no = 0
  return {
    ledger: acting.ledger,
    outbox: acting.outbox,
    phones,
    begin() {
      const off = new AbortController()
      const repeat = async (ms: number, work: () => Promise<void>) => {
        while (!off.signal.aborted) {
          await work().catch(() => {})
          await sleep(ms)
        }
      }
      const running = [
        repeat(300, () => publish(acting, ++no)),
        repeat(500, () => {
          const last = [...acting.ledger.notices].at(-1)
          return last ? visit(acting, last) : Promise.resolve()
        }),
      ]
      return async () => {
        off.abort()
        await Promise.all(running)
      }
    },
  }
}
