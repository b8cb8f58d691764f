import { iso, now, today } from '#core/clock'
import type { Tx } from '#core/db'
import { insideOf, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { say } from '#core/words'
import { getUnit, unitsBelow, unitTitle } from '#units'
import { mustBeVillage, unitAsked } from './answers-homes.ts'
import { acceptArrival, declineArrival } from './arrive.ts'
import type { removalsContract } from './contract-removals.ts'
import { shownHome } from './show.ts'
import { arrivalRows, communeNames, findArrival } from './store-removal.ts'

const ground = ({ app, db, caller }: Call<Tx>) => ({ app, tx: db, tenant: caller.tenant!, by: caller })
const answeredDays = 90

export const removalAnswers = {
  async arrivals(input, call) {
    const { db } = call
    const unit = await unitAsked(call, input.unit)
    const units = new Map([unit, ...(await unitsBelow(db, unit.path))].map(one => [one.id, one]))
    const since = new Date(now().getTime() - answeredDays * 86_400_000)
    // The commune sees those, too, that named a village which is no more.
    const within = unit.level === 'commune' ? null : [...units.keys()]
    const rows = await arrivalRows(db, unit.tenant, within, input.open, since)
    const names = await communeNames(db, [...new Set(rows.map(row => row.from))], today())
    const items = rows.map(row => {
      const from = names.get(row.from)
      const to = units.get(row.unitId) ?? unit
      return {
        id: outside(unit.tenant, row.id),
        from: from ? unitTitle(from) : '',
        unitId: row.unitId,
        unitName: unitTitle(to),
        isVillage: to.level !== 'commune',
        headName: row.headName || null,
        persons: row.persons,
        at: iso(row.at),
        state: row.state,
        answeredAt: row.answeredAt && iso(row.answeredAt),
        householdId: row.householdId && outside(unit.tenant, row.householdId),
      }
    })
    return { items, next: null }
  },

  async acceptArrival({ arrivalId, unit: ref }, call) {
    const on = ground(call)
    const id = insideOf(on.tenant, arrivalId)
    const arrival = await findArrival(on.tx, on.tenant, id)
    if (!arrival) throw new Problem('not_found')
    const village = await getUnit(on.tx, ref ?? arrival.unitId)
    mustBeVillage(village)
    if (village.tenant !== on.tenant) throw new Problem('move_within_commune')
    const from = (await communeNames(on.tx, [arrival.from], today())).get(arrival.from)
    const wording = say('vi', 'arrival.wording', { commune: from ? unitTitle(from) : '' })
    return shownHome(on.tx, on.tenant, await acceptArrival(on, id, village, wording))
  },

  async declineArrival({ arrivalId, words }, call) {
    const on = ground(call)
    await declineArrival(on, insideOf(on.tenant, arrivalId), words)
    return { done: true as const }
  },
} satisfies Answers<typeof removalsContract>
