import { inside } from '#core/ids'
import type { PlaceOf } from '#core/module'
import { unitOfTenant } from '#units'
import { findAccount } from './store-accounts.ts'

/** An account stands in its commune. */
export const accountId: PlaceOf = async (app, value, _, caller) => {
  if (typeof value !== 'string') return undefined
  const { tenant, id } = inside(value)
  if (tenant !== caller.tenant || !(await findAccount(app.sql, tenant, id))) return undefined
  return [{ tenant, path: (await unitOfTenant(app.sql, tenant))?.path }]
}
