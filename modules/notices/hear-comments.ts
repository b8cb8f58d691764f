// What people write under our posts: a question to the author, from nobody that the register knows.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { HeardBy } from '#channels'
import { keepQuestion } from './questions.ts'
import { noticeOfPost } from './store/outlets.ts'

/** A crowd under one post is read there, not in the queue. */
const most = { calls: 60, seconds: 3600 }
const mostLetters = 1000

function mayKeep(app: App, tenant: number, notice: string): boolean {
  try {
    app.limits.spend(`notices.comment/${tenant}/${notice}`, most)
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}

export async function hearComments(app: App, tx: Tx, { tenant, account, heard }: HeardBy) {
  for (const one of heard) {
    if (one.is !== 'commented') continue
    const notice = await noticeOfPost(tx, tenant, account, one.post)
    if (!notice || !mayKeep(app, tenant, notice)) continue
    const words = one.words
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
      .slice(0, mostLetters)
    await keepQuestion(app, tx, { tenant, notice, household: null, words, comment: { account, id: one.id } })
  }
}
