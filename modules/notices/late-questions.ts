// A question that nobody answered in time: whoever owes the answer hears of it again, once.
import { now } from '#core/clock'
import { inTransaction, type Tx } from '#core/db'
import type { App } from '#core/module'
import { record } from '#core/trail'
import { alertAnswerers } from './alert-answerers.ts'
import { villageOfHome } from './store/homes.ts'
import { lateQuestions, markLateTold } from './store/questions.ts'

async function tellLate(app: App, tx: Tx, tenant: number, id: string) {
  const late = await markLateTold(tx, tenant, id)
  if (!late) return
  const { notice, household } = late
  // The home may live elsewhere by now, or its village be another.
  const unit = household ? ((await villageOfHome(tx, tenant, household)) ?? late.unit) : late.unit
  await alertAnswerers(app, tx, tenant, { notice, unit, says: 'notices.alert.question_late' })
  const about = { kind: 'notice', id: notice }
  await record(tx, { tenant, what: 'question.late', about, data: { question: id } })
}

export async function tellOfLateQuestions(app: App): Promise<void> {
  for (const { tenant, id } of await lateQuestions(app.sql, now())) {
    try {
      await inTransaction(app.sql, tx => tellLate(app, tx, tenant, id))
    } catch (error) {
      // What one of them cannot have must not take it from the others.
      app.log.error({ tenant, questionId: id, error: (error as Error).message }, 'late question')
    }
  }
}
