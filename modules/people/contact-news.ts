// What channels learn of a contact.
import { now } from '#core/clock'
import type { Db } from '#core/db'
import { markDead } from './store-news.ts'

/** The provider says that nobody is there: no channel asks this contact again. A repeat changes nothing. */
export const buryContact = (db: Db, tenant: number, contactId: string) => markDead(db, tenant, contactId, now())
