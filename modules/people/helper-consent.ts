// A home's word on being helped: each yes by word of mouth, and the no that forbids it. Kept in the ledger of consents.
import { today } from '#core/clock'
import type { Db, Tx } from '#core/db'
import { newId } from '#core/ids'
import { wordOnHelp } from './store-help.ts'
import { peopleOf } from './store-people.ts'
import { insertConsents } from './store.ts'

const adultAge = 18

/** Who of a home may say yes: present, and not known to be a child. The head first. */
export async function adultsOf(db: Db, tenant: number, household: string): Promise<{ id: string; name: string }[]> {
  const year = Number(today().slice(0, 4))
  const people = await peopleOf(db, tenant, household)
  return people
    .filter(one => !one.leftAt && !one.diedOn && (!one.birthYear || year - one.birthYear >= adultAge))
    .map(({ id, name }) => ({ id, name }))
}

/** Has the home said that nobody shall act for it? Its last word counts. */
export async function isHelpForbidden(db: Db, tenant: number, household: string): Promise<boolean> {
  const said = await wordOnHelp(db, tenant, household)
  return said === 'no' || said === 'stop'
}

export interface HelpSaid {
  household: string
  /** Who of the home said it; absent: somebody of the home. */
  person: string | undefined
  said: 'yes' | 'stop'
  how: 'spoken' | 'app'
  /** The words that were asked, or the sentence pressed. */
  wording: string
  /** The account that noted it. */
  by: string | undefined
}

/** Keeps what the home said. @returns the entry's id */
export async function sayHelp(tx: Tx, tenant: number, { household, person, by, ...rest }: HelpSaid): Promise<string> {
  const id = newId()
  const about = { householdId: household, personId: person ?? null, contactId: null, by: by ?? null }
  await insertConsents(tx, tenant, [{ ...rest, ...about, id, purpose: 'helper_acts', basis: 'consent' }])
  return id
}
