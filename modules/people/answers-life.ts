import type { Tx } from '#core/db'
import { insideOf } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { getUnit, unitsBelow } from '#units'
import { mustBeVillage, unitAsked } from './answers-homes.ts'
import type { peopleContract } from './contract-people.ts'
import { findDuplicates } from './duplicates.ts'
import { homeLeaves } from './leave.ts'
import { homeAway, mergeHomes, moveHome, newHead, personGoes, splitHome } from './life.ts'
import { lookAt } from './look.ts'
import { homeLine, shownHome } from './show.ts'
import { homeRows } from './store-homes.ts'
import { knownHomes } from './store-import.ts'
import { undoEvent } from './undo-event.ts'

const ground = ({ app, db, caller }: Call<Tx>) => ({ app, tx: db, tenant: caller.tenant!, by: caller })

type Life = Pick<
  typeof peopleContract,
  | 'makeHead'
  | 'recordDeath'
  | 'personLeft'
  | 'absence'
  | 'move'
  | 'leave'
  | 'split'
  | 'merge'
  | 'undoEvent'
  | 'duplicates'
>

export const lifeAnswers = {
  async makeHead({ personId }, call) {
    const on = ground(call)
    return shownHome(on.tx, on.tenant, await newHead(on, insideOf(on.tenant, personId)))
  },

  async recordDeath(input, call) {
    const on = ground(call)
    const head = input.newHead && insideOf(on.tenant, input.newHead)
    return shownHome(on.tx, on.tenant, await personGoes(on, insideOf(on.tenant, input.personId), input.on, head))
  },

  async personLeft(input, call) {
    const on = ground(call)
    const head = input.newHead && insideOf(on.tenant, input.newHead)
    return shownHome(on.tx, on.tenant, await personGoes(on, insideOf(on.tenant, input.personId), null, head))
  },

  async absence({ householdId, until }, call) {
    const on = ground(call)
    const id = insideOf(on.tenant, householdId)
    await homeAway(on, id, until)
    return shownHome(on.tx, on.tenant, id)
  },

  async move({ householdId, unit }, call) {
    const on = ground(call)
    const id = insideOf(on.tenant, householdId)
    const to = await getUnit(on.tx, unit)
    mustBeVillage(to)
    if (to.tenant !== on.tenant) throw new Problem('move_within_commune')
    await moveHome(on, id, to)
    return shownHome(on.tx, on.tenant, id)
  },

  async leave({ householdId, to, toUnit }, call) {
    const on = ground(call)
    const id = insideOf(on.tenant, householdId)
    await homeLeaves(on, id, to, toUnit)
    return shownHome(on.tx, on.tenant, id)
  },

  async split({ householdId, persons, head }, call) {
    const on = ground(call)
    const going = persons.map(person => insideOf(on.tenant, person))
    const made = await splitHome(on, insideOf(on.tenant, householdId), going, insideOf(on.tenant, head))
    return shownHome(on.tx, on.tenant, made)
  },

  async merge({ householdId, duplicateId }, call) {
    const on = ground(call)
    const keep = insideOf(on.tenant, householdId)
    await mergeHomes(on, keep, insideOf(on.tenant, duplicateId))
    return shownHome(on.tx, on.tenant, keep)
  },

  async undoEvent({ householdId, eventId }, call) {
    const on = ground(call)
    const id = insideOf(on.tenant, householdId)
    await undoEvent(on, id, insideOf(on.tenant, eventId))
    return shownHome(on.tx, on.tenant, id)
  },

  async duplicates({ unit: ref }, call) {
    const unit = await unitAsked(call, ref)
    const below = new Set([unit.id, ...(await unitsBelow(call.db, unit.path)).map(one => one.id)])
    const homes = (await knownHomes(call.db, unit.tenant)).filter(home => below.has(home.unitId))
    const pairs = findDuplicates(homes).slice(0, 100)
    const ids = [...new Set(pairs.flatMap(pair => [pair.first, pair.second]))]
    const rows = new Map((await homeRows(call.db, unit.tenant, ids)).map(row => [row.id, homeLine(unit.tenant, row)]))
    await lookAt(call.db, call.caller, unit.tenant, ids, 'list')
    const items = pairs.map(({ first, second, why }) => ({ first: rows.get(first)!, second: rows.get(second)!, why }))
    return { items, next: null }
  },
} satisfies Answers<Life>
