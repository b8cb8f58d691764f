// The month's budget stopped an emergency: those who may say yes are told, and one of them who did not write it lets it go on.
import { iso, now } from '#core/clock'
import type { Listener } from '#core/events'
import type { Tx } from '#core/db'
import { outside } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import { record } from '#core/trail'
import { say } from '#core/words'
import { postTitle } from '#access'
import { alertStaff } from '#channels'
import { allowAboveBudget, moneyWaiting } from '#delivery'
import { approversOf } from './approvers.ts'
import { nobody } from './content.ts'
import type { moneyOperations } from './contract-money.ts'
import { findNotice } from './store/notices.ts'
import { packOf } from './store/packs.ts'
import { getForChange } from './visible.ts'

interface Stopped {
  tenant: number
  publishedId: string
  subjectId: string
}

/** All who may approve, but the author. */
const outOfMoney: Listener = async (app: App, tx: Tx, { tenant, publishedId, subjectId }: Stopped) => {
  const row = await findNotice(tx, tenant, subjectId)
  if (!row) return
  const approvers = await approversOf(tx, row, await packOf(tx, tenant, now()))
  await alertStaff(app, tx, {
    tenant,
    accounts: [...new Set(approvers.map(one => one.account))].filter(account => account !== row.author_account),
    says: 'notices.alert.money',
    subject: row.is_private ? '' : row.title,
    url: '/',
    about: `money ${publishedId}`,
    class: 'emergency',
    until: new Date(now().getTime() + 86_400_000),
  })
  await record(tx, { tenant, what: 'money.asked', about: { kind: 'notice', id: row.id }, data: { publishedId } })
}

export const moneyFollows = { 'publication.out_of_money': outOfMoney }

export const moneyAnswers = {
  async moneyWaiting(_, { db, caller }) {
    const tenant = caller.tenant!
    const { path, account } = caller
    const waiting = path ? await moneyWaiting(db, [tenant], null) : []
    const items = await Promise.all(
      waiting.map(async one => {
        const row = await findNotice(db, tenant, one.subjectId)
        if (!row?.unit_path.startsWith(path!)) return []
        return [
          {
            noticeId: outside(tenant, row.id),
            title: row.is_private ? say(caller.language, 'delivery.private_title') : row.title,
            author: row.author_post ? await postTitle(db, row.author_post) : nobody,
            homes: one.homes,
            askedAt: iso(one.askedAt),
            isMine: Boolean(account) && account === row.author_account,
          },
        ]
      }),
    )
    return { items: items.flat() }
  },

  async approveMoney({ noticeId }, { db, caller }) {
    const row = await getForChange(db, caller, noticeId)
    if (!caller.account || caller.account === row.author_account) throw new Problem('approver_same')
    const tenant = row.commune_id
    const [stopped] = await moneyWaiting(db, [tenant], row.id)
    if (!stopped || !(await allowAboveBudget(db, { tenant, publishedId: stopped.publishedId })))
      throw new Problem('nothing_to_approve', { state: row.state })
    const about = { kind: 'notice', id: row.id }
    await record(db, { tenant, what: 'money.approved', by: caller, about, data: { publishedId: stopped.publishedId } })
    return { done: true as const }
  },
} satisfies Answers<typeof moneyOperations>
