// Closing homes, and forgetting what was known of people: ids stay, so that figures and the trail stay whole.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { endStays } from './store.ts'

/** What stands where a name was. */
export const erasedName = '—'

/** The homes leave: their stay and their contacts end. */
export async function closeHomes(
  tx: Tx,
  tenant: number,
  ids: readonly string[],
  reason: string,
  at: Date,
  movedTo: string | null = null,
) {
  await tx`
    update loa.household set closed_at = ${at}, closed_reason = ${reason}, moved_to = ${movedTo}, version = version + 1
    where commune_id = ${tenant} and id = any(${[...ids]}::uuid[]) and closed_at is null`
  await endStays(tx, tenant, ids, at)
  await tx`
    update loa.contact set ended_at = ${at}
    where commune_id = ${tenant} and household_id = any(${[...ids]}::uuid[]) and ended_at is null`
}

/** Forgets names and numbers of whole homes. */
export async function wipeHomes(tx: Tx, tenant: number, ids: readonly string[]) {
  await tx`
    update loa.household set head_name = ${erasedName}, head_folded = '', head_given = '', alley = '', landmark = '', way = '', say = '',
      listener = null, lat = null, lng = null, needs = '{}', sheet_no = null
    where commune_id = ${tenant} and id = any(${[...ids]}::uuid[])`
  const persons = await tx<{ id: string }[]>`
    select id from loa.person where commune_id = ${tenant} and household_id = any(${[...ids]}::uuid[])`
  await wipePersons(
    tx,
    tenant,
    persons.map(person => person.id),
  )
  const contacts = await tx<{ id: string }[]>`
    select id from loa.contact where commune_id = ${tenant} and household_id = any(${[...ids]}::uuid[])`
  await wipeContacts(
    tx,
    tenant,
    contacts.map(contact => contact.id),
  )
}

export async function wipePersons(tx: Tx, tenant: number, ids: readonly string[]) {
  await tx`
    update loa.person set name = ${erasedName}, folded = '', given = '', relation = '', sex = null, birth_year = null, birth_day = null,
      id_number_sealed = null, reads_for = null, left_at = coalesce(left_at, ${now()}), version = version + 1
    where commune_id = ${tenant} and id = any(${[...ids]}::uuid[])`
}

/** The ledger of consents stays: it proves on what basis a number was used while it was. */
export async function wipeContacts(tx: Tx, tenant: number, ids: readonly string[]) {
  await tx`
    update loa.contact set value = '', digest = ''::bytea, ended_at = coalesce(ended_at, ${now()})
    where commune_id = ${tenant} and id = any(${[...ids]}::uuid[])`
}
