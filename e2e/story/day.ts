// The day of the dispatch: 20 November 2026, from eight in the morning.
import { startOfDay } from '#core/clock'
import { chance, type Chance } from '../../demo/chance.ts'
import type { Agenda } from './agenda.ts'
import { acknowledges, headsWords, hour, looks, openDelay, pushDelay, readingTime, relayDelay } from './habits.ts'
import { acknowledge, decrypt, lookAtFeed, open, takePush, type Heard, type Phone, type World } from './phones.ts'
import type { Village } from './staff.ts'

/** What was noted for the people who read the timeline. */
export class Timeline {
  readonly lines: { at: number; words: string }[] = []
  note(at: number, words: string) {
    this.lines.push({ at, words })
  }
}

export interface Plot extends World {
  agenda: Agenda
  timeline: Timeline
  seed: number
  commune: string
  officer: string
  villages: Village[]
  phones: Phone[]
  /** The number of the village whose head forgets. */
  forgetful: number
}

export const midnight = startOfDay('2026-11-20').getTime()
export const morning = midnight + 8 * hour

/** The paper: press, Minh Hóa (Báo Quảng Trị): a commune's dispatch on African swine fever, passed on by the villages. */
const dispatch = {
  title: 'Dịch tả lợn châu Phi đã có trong xã: việc mỗi nhà phải làm ngay',
  body: 'Bệnh dịch tả lợn châu Phi đã xuất hiện trong xã. Bệnh không lây sang người nhưng lợn mắc bệnh gần như chết hết.\n\n- Không mua bán, vận chuyển lợn ra khỏi thôn.\n- Rắc vôi, phun khử trùng chuồng mỗi ngày một lần.\n- Không cho lợn ăn cơm thừa chưa nấu chín.',
  plain: 'Xã có dịch tả lợn. Lợn ốm hay chết: báo trưởng thôn ngay. Đừng bán, đừng mổ, đừng vứt xác.',
  class: 'priority',
  topic: 'disease',
  paper: { number: '112/CĐ-UBND', date: '2026-11-20', issuer: 'UBND xã Sơn Động' },
  steps: [
    { act: 'Lợn ốm, lợn chết: báo trưởng thôn ngay' },
    { act: 'Không bán, không mổ, không vứt xác lợn' },
    { act: 'Rắc vôi chuồng và lối đi mỗi ngày' },
  ],
  ask: 'acknowledged',
  relay: 'village',
} as const

export const dispatchTitle = dispatch.title
/** Stands in every message about it, and in no answer. */
export const dispatchMark = 'lợn ốm hay chết'

interface Standing {
  id: string
  state: string
  households: number
  /** Not counted yet where letters and short messages may find them too. */
  unreachable: number | null
}

/** Writes the dispatch and sends it to the commune's villages. */
export async function publish(plot: Plot): Promise<Standing> {
  const { net, officer, commune, time, timeline } = plot
  timeline.note(time.now(), `Công điện ${dispatch.paper.number} về dịch tả lợn châu Phi tới xã`)
  const draft = await net.get<Standing>('POST', '/api/v1/notices', {
    cookie: officer,
    body: { ...dispatch, audience: { units: [commune] } },
  })
  plot.book.nameDispatch(draft.id)
  await time.advance(time.now() + 6 * 60_000)
  const sent = await net.get<Standing>('POST', `/api/v1/notices/${draft.id}/publish`, { cookie: officer, body: {} })
  const byFoot = sent.unreachable === null ? '' : `, ${sent.unreachable} hộ chỉ đến tận nhà mới báo được`
  timeline.note(time.now(), `Cán bộ xã gửi xuống ${plot.villages.length} thôn: ${sent.households} hộ${byFoot}`)
  return sent
}

interface RelayTask {
  noticeId: string
  unitId: string
}

/** `Thôn Mật`, and not `tổ dân phố Tổ dân phố 1`. */
const placeName = ({ kind, name }: Village) =>
  name.toLowerCase().startsWith(kind) ? name : `${kind.charAt(0).toUpperCase()}${kind.slice(1)} ${name}`

