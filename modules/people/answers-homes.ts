import { today } from '#core/clock'
import { toCursor } from '#core/cursor'
import type { Tx } from '#core/db'
import { insideOf } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { record } from '#core/trail'
import { getUnit, unitsBelow, unitTitle, type UnitNow } from '#units'
import { addHomes } from './add.ts'
import type { contract } from './contract.ts'
import { findHomes, spotAfter } from './find.ts'
import { lookAt } from './look.ts'
import type { HomeAnswer } from './shapes.ts'
import { homeLine, shownHome } from './show.ts'
import { homeRows, type HomeRow } from './store-homes.ts'
import { isNumberTaken, updateHome } from './store.ts'

/** The unit asked for, else the caller's own; who sees only a group's homes names none. @throws Problem unit_needed */
export async function unitAsked(call: Call, ref: string | undefined): Promise<UnitNow> {
  const { caller, db } = call
  if (ref) return getUnit(db, ref)
  // A group's officer has no village of his own; a cell's secretary has the head's.
  const hasVillage = !caller.group || caller.role === 'party_secretary'
  if (!caller.unit || !hasVillage) throw new Problem('unit_needed')
  return getUnit(db, caller.unit)
}

/** Homes live in villages. @throws Problem village_needed */
export function mustBeVillage(unit: UnitNow) {
  if (unit.level !== 'village' && unit.level !== 'hamlet')
    throw new Problem('village_needed', { unit: unitTitle(unit) })
}

/** @throws Problem household_closed for a home that left */
function mustStand(row: HomeRow) {
  if (row.closedAt) throw new Problem('household_closed')
}

/** @throws Problem household_number_taken */
async function mustBeFreeNumber(tx: Tx, tenant: number, unit: string, no: string | null, except: string | null) {
  if (no !== null && (await isNumberTaken(tx, tenant, unit, no, except)))
    throw new Problem('household_number_taken', { number: no })
}

/** What an input says, without what it leaves unsaid. */
export const stated = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** Both versions, so that the second editor may choose. */
export const conflict = (theirs: HomeAnswer, yours: object) => new Problem('version_conflict', { theirs, yours })

export const homeAnswers = {
  async list(input, call) {
    const unit = await unitAsked(call, input.unit)
    const below = await unitsBelow(call.db, unit.path)
    const { spots, isMore } = await findHomes(call.db, unit.tenant, {
      units: [unit.id, ...below.map(one => one.id)],
      q: input.q,
      closed: input.closed ?? false,
      after: spotAfter(input.cursor),
      limit: input.limit,
    })
    const ids = spots.map(spot => spot.id)
    const last = spots.at(-1)
    const rows = new Map((await homeRows(call.db, unit.tenant, ids)).map(row => [row.id, row]))
    await lookAt(call.db, call.caller, unit.tenant, ids, 'list')
    return {
      items: ids.map(id => homeLine(unit.tenant, rows.get(id)!)),
      next: isMore && last ? toCursor([last.rank, last.name, last.id]) : null,
    }
  },

  async get(input, call) {
    const tenant = call.caller.tenant!
    const id = insideOf(tenant, input.householdId)
    await lookAt(call.db, call.caller, tenant, [id], 'home')
    return shownHome(call.db, tenant, id)
  },

  async add(input, { app, db, caller }) {
    const { unit: ref, head, ...fields } = input
    const unit = await getUnit(db, ref, today())
    mustBeVillage(unit)
    await mustBeFreeNumber(db, unit.tenant, unit.id, fields.sheetNo ?? null, null)
    const { homes } = await addHomes(
      db,
      unit.tenant,
      [{ ...fields, unitId: unit.id, persons: [{ ...head, relation: head.relation ?? 'chủ hộ', isHead: true }] }],
      { basis: 'agency_duty', how: 'typed', wording: '', by: caller.account ?? null, isDemo: app.config.isDemo },
    )
    const about = { kind: 'household', id: homes[0]! }
    await record(db, { tenant: unit.tenant, what: 'household.added', by: caller, about, data: { unit: unit.id } })
    return shownHome(db, unit.tenant, homes[0]!)
  },

  async change(input, { db, caller }) {
    const { householdId, version, pin, ...fields } = input
    const tenant = caller.tenant!
    const id = insideOf(tenant, householdId)
    const [row] = await homeRows(db, tenant, [id])
    if (!row) throw new Problem('not_found')
    mustStand(row)
    if (fields.sheetNo !== row.sheetNo) await mustBeFreeNumber(db, tenant, row.unitId, fields.sheetNo ?? null, id)
    const place = pin === undefined ? { lat: row.lat, lng: row.lng } : { lat: pin?.lat ?? null, lng: pin?.lng ?? null }
    if (
      row.version !== version ||
      !(await updateHome(db, tenant, id, version, { ...row, ...stated(fields), ...place }))
    )
      throw conflict(await shownHome(db, tenant, id), { pin, ...fields })
    await record(db, {
      tenant,
      what: 'household.changed',
      by: caller,
      about: { kind: 'household', id },
      data: { fields: Object.keys(input).filter(name => name !== 'householdId' && name !== 'version') },
    })
    return shownHome(db, tenant, id)
  },
} satisfies Answers<Pick<typeof contract, 'list' | 'get' | 'add' | 'change'>>
