// What a home takes along to another commune. Places, needs and identity numbers stay: they were for the officers of here.
import { today } from '#core/clock'
import type { Tx } from '#core/db'
import { peopleOf, type PersonRow } from './store-people.ts'
import { carriedContacts, stopsOfHome, type CarriedContact, type Stop } from './store-removal.ts'
import type { HomeRow } from './store-homes.ts'
import { isUnderAge, type PhoneKind } from './words-of-homes.ts'

export interface Luggage {
  headName: string
  languages: string[]
  listener: string | null
  phoneKind: PhoneKind
  persons: Pick<PersonRow, 'name' | 'relation' | 'isHead' | 'sex' | 'birthYear' | 'birthDay'>[]
  /** `person`: which of the persons, by position; null for the whole home. */
  contacts: (Pick<CarriedContact, 'kind' | 'value' | 'isDemo' | 'stops'> & { person: number | null })[]
  /** What the home as a whole said no to, or one of the persons. */
  stops: (Stop & { person?: number | null })[]
  /** Contacts whose basis was a yes to this commune: the next one asks anew. */
  toAsk: number
}

/**
 * A number goes along only where the basis is the agency's lawful duty, which the next commune has, too (Law 91/2025/QH15, Decree
 * 356/2025: a yes was given to whoever asked, for what was asked). No child's number goes, and a no goes with its number.
 */
export async function pack(tx: Tx, tenant: number, home: HomeRow): Promise<Luggage> {
  const people = (await peopleOf(tx, tenant, home.id)).filter(person => !person.leftAt && !person.diedOn)
  const contacts = await carriedContacts(tx, tenant, home.id)
  const position = new Map(people.map((person, n) => [person.id, n]))
  const isGrown = ({ personId }: CarriedContact) => {
    if (personId === null) return true
    const owner = people[position.get(personId) ?? -1]
    return owner !== undefined && !isUnderAge(owner, today())
  }
  const usable = contacts.filter(contact => isGrown(contact))
  return {
    headName: home.headName,
    languages: home.languages,
    listener: home.listener,
    phoneKind: home.phoneKind,
    persons: people.map(({ name, relation, isHead, sex, birthYear, birthDay }) => ({
      name,
      relation,
      isHead,
      sex,
      birthYear,
      birthDay,
    })),
    contacts: usable
      .filter(contact => contact.basis === 'agency_duty')
      .map(({ personId, kind, value, isDemo, stops }) => ({
        kind,
        value,
        isDemo,
        stops,
        person: personId === null ? null : position.get(personId)!,
      })),
    stops: (await stopsOfHome(tx, tenant, home.id)).flatMap(({ personId, ...stop }) => {
      const person = personId === null ? null : position.get(personId)
      return person === undefined ? [] : { ...stop, person }
    }),
    toAsk: usable.filter(contact => contact.basis === 'consent').length,
  }
}
