// In the afternoon people walk to the doors that are left: the head gives them out by alley, each walker goes with a list.
import { randomUUID } from 'node:crypto'
import { iso } from '#core/clock'
import { chance, type Chance } from '../../demo/chance.ts'
import { dispatchTitle, midnight, type Plot } from './day.ts'
import { atTheDoor, hour, hasNoNetwork, walk } from './habits.ts'
import type { Village, Walker } from './staff.ts'

interface Door {
  doorId: string
  no: number
  alley: string
  version: number
  isAccountedFor: boolean
}

type Outcome = ReturnType<typeof atTheDoor>

/** Hours at which a round begins. */
const rounds = [13.5, 17.5, 19.75] as const

export interface Round {
  doors: number
  walkers: number
}

const doorsOf = async (plot: Plot, walker: Walker, noticeId: string, isMine: boolean) => {
  const all = await plot.net.list<Door>(`/api/v1/doors?noticeId=${noticeId}${isMine ? '&mine=true' : ''}`, {
    cookie: walker.cookie,
  })
  return all.filter(door => !door.isAccountedFor)
}

/** The head finds the dispatch among the notices that have doors. */
async function findNotice(plot: Plot, { head }: Village): Promise<string | undefined> {
  const { items } = await plot.net.get<{ items: { noticeId: string; title: string }[] }>(
    'GET',
    '/api/v1/doors/notices',
    {
      cookie: head.cookie,
    },
  )
  return items.find(item => item.title === dispatchTitle)?.noticeId
}

/** Whole alleys to each, so that nobody walks further than he must; the largest first, to whoever has least. */
function share(doors: readonly Door[], count: number): Door[][] {
  const alleys = [...Map.groupBy(doors, door => door.alley).values()].toSorted((a, b) => b.length - a.length)
  const shares: Door[][] = Array.from({ length: count }, () => [])
  for (const alley of alleys) shares.toSorted((a, b) => a.length - b.length)[0]!.push(...alley)
  return shares
}

async function giveOut(plot: Plot, village: Village, noticeId: string) {
  const { net } = plot
  const { cookie } = village.head
  const [doors, { items: people }] = await Promise.all([
    doorsOf(plot, village.head, noticeId, false),
    net.get<{ items: { account: string; name: string }[] }>('GET', '/api/v1/doors/walkers', { cookie }),
  ])
  const shares = share(doors, village.walkers.length)
  for (const [n, walker] of village.walkers.entries()) {
    const doorIds = shares[n]!.map(door => door.doorId)
    const account = people.find(person => person.name === walker.name)?.account
    if (!doorIds.length || !account) continue
    await net.get('POST', '/api/v1/doors/assign', { cookie, body: { noticeId, doorIds, account } })
  }
  return doors.length
}

interface Visit {
  door: Door
  outcome: Outcome
  at: number
}

/** What a phone sends: its own clock is told, so that one that is a day off does no harm. */
async function send(
  plot: Plot,
  walker: Walker,
  noticeId: string,
  homeOf: (no: number) => string,
  visit: Visit,
  off: number,
) {
  const { door, outcome, at } = visit
  await plot.net.get('POST', `/api/v1/doors/${door.doorId}/outcome`, {
    cookie: walker.cookie,
    body: {
      id: randomUUID(),
      outcome,
      ...(outcome === 'told' && { toWhom: 'người nhà' }),
      at: iso(new Date(at + off)),
      now: iso(new Date(plot.time.now() + off)),
      version: door.version,
    },
  })
  const page = plot.book.of(noticeId)
  const home = homeOf(door.no)
  if (outcome === 'told') {
    page.told.add(home)
    page.rise(home, 'acknowledged')
  } else if (outcome !== 'nobody_home') page.closed.set(home, outcome)
}

/** Walks from door to door. Without network on the way everything is kept and sent on coming home. */
async function walkAlong(plot: Plot, village: Village, walker: Walker, noticeId: string, no: number) {
  const by: Chance = chance(plot.seed, 'walk', village.name, walker.role, no)
  const doors = await doorsOf(plot, walker, noticeId, true)
  const homeOf = (home: number) => village.homes.find(one => one.no === home)!.id
  const isOffline = by.is(hasNoNetwork)
  const off = by.is(0.03) ? 24 * hour : 0
  let at = plot.time.now()
  const visits = doors.map(door => {
    at += walk(by)
    return { door, outcome: atTheDoor(chance(plot.seed, 'door', door.no, no), no), at }
  })
  for (const visit of visits)
    plot.agenda.plan(isOffline ? at + 10 * 60_000 : visit.at, () => send(plot, walker, noticeId, homeOf, visit, off))
  return doors.length
}

async function round(plot: Plot, village: Village, no: number, stats: Round) {
  const noticeId = await findNotice(plot, village)
  if (!noticeId || !(await giveOut(plot, village, noticeId))) return
  for (const walker of village.walkers) {
    const doors = await walkAlong(plot, village, walker, noticeId, no)
    stats.doors += doors
    if (doors) stats.walkers++
  }
}

/** Three rounds: after the noon rest, before supper, after supper. */
export function planDoors(plot: Plot) {
  for (const [n, begins] of rounds.entries()) {
    const stats: Round = { doors: 0, walkers: 0 }
    const at = midnight + begins * hour
    for (const village of plot.villages) {
      const late = chance(plot.seed, 'sets out', village.name, n).within(0, 20) * 60_000
      plot.agenda.plan(at + late, () => round(plot, village, n + 1, stats))
    }
    plot.agenda.plan(at + hour, () => {
      if (stats.doors) plot.timeline.note(at, `Đi từng nhà, lượt ${n + 1}: ${stats.walkers} người, ${stats.doors} nhà`)
      return Promise.resolve()
    })
  }
}
