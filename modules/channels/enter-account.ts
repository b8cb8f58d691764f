// A provider that has to be told where to call back is told as soon as the account is entered or changed.
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { adapterOf } from './account.ts'
import { reportUse } from './report-use.ts'
import { findAccount } from './store-accounts.ts'
import { accountFrom } from './take-account.ts'

interface Entered {
  tenant: number
  account: string
}

/** After the caller's transaction has committed. */
export async function enterLater(app: App, tx: Tx, adapter: string, entered: Entered) {
  if (adapterOf(adapter)?.enter) await app.jobs.send(tx, 'channels.enter', entered)
}

/** The job: what the provider refuses is seen at the account. */
export async function enterAccount(app: App, { tenant, account: id }: Entered) {
  const row = await findAccount(app.sql, tenant, id)
  const enter = row && adapterOf(row.adapter)?.enter
  if (!enter || !row.isOn) return
  const account = accountFrom(app, tenant, row)
  const said = await enter(app, account)
  if (said.is === 'refused') await inTransaction(app.sql, tx => reportUse(tx, account, [said]))
}
