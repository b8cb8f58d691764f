// The month's money does not do for an emergency: a second person is asked, and after his yes what stopped goes on.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { wakeLane } from './store/delivery.ts'
import { planStopped, setApproved, setMoneyAsked } from './store/money-asked.ts'
import type { Publication } from './store/publication.ts'

interface Stopped {
  tenant: number
  publishedId: string
}

async function goOnSending(tx: Tx, { tenant, publishedId }: Stopped) {
  const at = now()
  for (const channel of await planStopped(tx, tenant, publishedId, at))
    await wakeLane(tx, { tenant, channel, isEmergency: true }, at)
}

/** A batch found no money left. Told once; where the yes came while the batch was under way, it goes on. */
export async function askForMoney(app: App, tx: Tx, { tenant, publishedId, subjectId, ...p }: Publication) {
  if (p.class !== 'emergency' || p.isApproved) return
  const said = await setMoneyAsked(tx, tenant, publishedId, now())
  if (said?.isApproved) await goOnSending(tx, { tenant, publishedId })
  else if (said?.isNew)
    await app.events.announce(app, tx, 'publication.out_of_money', { tenant, publishedId, subjectId })
}

/** A second person said yes: it is not held up by the budget any more. @returns false when there was nothing to say yes to */
export async function allowAboveBudget(tx: Tx, stopped: Stopped): Promise<boolean> {
  if (!(await setApproved(tx, stopped.tenant, stopped.publishedId))) return false
  await goOnSending(tx, stopped)
  return true
}
