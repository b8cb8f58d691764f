// What channels learn of a contact: that it is out of use, or that its person wants no more of what is optional.
import { now } from '#core/clock'
import { inTransaction, type Db, type Sql, type Tx } from '#core/db'
import { newId } from '#core/ids'
import { record } from '#core/trail'
import { say } from '#core/words'
import { insertConsents } from './store.ts'
import { contactsLike, contactWith, markDead, type ContactLike } from './store-news.ts'

/** The provider says that nobody is there: no channel asks this contact again. A repeat changes nothing. */
export const buryContact = (db: Db, tenant: number, contactId: string) => markDead(db, tenant, contactId, now())

async function stopAll(tx: Tx, tenant: number, contacts: readonly ContactLike[], how: string) {
  const open = contacts.filter(contact => !contact.isStopped)
  await insertConsents(
    tx,
    tenant,
    open.map(({ id, householdId, personId }) => ({
      id: newId(),
      householdId,
      personId,
      contactId: id,
      purpose: 'optional_topics',
      basis: 'consent',
      said: 'stop' as const,
      how,
      wording: say('vi', 'request.stop'),
      by: null,
    })),
  )
  for (const { householdId } of open)
    await record(tx, {
      tenant,
      what: 'consent.stopped',
      about: { kind: 'household', id: householdId },
      data: { how },
    })
}

/**
 * Stops optional topics for a contact on every channel, in each home that names it. What is urgent or a duty goes on.
 * @param how by which way it was said: `email`, `sms` @returns false when there is no such contact
 */
export const stopOptional = (sql: Sql, tenant: number, contactId: string, how: string): Promise<boolean> =>
  inTransaction(sql, async tx => {
    const contacts = await contactsLike(tx, tenant, contactId)
    await stopAll(tx, tenant, contacts, how)
    return contacts.length > 0
  })

/** The same for whoever wrote from a number, in the caller's transaction. @returns the homes that name it */
export async function stopOptionalAt(tx: Tx, tenant: number, digest: Buffer, how: string): Promise<string[]> {
  const id = await contactWith(tx, tenant, digest)
  const contacts = id === undefined ? [] : await contactsLike(tx, tenant, id)
  await stopAll(tx, tenant, contacts, how)
  return contacts.map(contact => contact.householdId)
}
