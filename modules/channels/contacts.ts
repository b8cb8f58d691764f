// Homes found by the contacts of their people: what SMS, calls and mail share.
import type { App } from '#core/module'
import { contactsOf, type ContactKind } from '#people'
import type { About, Found } from './channel.ts'

/** What a contact must not have refused to be used for such a message: nothing where life is in danger. */
export const purposesAsked = ({ class: is, isOptional }: Pick<About, 'class' | 'isOptional'>): readonly string[] =>
  is === 'emergency' ? [] : isOptional ? ['village_notices', 'optional_topics'] : ['village_notices']

/**
 * A channel's `find` for one kind of contact. Never a child's; a reader's counts for the elder's home, unless the message is private.
 * Who said no to notices of the village is not asked again, except where life is in danger.
 */
export const findContacts =
  (kind: ContactKind) =>
  async (app: App, tenant: number, householdIds: readonly string[], about: About): Promise<Found> => {
    const found: Found = new Map()
    const { isPrivate } = about
    const purposes = purposesAsked(about)
    for (const contact of await contactsOf(app.sql, tenant, householdIds, kind, { withReaders: !isPrivate })) {
      // Made-up people are found in a demo alone, whose accounts speak to this machine only.
      if (contact.isDemo && !app.config.isDemo) continue
      const { householdId, digest, value, isShared } = contact
      const mine = found.get(householdId)
      const addresses = mine && 'addresses' in mine ? mine.addresses : []
      const mayUse = !purposes.some(purpose => contact.stopped.includes(purpose))
      const id = digest.toString('hex')
      if (mayUse && !addresses.some(address => address.id === id))
        addresses.push({ id, value, isShared, contact: contact.contactId })
      found.set(householdId, addresses.length ? { addresses } : { optedOut: true })
    }
    return found
  }
