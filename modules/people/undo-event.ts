// Takes a life event of a home back: what it changed stands as before, from now on.
import { now, today } from '#core/clock'
import type { Tx } from '#core/db'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { successorsOf, unitsByIds } from '#units'
import { takeBackDeparture } from './leave.ts'
import { tellClosed, type Ground } from './life.ts'
import { undoDays } from './show.ts'
import { closeHomes } from './store-erase.ts'
import { homeRows, type HomeRow } from './store-homes.ts'
import * as store from './store-life.ts'
import { endStays, insertStays } from './store.ts'

/** The village of before, or what a merger made of it since. @throws Problem undo_late where it was divided: nobody knows into which part */
async function unitNow(tx: Tx, tenant: number, home: HomeRow): Promise<string> {
  if ((await unitsByIds(tx, [home.unitId])).length) return home.unitId
  const [next, ...others] = await successorsOf(tx, [home.unitId], today())
  if (!next || others.length) throw new Problem('undo_late')
  await store.followVillage(tx, tenant, home.id, next.now)
  return next.now
}

/** The stay that an undo begins anew; what lies between stays as it was. */
async function stayAgain({ app, tx, tenant }: Ground, id: string, was: HomeRow) {
  let [home] = await homeRows(tx, tenant, [id])
  if (!home || home.closedAt) return
  home = { ...home, unitId: await unitNow(tx, tenant, home) }
  if (home.unitId === was.unitId && !was.closedAt) return
  await endStays(tx, tenant, [id])
  await insertStays(tx, tenant, [{ household: id, unitId: home.unitId }])
  const what = was.closedAt ? 'household.reopened' : 'household.moved'
  await app.events.announce(app, tx, what, { tenant, household: id, from: was.unitId, to: home.unitId, at: now() })
}

/** @throws Problem not_found, undo_late when something was built on it or it is too old */
export async function undoEvent(on: Ground, household: string, eventId: string) {
  const { tx, tenant, by } = on
  const event = await store.findEvent(tx, tenant, household, eventId)
  if (!event) throw new Problem('not_found')
  const { before, after, made = [] } = event.data
  const isOld = now().getTime() - event.at.getTime() > undoDays * 86_400_000
  if (event.undoneAt || !before || !after || isOld) throw new Problem('undo_late')
  if (event.kind === 'left') await takeBackDeparture(on, household)
  const homes = Object.keys(after)
  const versions = await store.versionsOf(tx, tenant, [...homes, ...made])
  if (homes.some(id => versions[id] !== after[id]) || made.some(id => versions[id] !== 1))
    throw new Problem('undo_late')
  const were = await homeRows(tx, tenant, homes)
  await store.restore(tx, tenant, before)
  await closeHomes(tx, tenant, made, 'undone', now())
  for (const id of made) await tellClosed(on, id, 'undone')
  for (const was of were) await stayAgain(on, was.id, was)
  await store.markEventUndone(tx, tenant, eventId)
  await record(tx, {
    tenant,
    what: 'household.event_undone',
    by,
    about: { kind: 'household', id: household },
    data: { event: eventId },
  })
}
