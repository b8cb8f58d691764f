// Where the home stands that somebody means to act for, and whether one of its doors is his to walk to.
import type { PlaceOf } from '#core/module'
import { homeMeant } from '#access'
import { doorsSince } from './doors.ts'
import { homeForWalker } from './store/doors.ts'

/** @throws Problem digits_unknown, card_ended, not_found */
export const home: PlaceOf = async (app, value, _, caller) => {
  const { tenant, account } = caller
  if (typeof value !== 'string' || tenant === undefined) return undefined
  const { household, isByCard } = await homeMeant(app.sql, tenant, value)
  const found = await homeForWalker(app.sql, tenant, household, account ?? null, doorsSince())
  if (!found) return undefined
  return [
    { tenant, path: found.path ?? undefined, household, isByCard, ...(found.isGiven && { assigned: [account!] }) },
  ]
}
