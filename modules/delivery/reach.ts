// GET /notices/:noticeId/reach and its live figures.
import { dayOf, iso } from '#core/clock'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import type { Answers, Call } from '#core/serve'
import { unitTitle } from '#units'
import type { reachOperations } from './contract-reach.ts'
import { added, curveOf, fewest, figuresOf, hideFew, isFew, timesOf } from './figures.ts'
import { liveOf } from './live.ts'
import { say } from '#core/words'
import { sessionOf } from './reader.ts'
import {
  channelsOf,
  communeNames,
  countRounds,
  minutesOf,
  reachedUnits,
  stepsReached,
  type ReachedUnit,
} from './store/reach.ts'
import { event } from './streams.ts'
import { getView, type View } from './view.ts'

const seesFew = (view: View) => view.named.size > 0

/** Villages as they are; communes added up for a notice from above. */
async function villagesOf({ db }: Call, view: View) {
  const [first] = view.publications
  if (!view.isOrigin) return view.units
  const byTenant = Map.groupBy(view.units, unit => unit.tenant)
  const names = await communeNames(db, [...byTenant.keys()], dayOf(first!.publishedAt))
  return names.map(({ tenant, unitId, kind, name }): Omit<ReachedUnit, 'publishedId' | 'path'> => {
    const units = byTenant.get(tenant) ?? []
    return {
      ...added(units),
      tenant,
      unitId,
      kind,
      name,
      visibleAt: units.find(unit => unit.visibleAt)?.visibleAt ?? null,
    }
  })
}

const shown = (view: View, figures: ReturnType<typeof figuresOf>) => (seesFew(view) ? figures : hideFew(figures))

function givenNotice({ caller }: Call, view: View) {
  const first = view.publications[0]!
  return {
    noticeId: outside(view.tenant, view.subjectId),
    title: view.isKept ? say(caller.language, 'delivery.private_title') : first.content.title,
    class: first.class,
    ask: first.ask,
    round: first.round,
    isInternal: first.isInternal,
    publishedAt: iso(first.publishedAt),
    lastUsefulAt: first.lastUsefulAt && iso(first.lastUsefulAt),
    withdrawnAt: first.withdrawnAt && iso(first.withdrawnAt),
  }
}

const givenVillage = (view: View, unit: Awaited<ReturnType<typeof villagesOf>>[number]) => ({
  unitId: unit.unitId,
  kind: unit.kind,
  name: unit.name,
  title: unitTitle(unit),
  visibleAt: unit.visibleAt && iso(unit.visibleAt),
  ...shown(view, figuresOf(unit)),
})

async function givenReach(call: Call, view: View) {
  const { db } = call
  const [first] = view.publications
  const { publications } = view
  const sum = added(view.units)
  const [villages, minutes, channels, steps, rounds] = await Promise.all([
    villagesOf(call, view),
    minutesOf(db, publications),
    channelsOf(db, publications),
    stepsReached(db, publications),
    countRounds(db, first!.tenant, view.subjectId),
  ])
  const curve = curveOf(minutes)
  const isCounted = publications.every(one => one.households !== null)
  return {
    ...givenNotice(call, view),
    rounds,
    ...shown(view, figuresOf(sum)),
    ...(isCounted ? {} : { households: null }),
    villages: villages.map(unit => givenVillage(view, unit)),
    curve: curve
      .filter(point => seesFew(view) || (!isFew(point.reached) && !isFew(sum.households - point.reached)))
      .map(point => ({ at: iso(point.at), reached: point.reached })),
    channels: channels.map(({ channel, reached }) => ({
      channel,
      reached: seesFew(view) || reached >= fewest ? reached : null,
    })),
    times: timesOf(curve, sum.households, first!.publishedAt),
    steps: steps.map(step => ({ ...step, dueAt: iso(step.dueAt) })),
  }
}

/** Numbers only: what a bar needs. It stays in memory as long as the stream, so it holds on to nothing but names. */
function figuresReader(db: Db, view: View): () => Promise<object> {
  const of = view.publications.map(one => ({
    tenant: one.tenant,
    publishedId: one.publishedId,
    day: dayOf(one.publishedAt),
  }))
  const isNamed = seesFew(view)
  return async () => {
    const units = await Promise.all(of.map(one => reachedUnits(db, one.tenant, one.publishedId, one.day)))
    const figures = figuresOf(added(units.flat()))
    return isNamed ? figures : hideFew(figures)
  }
}

export const reaching = {
  async reach(input, call) {
    return givenReach(call, await getView(call, input.noticeId, input.round))
  },

  async live(input, call) {
    const view = await getView(call, input.noticeId)
    const read = figuresReader(call.app.sql, view)
    const keys = view.publications.map(one => `${one.tenant}/${one.publishedId}`)
    const about = { keys, isHiding: !seesFew(view), read }
    return liveOf(call.app).figures.open(call.c, about, sessionOf(call.caller), event('figures', await read()))
  },
} satisfies Pick<Answers<typeof reachOperations>, 'reach' | 'live'>
