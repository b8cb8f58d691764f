// New homes, one or thousands: numbers, stays, people and contacts in a handful of statements.
import { nextNumber } from '#core/counter'
import type { Tx } from '#core/db'
import { fold, givenName, tidy } from '#core/fold'
import { newId } from '#core/ids'
import { contactDigest } from './phone.ts'
import type { HomeFields } from './shapes.ts'
import { insertConsents, insertContacts, insertHomes, insertPersons, type NewPersonRow } from './store.ts'

export interface NewPerson {
  name: string
  relation?: string | undefined
  isHead?: boolean | undefined
  sex?: 'm' | 'f' | null | undefined
  birthYear?: number | null | undefined
  birthDay?: string | null | undefined
  idNumberSealed?: string | null | undefined
  /** As dialled abroad: `+84…`. */
  phones?: readonly string[] | undefined
}

type Some<T> = { [K in keyof T]?: T[K] | undefined }

export interface NewHome extends Some<HomeFields> {
  unitId: string
  /** The village whose list gave the number, where that is another. */
  sheetUnit?: string | undefined
  /** One of them is the head. */
  persons: readonly NewPerson[]
}

/** On what basis their contacts may be used, and how that came about. */
export interface Basis {
  basis: string
  how: string
  wording: string
  by: string | null
  /** Written into a demo: never to be called or written to. */
  isDemo: boolean
  importId?: string
}

export interface Added {
  homes: string[]
  persons: string[]
  contacts: string[]
}

const partSize = 2000

export const personRow = (householdId: string, person: NewPerson): NewPersonRow => ({
  id: newId(),
  householdId,
  name: tidy(person.name),
  folded: fold(person.name),
  given: givenName(person.name),
  relation: tidy(person.relation ?? ''),
  isHead: person.isHead ?? false,
  sex: person.sex ?? null,
  birthYear: person.birthYear ?? (person.birthDay ? Number(person.birthDay.slice(0, 4)) : null),
  birthDay: person.birthDay ?? null,
  idNumberSealed: person.idNumberSealed ?? null,
})

export const homeRow = (home: NewHome, no: number, importId: string | undefined) => {
  const head = home.persons.find(person => person.isHead) ?? home.persons[0]!
  return {
    id: newId(),
    no,
    unitId: home.unitId,
    sheetNo: home.sheetNo ?? null,
    sheetUnit: home.sheetUnit ?? null,
    headName: tidy(head.name),
    headFolded: fold(head.name),
    headGiven: givenName(head.name),
    alley: home.alley ?? '',
    landmark: home.landmark ?? '',
    way: home.way ?? '',
    lat: home.pin?.lat ?? null,
    lng: home.pin?.lng ?? null,
    languages: home.languages ?? ['vi'],
    listener: home.listener ?? null,
    needs: home.needs ?? [],
    phoneKind: home.phoneKind ?? (home.persons.some(person => person.phones?.length) ? 'voice' : 'none'),
    say: home.say ?? '',
    importId: importId ?? null,
  } as const
}

/** Contacts with the basis on which each may be used. @returns their ids */
export async function addPhones(
  tx: Tx,
  tenant: number,
  rows: readonly { householdId: string; personId: string | null; phone: string }[],
  basis: Basis,
): Promise<string[]> {
  if (!rows.length) return []
  const contacts = rows.map(({ householdId, personId, phone }) => ({
    id: newId(),
    householdId,
    personId,
    kind: 'phone' as const,
    value: phone,
    digest: contactDigest('phone', phone),
    isDemo: basis.isDemo,
  }))
  await insertContacts(tx, tenant, contacts)
  await insertConsents(
    tx,
    tenant,
    contacts.map(contact => ({
      id: newId(),
      householdId: contact.householdId,
      personId: contact.personId,
      contactId: contact.id,
      purpose: 'village_notices',
      basis: basis.basis,
      said: 'yes' as const,
      how: basis.how,
      wording: basis.wording,
      by: basis.by,
    })),
  )
  return contacts.map(contact => contact.id)
}

/**
 * Adds homes with their people and telephones.
 * @param passed told after each part how many homes are in
 * @returns the ids of the rows, homes in the order given
 */
export async function addHomes(
  tx: Tx,
  tenant: number,
  homes: readonly NewHome[],
  basis: Basis,
  passed?: (count: number) => Promise<void>,
): Promise<Added> {
  const added: Added = { homes: [], persons: [], contacts: [] }
  if (!homes.length) return added
  const first = await nextNumber(tx, tenant, 'household', homes.length)
  for (let from = 0; from < homes.length; from += partSize) {
    const part = homes.slice(from, from + partSize)
    const rows = part.map((home, n) => homeRow(home, first + from + n, basis.importId))
    await insertHomes(tx, tenant, rows)
    // This connection may still check foreign keys as it did when the table was nearly empty: row by row.
    if (from === 0 && part.length > 500) await tx`discard plans`
    const people = part.flatMap((home, n) =>
      home.persons.map((person, at) => ({
        row: personRow(rows[n]!.id, { ...person, isHead: person.isHead ?? at === 0 }),
        phones: person.phones ?? [],
      })),
    )
    await insertPersons(
      tx,
      tenant,
      people.map(person => person.row),
    )
    const phones = people.flatMap(({ row, phones: numbers }) =>
      numbers.map(phone => ({ householdId: row.householdId, personId: row.id, phone })),
    )
    added.homes.push(...rows.map(row => row.id))
    added.persons.push(...people.map(person => person.row.id))
    added.contacts.push(...(await addPhones(tx, tenant, phones, basis)))
    await passed?.(added.homes.length)
  }
  return added
}
