// A home leaves for another commune: closed here, offered there. No row of the other commune is touched from here; a job carries the word.
import { now, today } from '#core/clock'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { getUnit, unitTitle, type UnitNow } from '#units'
import { happen, standing, tellClosed, type Ground } from './life.ts'
import { pack, type Luggage } from './removal.ts'
import { closeHomes } from './store-erase.ts'
import {
  communeNames,
  departureOf,
  insertArrival,
  insertDeparture,
  isServed,
  setDepartureAnswer,
  withdrawArrival,
  withdrawDeparture,
} from './store-removal.ts'
import type { RemovalState } from './shapes.ts'

/** What one commune tells the other. `tenant` is whose job it is. */
export interface Offered {
  tenant: number
  id: string
  from: number
  household: string
  unit: string
  /** The luggage: a queue holds no names. */
  sealed: string
  at: string
}
export type Withdrawn = Omit<Offered, 'sealed' | 'at'>
export interface Answered {
  tenant: number
  id: string
  state: RemovalState
  words: string
  household: string | null
  at: string
}

export const luggagePurpose = 'removal'

/** `Thôn 5, Xã Sơn Động` */
async function placeInWords(on: Ground, unit: UnitNow) {
  if (unit.level === 'commune') return unitTitle(unit)
  const commune = (await communeNames(on.tx, [unit.tenant], today())).get(unit.tenant)
  return [unitTitle(unit), commune && unitTitle(commune)].filter(Boolean).join(', ')
}

/** The unit that a home goes to. @throws Problem unit_unknown, leave_to_commune, leave_within_commune */
async function goal(on: Ground, ref: string): Promise<UnitNow> {
  const unit = await getUnit(on.tx, ref)
  if (unit.level === 'country' || unit.level === 'province') throw new Problem('leave_to_commune')
  if (unit.tenant === on.tenant) throw new Problem('leave_within_commune')
  return unit
}

async function offer(on: Ground, household: string, unit: UnitNow, luggage: Luggage) {
  const { app, tx, tenant } = on
  const id = newId()
  await insertDeparture(tx, tenant, { id, household, toTenant: unit.tenant, unit: unit.id })
  const sealed = app.keys.seal(luggagePurpose, JSON.stringify(luggage))
  const job: Offered = {
    tenant: unit.tenant,
    id,
    from: tenant,
    household,
    unit: unit.id,
    sealed,
    at: now().toISOString(),
  }
  await app.jobs.send(tx, 'people.removal.offer', job)
}

/**
 * @param to where they said they go, in their words; may be empty
 * @param ref the commune or village that they go to: one that works with this installation is offered the home
 * @throws Problem household_closed, unit_unknown, leave_to_commune, leave_within_commune
 */
export async function homeLeaves(on: Ground, id: string, to: string, ref: string | undefined) {
  const { tx, tenant } = on
  const home = await standing(tx, tenant, id)
  const unit = ref === undefined ? undefined : await goal(on, ref)
  const luggage = unit && (await isServed(tx, unit.tenant)) ? await pack(tx, tenant, home) : undefined
  const words = unit ? await placeInWords(on, unit) : to
  await happen(on, { kind: 'left', homes: [id] }, async () => {
    await closeHomes(tx, tenant, [id], 'moved', now(), words || null)
    await tellClosed(on, id, 'moved')
    if (unit && luggage) await offer(on, id, unit, luggage)
  })
}

/** A leaving is taken back. @throws Problem left_received when the other commune has the home already */
export async function takeBackDeparture({ app, tx, tenant }: Ground, household: string) {
  const departure = await departureOf(tx, tenant, household)
  if (!departure) return
  if (departure.state === 'received') {
    const commune = (await communeNames(tx, [departure.toTenant], today())).get(departure.toTenant)
    throw new Problem('left_received', { commune: commune ? unitTitle(commune) : '' })
  }
  if (!(await withdrawDeparture(tx, tenant, departure.id))) return
  const { id, toTenant, toUnit } = departure
  const job: Withdrawn = { tenant: toTenant, id, from: tenant, household, unit: toUnit }
  await app.jobs.send(tx, 'people.removal.withdraw', job)
}

/** The commune that the home goes to writes it down. */
export async function offerJob(app: App, job: Offered) {
  const luggage = JSON.parse(app.keys.unseal(luggagePurpose, job.sealed)) as Luggage
  const { headName, persons, toAsk } = luggage
  await insertArrival(app.sql, job.tenant, { ...job, headName, persons: persons.length, toAsk, at: new Date(job.at) })
}

export const withdrawJob = (app: App, job: Withdrawn) => withdrawArrival(app.sql, job.tenant, job)

/** The commune that the home left hears the answer. */
export const answerJob = (app: App, job: Answered) =>
  setDepartureAnswer(app.sql, job.tenant, { ...job, at: new Date(job.at) })
