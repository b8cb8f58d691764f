// An account of a messaging service becomes a home's by a code that the home was shown, and stops being so when either side says so.
import { randomInt } from 'node:crypto'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { newId } from '#core/ids'
import { record } from '#core/trail'
import { say } from '#core/words'
import { contactDigest } from './phone.ts'
import { contactRows } from './store-people.ts'
import * as store from './store-links.ts'
import { insertConsents, insertContacts } from './store.ts'
import type { LinkedKind } from './words-of-homes.ts'

/** Long enough to change from one app to the other, too short to be tried out. */
const codeMs = 15 * 60_000
const digits = 6

/** @returns six digits, and until when they hold */
export async function makeLinkCode(tx: Tx, tenant: number, householdId: string, personId: string | null) {
  const at = now()
  const endsAt = new Date(at.getTime() + codeMs)
  for (;;) {
    const code = String(randomInt(10 ** digits)).padStart(digits, '0')
    if (await store.putLinkCode(tx, tenant, { code, householdId, personId, at, endsAt })) return { code, endsAt }
  }
}

interface Noted {
  tenant: number
  contact: store.Linked
  said: 'yes' | 'stop'
  how: string
}

async function note(tx: Tx, { tenant, contact: { id, householdId, personId }, said, how }: Noted) {
  await insertConsents(tx, tenant, [
    {
      id: newId(),
      householdId,
      personId,
      contactId: id,
      purpose: 'village_notices',
      basis: 'consent',
      said,
      how,
      wording: say('vi', said === 'yes' ? 'consent.link' : 'consent.unlink'),
      by: null,
    },
  ])
  const what = said === 'yes' ? 'contact.linked' : 'contact.unlinked'
  await record(tx, { tenant, what, about: { kind: 'household', id: householdId }, data: { contact: id, how } })
}

export interface Linking {
  kind: LinkedKind
  /** The account as the channel names it. */
  value: string
  code: string
  isDemo: boolean
}

/** Uses the code up. @returns the home that it was shown to; undefined for a code that does not hold */
export async function linkByCode(tx: Tx, tenant: number, { kind, value, code, isDemo }: Linking) {
  const at = now()
  const taken = await store.takeLinkCode(tx, tenant, code, at)
  if (!taken) return undefined
  const { householdId, personId } = taken
  const known = (await contactRows(tx, tenant, householdId)).filter(row => row.kind === kind && row.value === value)
  if (known.some(row => !row.isDead)) return householdId
  // Whoever says the code anew lives again: he had blocked the account, say.
  for (const dead of known) await store.endOwnLink(tx, tenant, householdId, dead.id, at)
  const id = newId()
  const digest = contactDigest(kind, value)
  await insertContacts(tx, tenant, [{ id, householdId, personId, kind, value, isDemo, digest }])
  await note(tx, { tenant, contact: { id, householdId, personId }, said: 'yes', how: kind })
  return householdId
}

/** The account went away: no home is told by it any more. @param at when it left */
export async function unlink(
  tx: Tx,
  tenant: number,
  { kind, value, at }: { kind: LinkedKind; value: string; at: Date },
) {
  for (const contact of await store.endLinked(tx, tenant, contactDigest(kind, value), at, now()))
    await note(tx, { tenant, contact, said: 'stop', how: kind })
}

/** The home ends it. @returns false for what it did not link itself */
export async function unlinkOwn(tx: Tx, tenant: number, household: string, id: string): Promise<boolean> {
  const contact = await store.endOwnLink(tx, tenant, household, id, now())
  if (contact) await note(tx, { tenant, contact, said: 'stop', how: 'app' })
  return Boolean(contact)
}
