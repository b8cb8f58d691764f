// Who reads for an elder: said by both sides, noted in both homes' ledgers, and taken back by either.
import { today } from '#core/clock'
import type { Tx } from '#core/db'
import { newId } from '#core/ids'
import { Problem } from '#core/problem'
import { say } from '#core/words'
import type { PersonRow } from './store-people.ts'
import { insertConsents } from './store.ts'
import { isUnderAge } from './words-of-homes.ts'

/** @throws Problem reader_too_young, reader_own_home */
export function mustRead(person: Pick<PersonRow, 'householdId' | 'birthYear' | 'birthDay'>, elder: string) {
  if (elder === person.householdId) throw new Problem('reader_own_home')
  if (isUnderAge(person, today())) throw new Problem('reader_too_young')
}

interface Said {
  tenant: number
  person: Pick<PersonRow, 'id' | 'householdId'>
  /** The elder's home. */
  home: string
  said: 'yes' | 'stop'
  how: 'spoken' | 'app'
  by: string | null
}

/** In the ledger of the elder's home and of the reader's. */
export async function noteReader(tx: Tx, { tenant, person, home, said, how, by }: Said) {
  const common = {
    contactId: null,
    purpose: 'reader',
    basis: 'consent',
    said,
    how,
    wording: say('vi', 'consent.reader'),
    by,
  }
  await insertConsents(tx, tenant, [
    { ...common, id: newId(), householdId: home, personId: null },
    { ...common, id: newId(), householdId: person.householdId, personId: person.id },
  ])
}
