// An account waits for a person: its key ran out, a permission lacks, there is no money. The officers hear of it once.
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { holdersOf } from '#access'
import { alertStaff } from './alert.ts'
import { markTold, untoldTroubles, type Untold } from './store-accounts.ts'

const daysOfUse = 3
const officers = ['commune_officer', 'commune_chair'] as const

async function tell(app: App, { tenant, id, name, since }: Untold) {
  await inTransaction(app.sql, async tx => {
    if (!(await markTold(tx, tenant, id, since))) return
    const holders = await holdersOf(tx, { tenant, roles: officers })
    await alertStaff(app, tx, {
      tenant,
      accounts: [...new Set(holders.map(holder => holder.account))],
      says: 'channels.alert.trouble',
      subject: name,
      url: '/channels',
      about: `channels.trouble ${id}`,
      class: 'priority',
      until: new Date(now().getTime() + daysOfUse * 86_400_000),
    })
  })
}

export async function tellOfTroubles(app: App): Promise<void> {
  for (const trouble of await untoldTroubles(app.sql)) await tell(app, trouble)
}
