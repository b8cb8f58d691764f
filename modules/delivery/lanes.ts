// Whose turn it is: emergencies in a lane of their own, the others fairly among the communes.
import { inTransaction } from '#core/db'
import { machineNow, now } from '#core/clock'
import type { App } from '#core/module'
import { channelHere, channelOf } from '#channels'
import { clearUp } from './clear-up.ts'
import { handOverBatch, leaseOf } from './hand-over.ts'
import { isTooLong, leaveLane } from './go-on.ts'
import { leaveFor } from './leave.ts'
import * as store from './store/delivery.ts'

/** A lane gives way to the others after `turnMs`; what is left of it is due still. Each batch holds a connection for moments. */
const pace = {
  urgent: { turnMs: 300, lanes: 3, batches: 1 },
  others: { turnMs: 3000, lanes: 2, batches: 2 },
}

/** While emergencies leave, the others give way: for some seconds, since a provider that hangs must not hold up everything. */
const giveWayMs = 5000
const hurrying = new WeakMap<App, { lanes: number; since: number }>()

const givesWay = (app: App) => {
  const urgent = hurrying.get(app)
  return Boolean(urgent?.lanes) && machineNow().getTime() - urgent!.since < giveWayMs
}

export async function whileOthersWait<T>(app: App, work: () => Promise<T>): Promise<T> {
  const urgent = hurrying.get(app) ?? { lanes: 0, since: 0 }
  hurrying.set(app, urgent)
  if (!urgent.lanes++) urgent.since = machineNow().getTime()
  try {
    return await work()
  } finally {
    urgent.lanes--
  }
}

/** How a lane's turn ended: nothing is due any more, or its account may not before a moment. */
interface Turn {
  isEmpty: boolean
  notBefore?: Date
}

/** Hands over what is due in a lane, until nothing is or its turn is over. */
async function drainLane(app: App, lane: store.Lane): Promise<Turn> {
  const known = channelOf(lane.channel)
  if (!known) return { isEmpty: false }
  const channel = await channelHere(app, lane.tenant, known)
  const most = lane.isEmergency ? Math.min(channel.declares.batch, 200) : channel.declares.batch
  const { turnMs, batches } = lane.isEmergency ? pace.urgent : pace.others
  const end = machineNow().getTime() + turnMs
  await clearUp(app, lane, channel)
  const run = async (): Promise<Turn> => {
    for (;;) {
      if (!lane.isEmergency && givesWay(app)) return { isEmpty: false }
      const leave = await leaveFor(app, lane, channel, most)
      if ('notBefore' in leave) {
        if (isTooLong(leave.waiting, lane.isEmergency, now())) await leaveLane(app, lane, leave.waiting.why)
        return { isEmpty: true, notBefore: leave.notBefore }
      }
      const batch = await store.claim(app.sql, lane, { most: leave.most, at: now(), leasedUntil: leaseOf(lane) })
      const homes = batch?.homes.length ?? 0
      await leave.giveBack(leave.most - homes)
      if (!batch) return { isEmpty: true }
      await leave.giveBack(homes - (await handOverBatch(app, channel, batch, leave.account)))
      if (machineNow().getTime() > end) return { isEmpty: false }
    }
  }
  const ends = await Promise.all(Array.from({ length: batches }, run))
  const waiting = ends.find(one => one.notBefore)?.notBefore
  return { isEmpty: ends.every(one => one.isEmpty), ...(waiting ? { notBefore: waiting } : {}) }
}

const nameOf = ({ tenant, channel }: store.Lane) => `${tenant}/${channel}`

/**
 * Turns for every lane that has something due, those first that waited longest for theirs, until none has.
 * Several workers may do it at the same time.
 */
export async function drainLanes(app: App, { isEmergency }: { isEmergency: boolean }) {
  const served = new Map<string, number>()
  const going = new Set<string>()
  let turn = 0
  const next = async () => {
    const lanes = await store.dueLanes(app.sql, isEmergency, now())
    return lanes
      .filter(lane => channelOf(lane.channel) && !going.has(nameOf(lane)))
      .toSorted((a, b) => (served.get(nameOf(a)) ?? 0) - (served.get(nameOf(b)) ?? 0))[0]
  }
  const serve = async (lane: store.Lane) => {
    const ended = isEmergency ? await whileOthersWait(app, () => drainLane(app, lane)) : await drainLane(app, lane)
    if (ended.isEmpty) await inTransaction(app.sql, tx => store.restLane(tx, lane, now(), ended.notBefore))
  }
  const mayGoOn = () => isEmergency || !givesWay(app)
  const run = async () => {
    for (let lane = await next(); lane && mayGoOn(); lane = await next()) {
      const name = nameOf(lane)
      served.set(name, ++turn)
      going.add(name)
      await serve(lane).finally(() => going.delete(name))
    }
  }
  await Promise.all(Array.from({ length: isEmergency ? pace.urgent.lanes : pace.others.lanes }, run))
}
