// Life events of homes. Each one: check, keep what was, change, tell the other parts, in one transaction.
import type { Caller } from '#core/caller'
import { now, today } from '#core/clock'
import { nextNumber } from '#core/counter'
import type { Tx } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { UnitNow } from '#units'
import { homeRow } from './add.ts'
import { closeHomes } from './store-erase.ts'
import { homeRows, type HomeRow } from './store-homes.ts'
import * as store from './store-life.ts'
import { findPerson, peopleOf, type PersonRow } from './store-people.ts'
import { endStays, insertHomes, insertStays, isNumberTaken } from './store.ts'

export interface Ground {
  app: App
  tx: Tx
  tenant: number
  by: Caller
}

/** @throws Problem not_found, household_closed */
export async function standing(tx: Tx, tenant: number, id: string): Promise<HomeRow> {
  const [home] = await homeRows(tx, tenant, [id])
  if (!home) throw new Problem('not_found')
  if (home.closedAt) throw new Problem('household_closed')
  return home
}

const isHere = (person: PersonRow) => !person.leftAt && !person.diedOn

/** @throws Problem not_found, person_gone, household_closed */
async function living(tx: Tx, tenant: number, id: string): Promise<PersonRow> {
  const person = await findPerson(tx, tenant, id)
  if (!person) throw new Problem('not_found')
  await standing(tx, tenant, person.householdId)
  if (!isHere(person)) throw new Problem('person_gone')
  return person
}

interface Happening {
  kind: string
  /** The home that it happened to, and others that it touches. */
  homes: readonly [string, ...string[]]
  /** What the home's page shows of it. */
  shows?: { unit?: string; other?: string; made?: string[] }
}

/** Keeps what was, does it, notes it in the home's history and the trail. */
export async function happen(
  { tx, tenant, by }: Ground,
  { kind, homes, shows = {} }: Happening,
  work: () => Promise<void>,
) {
  const before = await store.snapshot(tx, tenant, homes)
  await work()
  const after = await store.touchHomes(tx, tenant, homes)
  const id = newId()
  await store.insertEvent(tx, tenant, {
    id,
    household: homes[0],
    kind,
    data: { ...shows, before, after },
    account: by.account ?? null,
    post: by.post ?? null,
  })
  await record(tx, {
    tenant,
    what: `household.${kind}`,
    by,
    about: { kind: 'household', id: homes[0] },
    data: { event: id, ...shows },
  })
}

/** @throws Problem already_there */
export async function moveHome(on: Ground, id: string, to: UnitNow) {
  const { app, tx, tenant } = on
  const home = await standing(tx, tenant, id)
  if (home.unitId === to.id) throw new Problem('already_there')
  await happen(on, { kind: 'moved', homes: [id], shows: { unit: to.id } }, async () => {
    const keepsNumber = home.sheetNo !== null && !(await isNumberTaken(tx, tenant, to.id, home.sheetNo, id))
    await store.setVillage(tx, tenant, id, to.id, keepsNumber ? home.sheetNo : null)
    await endStays(tx, tenant, [id])
    await insertStays(tx, tenant, [{ household: id, unitId: to.id }])
    await app.events.announce(app, tx, 'household.moved', {
      tenant,
      household: id,
      from: home.unitId,
      to: to.id,
      at: now(),
    })
  })
}

export const tellClosed = ({ app, tx, tenant }: Ground, household: string, reason: string) =>
  app.events.announce(app, tx, 'household.closed', { tenant, household, reason, at: now() })

export async function newHead(on: Ground, personId: string) {
  const { tx, tenant } = on
  const person = await living(tx, tenant, personId)
  await happen(on, { kind: 'new_head', homes: [person.householdId] }, () =>
    store.setHead(tx, tenant, person.householdId, person),
  )
  return person.householdId
}

/** Who is head after this person is gone; undefined when nobody is left. @throws Problem head_needed, person_gone */
async function headAfter(on: Ground, gone: PersonRow, wanted: string | undefined): Promise<PersonRow | undefined> {
  const left = (await peopleOf(on.tx, on.tenant, gone.householdId)).filter(one => isHere(one) && one.id !== gone.id)
  if (!left.length) return undefined
  if (!gone.isHead) return left.find(one => one.isHead) ?? left[0]
  const head = left.find(one => one.id === wanted) ?? (left.length === 1 ? left[0] : undefined)
  if (!head) throw new Problem('head_needed')
  return head
}

