// An answer to what somebody wrote under a post goes there too, by the account that posted: once, or a person says it there.
import { inTransaction, type Tx } from '#core/db'
import { today } from '#core/clock'
import type { App } from '#core/module'
import { actInOutlet } from '#channels'
import { findQuestion, setReply, type ReplyState } from './store/questions.ts'

/** After the caller's transaction; a changed answer is said again, since the first one stands there. */
export async function replyThere(app: App, tx: Tx, tenant: number, question: string) {
  const isWaiting = await setReply(tx, tenant, question, { from: ['done', 'refused', 'unsure'], to: 'waiting' })
  if (isWaiting) await app.jobs.send(tx, 'notices.reply_there', { tenant, question })
}

/** The job. Begun before, and nobody knows what came of it: whoever began it is dead, and nothing is said twice. */
export async function sayThere(app: App, { tenant, question }: { tenant: number; question: string }) {
  const change = (from: ReplyState, to: ReplyState) =>
    inTransaction(app.sql, tx => setReply(tx, tenant, question, { from: [from], to }))
  if (!(await change('waiting', 'begun'))) {
    await change('begun', 'unsure')
    return
  }
  const row = await findQuestion(app.sql, tenant, question, today())
  if (!row?.comment_id || !row.account_id || row.answer === null) return
  const { comment_id: comment, answer } = row
  const said = await actInOutlet(app, tenant, row.account_id, (account, poster) =>
    poster.answer?.(app, account, comment, answer),
  )
  await inTransaction(app.sql, async tx => {
    const why = said.is === 'refused' ? said.why : null
    const to = said.is === 'accepted' ? 'done' : said.is === 'unknown' ? 'unsure' : 'refused'
    await setReply(tx, tenant, question, { from: ['begun'], to, why })
    // The row is ours until the end: an answer changed meanwhile is seen here, one that comes now sees what we wrote.
    const after = await findQuestion(tx, tenant, question, today())
    if (after?.answer !== answer) await replyThere(app, tx, tenant, question)
  })
}
