// A home asks, or waits for too long: who is to answer hears of it.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { holdersOf, holdersOfPost, permissions, type Holder } from '#access'
import { alertStaff } from '#channels'
import { findNotice, type NoticeRow } from './store/notices.ts'

const villageRoles = ['village_head', 'party_secretary'] as const
const daysOfUse = 3

/** The author; of a question from a village its head with his deputies, unless what is private tells who is in a group. */
async function answerersOf(tx: Tx, row: NoticeRow, unit: string | null): Promise<Holder[]> {
  const tenant = row.commune_id
  const isForMembers = row.is_private && row.audience.groups.length > 0
  const near =
    unit && !isForMembers ? await holdersOf(tx, { tenant, roles: villageRoles, unitIds: [unit] }) : ([] as Holder[])
  const authors = row.author_post ? await holdersOfPost(tx, row.author_post) : []
  return [...near, ...authors.filter(author => author.role in permissions['question.answer'])]
}

export async function alertAnswerers(
  app: App,
  tx: Tx,
  tenant: number,
  {
    notice,
    unit,
    says,
  }: { notice: string; unit: string | null; says: 'notices.alert.question' | 'notices.alert.question_late' },
): Promise<void> {
  const row = await findNotice(tx, tenant, notice)
  if (!row) return
  const byTenant = Map.groupBy(await answerersOf(tx, row, unit), holder => holder.tenant)
  for (const [where, holders] of byTenant)
    await alertStaff(app, tx, {
      tenant: where,
      accounts: [...new Set(holders.map(holder => holder.account))],
      says,
      subject: row.is_private || row.is_internal ? '' : row.title,
      url: '/questions',
      about: `${says} ${row.id}`,
      class: 'normal',
      until: new Date(now().getTime() + daysOfUse * 86_400_000),
    })
}
