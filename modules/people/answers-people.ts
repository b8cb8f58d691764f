import { iso } from '#core/clock'
import type { Tx } from '#core/db'
import { tidy } from '#core/fold'
import { insideOf, newId, outside } from '#core/ids'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import { record } from '#core/trail'
import { personRow } from './add.ts'
import { conflict, stated } from './answers-homes.ts'
import type { peopleContract } from './contract-people.ts'
import { standing } from './life.ts'
import { lookAt } from './look.ts'
import { sayOptional } from './optional-word.ts'
import { contactDigest, readPhone, spoken } from './phone.ts'
import { mustRead, noteReader } from './reader.ts'
import { shownHome } from './show.ts'
import { erasedName, wipeContacts, wipePersons } from './store-erase.ts'
import { endContact, forgetBefore, setHead, touchHomes, updatePerson } from './store-life.ts'
import { consentLedger, contactRows, findPerson, peopleOf, type PersonRow } from './store-people.ts'
import { insertConsents, insertContacts, insertPersons } from './store.ts'
import type { ContactKind } from './words-of-homes.ts'

/** `+84…` for a number; other addresses as they are written. @throws Problem contact_unreadable */
function readContact(kind: ContactKind, text: string): string {
  const value = kind === 'phone' ? readPhone(text) : tidy(text)
  const isRight = value && (kind !== 'email' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value))
  if (!isRight) throw new Problem('contact_unreadable', { kind })
  return value
}

/** Who of a home an outside id means. @throws Problem person_gone for somebody who does not live there */
async function personOf(tx: Tx, tenant: number, home: string, ref: string | undefined): Promise<PersonRow | undefined> {
  if (!ref) return undefined
  const person = await findPerson(tx, tenant, insideOf(tenant, ref))
  if (!person || person.householdId !== home || person.leftAt || person.diedOn) throw new Problem('person_gone')
  return person
}

/** What every change of a home's people ends with. @param what for the trail */
async function done({ db, caller }: Call<Tx>, home: string, what: string, data: object = {}) {
  const tenant = caller.tenant!
  await touchHomes(db, tenant, [home])
  await record(db, { tenant, what, by: caller, about: { kind: 'household', id: home }, data: { ...data } })
  return shownHome(db, tenant, home)
}

/** The number itself, when it is in use at this home. @throws Problem not_found */
async function contactOf(call: Call, home: string, ref: string) {
  const tenant = call.caller.tenant!
  const id = insideOf(tenant, ref)
  const contact = (await contactRows(call.db, tenant, home)).find(row => row.id === id)
  if (!contact) throw new Problem('not_found')
  return contact
}

type Own = Pick<
  typeof peopleContract,
  'addPerson' | 'changePerson' | 'erasePerson' | 'addContact' | 'endContact' | 'showContact' | 'consents' | 'sayConsent'
>

interface Birth {
  birthDay?: string | null | undefined
  birthYear?: number | null | undefined
}
/** A day says its year; another year than the day's takes the day back. */
function birthOf(was: { birthDay: string | null; birthYear: number | null }, { birthDay, birthYear }: Birth) {
  if (birthDay) return { birthDay, birthYear: Number(birthDay.slice(0, 4)) }
  const year = birthYear === undefined ? was.birthYear : birthYear
  const keepsDay = birthDay === undefined && was.birthDay !== null && Number(was.birthDay.slice(0, 4)) === year
  return { birthDay: keepsDay ? was.birthDay : null, birthYear: year }
}