/**
 * Death or departure: contacts stop; the home closes when nobody is left in it.
 * @returns the home @throws Problem day_ahead, head_needed, person_gone
 */
export async function personGoes(on: Ground, personId: string, diedOn: string | null, wanted: string | undefined) {
  const { tx, tenant } = on
  if (diedOn && diedOn > today()) throw new Problem('day_ahead')
  const person = await living(tx, tenant, personId)
  const home = person.householdId
  const head = await headAfter(on, person, wanted)
  await happen(on, { kind: diedOn ? 'death' : 'person_left', homes: [home] }, async () => {
    await store.setGone(tx, tenant, [personId], diedOn)
    await store.endContactsOf(tx, tenant, [personId])
    if (head) {
      if (person.isHead) await store.setHead(tx, tenant, home, head)
      return
    }
    const reason = diedOn ? 'nobody_left' : 'moved'
    await closeHomes(tx, tenant, [home], reason, now())
    await tellClosed(on, home, reason)
  })
  return home
}

/** @returns the new home @throws Problem head_needed when the old head would go, person_gone */
export async function splitHome(on: Ground, id: string, persons: readonly string[], headId: string): Promise<string> {
  const { app, tx, tenant } = on
  const home = await standing(tx, tenant, id)
  const people = (await peopleOf(tx, tenant, id)).filter(person => isHere(person))
  const going = people.filter(person => persons.includes(person.id))
  if (going.length !== new Set(persons).size) throw new Problem('person_gone')
  const head = going.find(person => person.id === headId)
  if (!head || going.some(person => person.isHead)) throw new Problem('head_needed')
  const no = await nextNumber(tx, tenant, 'household')
  const row = homeRow({ ...home, sheetNo: null, pin: null, needs: [], persons: [head] }, no, undefined)
  await happen(on, { kind: 'split', homes: [id], shows: { other: row.id, made: [row.id] } }, async () => {
    await insertHomes(tx, tenant, [row])
    await store.movePersons(
      tx,
      tenant,
      going.map(person => person.id),
      row.id,
    )
    await store.setHead(tx, tenant, row.id, head)
    await app.events.announce(app, tx, 'household.split', {
      tenant,
      household: id,
      into: row.id,
      persons: going.map(one => one.id),
      at: now(),
    })
  })
  return row.id
}

/** People of both entries that are one person: one name and no other year of birth. */
const samePeople = (kept: readonly PersonRow[], second: readonly PersonRow[]) =>
  second.flatMap(person => {
    const twin = kept.find(
      one =>
        one.name.toLowerCase() === person.name.toLowerCase() &&
        (one.birthYear === person.birthYear || one.birthYear === null || person.birthYear === null),
    )
    return twin ? [{ from: person.id, to: twin.id }] : []
  })

/** The second entry's people and contacts go to the first; it closes and names the first. @throws Problem same_household */
export async function mergeHomes(on: Ground, keep: string, second: string) {
  const { app, tx, tenant } = on
  if (keep === second) throw new Problem('same_household')
  await standing(tx, tenant, keep)
  await standing(tx, tenant, second)
  await happen(on, { kind: 'merged', homes: [keep, second], shows: { other: second } }, async () => {
    const people = (await peopleOf(tx, tenant, second)).filter(person => isHere(person))
    const same = samePeople(
      (await peopleOf(tx, tenant, keep)).filter(person => isHere(person)),
      people,
    )
    const twins = new Set(same.map(pair => pair.from))
    await store.moveContacts(tx, tenant, second, keep, same)
    await store.movePersons(
      tx,
      tenant,
      people.filter(person => !twins.has(person.id)).map(person => person.id),
      keep,
    )
    await store.setGone(tx, tenant, [...twins], null)
    await closeHomes(tx, tenant, [second], 'merged', now())
    await store.setMergedInto(tx, tenant, second, keep)
    await app.events.announce(app, tx, 'household.merged', {
      tenant,
      household: keep,
      merged: second,
      persons: same,
      at: now(),
    })
  })
}

/** @throws Problem day_past */
export async function homeAway(on: Ground, id: string, until: string | null) {
  if (until && until < today()) throw new Problem('day_past')
  await standing(on.tx, on.tenant, id)
  await happen(on, { kind: until ? 'away' : 'back', homes: [id] }, () => store.setAbsence(on.tx, on.tenant, id, until))
}
