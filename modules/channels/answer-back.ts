// A short answer to whoever wrote: by the same account, at its price, within the budget.
import { createHash } from 'node:crypto'
import { dayOf, now } from '#core/clock'
import { inTransaction } from '#core/db'
import type { App } from '#core/module'
import { adapterOf } from './account.ts'
import type { HandedOver } from './channel.ts'
import { reportUse, restsUntil } from './report-use.ts'
import { addUse, findAccount } from './store-accounts.ts'
import { putAside, settleAside } from './store-budget.ts'
import { accountFrom } from './take-account.ts'

export interface AnswerBack {
  tenant: number
  account: string
  to: string
  words: string
  /** The provider's id of what is answered: the same key again for the same. */
  about: string
}

/** What cannot be answered by that way is not: what was said is kept all the same. */
export async function answerBack(app: App, { tenant, account: id, to, words, about }: AnswerBack) {
  const row = await findAccount(app.sql, tenant, id)
  const answer = row && adapterOf(row.adapter)?.answer
  const at = now()
  if (!answer || !row.isOn || restsUntil(row.pausedUntil, at)) return
  const account = accountFrom(app, tenant, row)
  const each = answer.dong?.(row.settings, words) ?? 0
  const wish = { tenant, at, each, count: 1, isAboveBudget: false }
  if (!(await inTransaction(app.sql, tx => putAside(tx, wish)))) return
  const key = createHash('sha256').update(`answer ${id} ${about}`).digest('base64url').slice(0, 32)
  // Where nobody knows whether it went, its money stays spent and it is not sent again.
  const unknown = (): HandedOver => ({ is: 'accepted', dong: each })
  const said = await answer.say(app, account, { to, words, key }).catch(unknown)
  await inTransaction(app.sql, async tx => {
    await addUse(tx, tenant, id, dayOf(at), { messages: 1 })
    await reportUse(tx, account, [said])
    const spent =
      said.is === 'accepted'
        ? { messages: 1, parts: said.parts ?? 1, dong: said.dong ?? each }
        : { messages: 0, parts: 0, dong: 0 }
    await settleAside(tx, { tenant, at, aside: each, ...spent })
  })
}
