// The account that a channel would speak through if it spoke now: for showing and reckoning, never for sending.
import type { Db } from '#core/db'
import type { App } from '#core/module'
import type { Account, AccountKind } from './account.ts'
import { listAccounts } from './store-accounts.ts'
import { accountFrom } from './take-account.ts'

/** The first in order that is switched on; what it may do at the moment is not asked. */
export async function firstAccount(app: App, db: Db, tenant: number, kind: AccountKind): Promise<Account | undefined> {
  const row = (await listAccounts(db, tenant)).find(one => one.kind === kind && one.isOn)
  return row && accountFrom(app, tenant, row)
}
