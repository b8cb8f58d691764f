// What leaves the server of a home: outside ids, masked numbers.
import { iso, nowMs, today } from '#core/clock'
import type { Db } from '#core/db'
import { outside } from '#core/ids'
import { Problem } from '#core/problem'
import { unitTitle } from '#units'
import { masked } from './phone.ts'
import type { Contact, HomeAnswer, HomeLine, Person } from './shapes.ts'
import { homeRows, type HomeRow } from './store-homes.ts'
import { arrivalOf, communeNames, departureOf } from './store-removal.ts'
import {
  contactRows,
  eventsOf,
  lastConsents,
  peopleOf,
  readersOf,
  type ConsentRow,
  type ContactRow,
  type EventRow,
  type PersonRow,
} from './store-people.ts'
import { isUnderAge } from './words-of-homes.ts'

/** How long after it happened an event may still be undone, in days. */
export const undoDays = 30

export const homeLine = (tenant: number, row: HomeRow): HomeLine => ({
  id: outside(tenant, row.id),
  no: row.no,
  unitId: row.unitId,
  unitName: unitTitle({ kind: row.unitKind, name: row.unitName }),
  headName: row.headName,
  sheetNo: row.sheetNo,
  alley: row.alley,
  landmark: row.landmark,
  languages: row.languages,
  needs: row.needs,
  phoneKind: row.phoneKind,
  phone: row.phone ? masked('phone', row.phone) : null,
  persons: row.persons,
  absentUntil: row.absentUntil,
  closedAt: row.closedAt && iso(row.closedAt),
})

const shownPerson = (tenant: number, row: PersonRow): Person => ({
  id: outside(tenant, row.id),
  name: row.name,
  relation: row.relation,
  isHead: row.isHead,
  sex: row.sex,
  birthYear: row.birthYear,
  birthDay: row.birthDay,
  isChild: isUnderAge(row, today()),
  readsFor: row.readsFor && outside(tenant, row.readsFor),
  absentUntil: row.absentUntil,
  diedOn: row.diedOn,
  leftAt: row.leftAt && iso(row.leftAt),
  version: row.version,
})

const shownContact = (tenant: number, row: ContactRow, consents: readonly ConsentRow[]): Contact => ({
  id: outside(tenant, row.id),
  personId: row.personId && outside(tenant, row.personId),
  kind: row.kind,
  masked: masked(row.kind, row.value),
  isShared: row.isShared,
  isDead: row.isDead,
  addedAt: iso(row.addedAt),
  consents: consents
    .filter(consent => consent.contactId === row.id)
    .map(({ purpose, basis, said, at }) => ({ purpose, basis, said, at: iso(at) })),
})

const shownEvent = (tenant: number, row: EventRow) => ({
  id: outside(tenant, row.id),
  kind: row.kind,
  at: iso(row.at),
  withHome: typeof row.data['other'] === 'string' ? outside(tenant, row.data['other']) : null,
  unitName: row.unitName,
  isUndoable: row.isKept && !row.undoneAt && nowMs() - row.at.getTime() < undoDays * 86_400_000,
  undoneAt: row.undoneAt && iso(row.undoneAt),
})

/** Where it went to, and where it came from. */
async function waysOf(db: Db, tenant: number, id: string): Promise<Pick<HomeAnswer, 'departure' | 'cameFrom'>> {
  const [gone, came] = await Promise.all([departureOf(db, tenant, id), arrivalOf(db, tenant, id)])
  const departure = gone?.state === 'withdrawn' ? undefined : gone
  const others = [departure?.toTenant, came?.from].filter(other => other !== undefined)
  const names = others.length ? await communeNames(db, others, today()) : new Map<number, never>()
  const titleOf = (other: number) => {
    const named = names.get(other)
    return named ? unitTitle(named) : ''
  }
  return {
    departure: departure
      ? {
          to: titleOf(departure.toTenant),
          state: departure.state,
          words: departure.words,
          answeredAt: departure.answeredAt && iso(departure.answeredAt),
        }
      : null,
    cameFrom: came ? { from: titleOf(came.from), toAsk: came.toAsk } : null,
  }
}

/** The whole page of one home. @throws Problem not_found */
export async function shownHome(db: Db, tenant: number, id: string): Promise<HomeAnswer> {
  const [row] = await homeRows(db, tenant, [id])
  if (!row) throw new Problem('not_found')
  const [people, readers, contacts, consents, events, ways] = await Promise.all([
    peopleOf(db, tenant, id),
    readersOf(db, tenant, id),
    contactRows(db, tenant, id),
    lastConsents(db, tenant, id),
    eventsOf(db, tenant, id),
    waysOf(db, tenant, id),
  ])
  return {
    ...homeLine(tenant, row),
    way: row.way,
    pin: row.lat === null || row.lng === null ? null : { lat: row.lat, lng: row.lng },
    listener: row.listener,
    say: row.say,
    openedAt: iso(row.openedAt),
    closedReason: row.closedReason,
    movedTo: row.movedTo,
    ...ways,
    mergedInto: row.mergedInto && outside(tenant, row.mergedInto),
    version: row.version,
    people: people.map(person => shownPerson(tenant, person)),
    readers: readers.map(({ personId, householdId, ...reader }) => ({
      ...reader,
      personId: outside(tenant, personId),
      householdId: outside(tenant, householdId),
    })),
    contacts: contacts.map(contact => shownContact(tenant, contact, consents)),
    events: events.map(event => shownEvent(tenant, event)),
  }
}