/** The head looks at his tasks and passes the paper on with a word of his own. */
async function passOn(plot: Plot, village: Village) {
  const { net, time, timeline } = plot
  const { items } = await net.get<{ items: RelayTask[] }>('GET', '/api/v1/relays', { cookie: village.head.cookie })
  const task = items.find(item => item.unitId === village.id)
  if (!task) throw new Error(`${village.name}: the head finds nothing to pass on`)
  await net.get('POST', `/api/v1/notices/${task.noticeId}/relay`, {
    cookie: village.head.cookie,
    body: { words: headsWords(village.name) },
  })
  timeline.note(time.now(), `${placeName(village)} chuyển tin`)
}

export function planRelays(plot: Plot, publishedAt: number) {
  for (const [n, village] of plot.villages.entries()) {
    if (n === plot.forgetful) continue
    const by = chance(plot.seed, 'relay', village.name)
    plot.agenda.plan(publishedAt + relayDelay(by), () => passOn(plot, village))
  }
}

/** Reads, and perhaps presses the button. */
async function read(plot: Plot, phone: Phone, heard: Heard) {
  await open(plot, phone, heard)
  if (!phone.by.is(acknowledges)) return
  plot.agenda.plan(plot.time.now() + readingTime(phone.by), () => acknowledge(plot, phone, heard))
}

/** A home that has not answered yet sees in its app what is asked of it. */
async function look(plot: Plot, phone: Phone) {
  for (const heard of await lookAtFeed(plot, phone)) await read(plot, phone, heard)
}

/** From now on the phone hears what its browser's push service brings. */
export function listen(plot: Plot, phone: Phone) {
  if (!phone.push) return
  plot.pushService.listen(phone.push.endpoint, ({ body }) => {
    const heard = decrypt(phone, body)
    plot.book.of(heard.noticeId).rise(phone.home, 'sent')
    plot.agenda.plan(plot.time.now() + pushDelay(phone.by), async () => {
      await takePush(plot, phone, heard)
      const delay = openDelay(phone.by)
      if (delay !== undefined) plot.agenda.plan(plot.time.now() + delay, () => read(plot, phone, heard))
    })
  })
}

/** When each home looks by itself: all day for phones that nothing wakes, in the evening for all. */
export function planLooks(plot: Plot) {
  for (const phone of plot.phones) {
    const by: Chance = phone.by
    for (const at of looks(by)) {
      const isEvening = at > 18
      if (phone.push && !isEvening) continue
      plot.agenda.plan(midnight + at * hour, () => look(plot, phone))
    }
  }
}

interface RelayState {
  unitId: string
  passedAt: string | null
  how: string | null
}

/** In the evening the officer reads when half of the homes and nearly all knew, and whose paper went out by itself. */
export async function noteMoments(plot: Plot, noticeId: string, publishedAt: number) {
  const { net, officer, timeline, villages } = plot
  const { items } = await net.get<{ items: RelayState[] }>('GET', `/api/v1/notices/${noticeId}/relays`, {
    cookie: officer,
  })
  for (const one of items)
    if (one.how !== 'head' && one.passedAt) {
      const village = villages.find(({ id }) => id === one.unitId)!
      timeline.note(Date.parse(one.passedAt), `${placeName(village)}: quá giờ, tin tự đi`)
    }
  const { times } = await net.get<{ times: Record<string, number | null> }>(
    'GET',
    `/api/v1/notices/${noticeId}/reach`,
    {
      cookie: officer,
    },
  )
  for (const [key, words] of [
    ['half', 'Một nửa số hộ đã rõ'],
    ['nineTenths', 'Chín phần mười số hộ đã rõ'],
    ['all', 'Mọi hộ đã rõ'],
  ] as const) {
    const seconds = times[key]
    if (typeof seconds === 'number') timeline.note(publishedAt + seconds * 1000, words)
  }
}
