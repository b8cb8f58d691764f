import { now } from '#core/clock'
import type { Db } from '#core/db'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import { record } from '#core/trail'
import type { budgetContract } from './contract-accounts.ts'
import { budgetAt, monthOf, setBudget } from './store-budget.ts'

async function shown(db: Db, tenant: number) {
  const at = now()
  return { ...(await budgetAt(db, tenant, at)), month: monthOf(at).slice(0, 7) }
}

export const budgetAnswers = {
  budget: (_, { db, caller }) => shown(db, caller.tenant!),

  async setBudget({ dong, version }, { db, caller }) {
    const tenant = caller.tenant!
    if (!(await setBudget(db, tenant, { dong, version, at: now() })))
      throw new Problem('version_conflict', { current: await shown(db, tenant) })
    await record(db, { tenant, what: 'channel.budget_set', by: caller, data: { dong } })
    return shown(db, tenant)
  },
} satisfies Answers<typeof budgetContract>