export const peopleAnswers = {
  async addPerson({ householdId, ...person }, call) {
    const tenant = call.caller.tenant!
    const home = insideOf(tenant, householdId)
    await standing(call.db, tenant, home)
    const row = personRow(home, person)
    await insertPersons(call.db, tenant, [row])
    return done(call, home, 'person.added', { person: row.id })
  },

  async changePerson({ personId, version, readsFor, ...fields }, call) {
    const { db, caller } = call
    const tenant = caller.tenant!
    const person = await findPerson(db, tenant, insideOf(tenant, personId))
    if (!person) throw new Problem('not_found')
    await standing(db, tenant, person.householdId)
    const elder = readsFor === undefined ? person.readsFor : readsFor && insideOf(tenant, readsFor)
    if (elder) await standing(db, tenant, elder)
    const name = tidy(fields.name ?? person.name)
    const next = { ...person, ...stated(fields), ...birthOf(person, fields), readsFor: elder, name }
    if (elder) mustRead(next, elder)
    if (person.version !== version || !(await updatePerson(db, tenant, person.id, version, next)))
      throw conflict(await shownHome(db, tenant, person.householdId), fields)
    if (elder !== person.readsFor) {
      const note = { tenant, person, how: 'spoken' as const, by: caller.account ?? null }
      if (person.readsFor) await noteReader(db, { ...note, home: person.readsFor, said: 'stop' })
      if (elder) await noteReader(db, { ...note, home: elder, said: 'yes' })
    }
    if (person.isHead && next.name !== person.name) await setHead(db, tenant, person.householdId, next)
    return done(call, person.householdId, 'person.changed', { person: person.id, fields: Object.keys(stated(fields)) })
  },

  async erasePerson({ personId }, call) {
    const { db, caller } = call
    const tenant = caller.tenant!
    const person = await findPerson(db, tenant, insideOf(tenant, personId))
    if (!person) throw new Problem('not_found')
    // The home is called by its head: another one comes first.
    const others = (await peopleOf(db, tenant, person.householdId)).filter(one => !one.leftAt && !one.diedOn)
    if (person.isHead && others.length > 1) throw new Problem('head_needed')
    const contacts = await contactRows(db, tenant, person.householdId)
    await wipeContacts(
      db,
      tenant,
      contacts.filter(one => one.personId === person.id).map(one => one.id),
    )
    await wipePersons(db, tenant, [person.id])
    if (person.isHead) await setHead(db, tenant, person.householdId, { id: person.id, name: erasedName })
    await forgetBefore(db, tenant, person.householdId)
    return done(call, person.householdId, 'person.erased', { person: person.id })
  },

  async addContact(input, call) {
    const { db, caller } = call
    const tenant = caller.tenant!
    const home = insideOf(tenant, input.householdId)
    await standing(db, tenant, home)
    const person = await personOf(db, tenant, home, input.personId)
    const value = readContact(input.kind, input.value)
    if ((await contactRows(db, tenant, home)).some(row => row.kind === input.kind && row.value === value))
      throw new Problem('contact_known')
    const id = newId()
    const row = {
      id,
      householdId: home,
      personId: person?.id ?? null,
      kind: input.kind,
      value,
      isDemo: call.app.config.isDemo,
    }
    await insertContacts(db, tenant, [{ ...row, digest: contactDigest(input.kind, value) }])
    await insertConsents(db, tenant, [
      {
        id: newId(),
        householdId: home,
        personId: person?.id ?? null,
        contactId: id,
        purpose: 'village_notices',
        basis: input.basis,
        said: 'yes',
        how: input.how,
        wording: input.wording,
        by: caller.account ?? null,
      },
    ])
    return done(call, home, 'contact.added', { contact: id, kind: input.kind, basis: input.basis })
  },

  async endContact({ householdId, contactId }, call) {
    const tenant = call.caller.tenant!
    const home = insideOf(tenant, householdId)
    const id = insideOf(tenant, contactId)
    if (!(await endContact(call.db, tenant, home, id))) throw new Problem('not_found')
    return done(call, home, 'contact.ended', { contact: id })
  },

  async showContact({ householdId, contactId }, call) {
    const tenant = call.caller.tenant!
    const home = insideOf(tenant, householdId)
    const contact = await contactOf(call, home, contactId)
    await lookAt(call.db, call.caller, tenant, [home], 'phone')
    return { value: contact.value, spoken: contact.kind === 'phone' ? spoken(contact.value) : contact.value }
  },

  async consents({ householdId }, { db, caller }) {
    const tenant = caller.tenant!
    const rows = await consentLedger(db, tenant, insideOf(tenant, householdId))
    const items = rows.map(row => ({
      ...row,
      personId: row.personId && outside(tenant, row.personId),
      contactId: row.contactId && outside(tenant, row.contactId),
      at: iso(row.at),
    }))
    return { items, next: null }
  },

  async sayConsent(input, call) {
    const tenant = call.caller.tenant!
    const home = insideOf(tenant, input.householdId)
    // A yes must be provable: by whom and in which words. Silence and ticked boxes are none.
    if (input.said === 'yes' && input.basis === 'consent' && !input.wording) throw new Problem('consent_unproven')
    const person = await personOf(call.db, tenant, home, input.personId)
    const contact = input.contactId ? await contactOf(call, home, input.contactId) : undefined
    const { purpose, said, basis } = input
    if (purpose === 'optional_topics' && !contact) {
      // Said for the home or for a person of it, not for one number: for all of theirs.
      const voice = { householdId: home, personId: person?.id ?? null }
      await sayOptional(call.db, tenant, [voice], { ...input, by: call.caller.account ?? null, isKept: true })
      return done(call, home, 'consent.said', { purpose, said, basis })
    }
    await insertConsents(call.db, tenant, [
      {
        id: newId(),
        householdId: home,
        personId: person?.id ?? contact?.personId ?? null,
        contactId: contact?.id ?? null,
        purpose: input.purpose,
        basis: input.basis,
        said: input.said,
        how: input.how,
        wording: input.wording,
        by: call.caller.account ?? null,
      },
    ])
    return done(call, home, 'consent.said', { purpose, said, basis })
  },
} satisfies Answers<Own>
