// The commune's paper reaches each village head as a task with a clock; where there is nobody to ask, it goes on at once.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { record } from '#core/trail'
import { holdersOf } from '#access'
import { alertStaff } from '#channels'
import { showIn } from '#delivery'
import { relayDue, type NoticePack } from './rules.ts'
import { villagesOfPublication } from './store/homes.ts'
import type { NoticeRow } from './store/notices.ts'
import { insertRelays, type NewRelay } from './store/relays.ts'

/** Whom a relay asks: the head with his deputies and stand-ins, and the party secretary as his deputy. */
const relayRoles = ['village_head', 'party_secretary'] as const

export async function askForRelays(
  app: App,
  tx: Tx,
  row: NoticeRow,
  of: { publishedId: string; at: Date; pack: NoticePack },
): Promise<void> {
  const { publishedId, at } = of
  const tenant = row.commune_id
  const villages = await villagesOfPublication(tx, tenant, publishedId)
  const unitIds = villages.map(one => one.unitId)
  const holders = await holdersOf(tx, { tenant, roles: relayRoles, unitIds }, at)
  const held = new Set(holders.map(holder => holder.unitId))
  const dueAt = relayDue(row.class, at, row.relay_by, of.pack)
  const rows = villages.map(({ unitId, households }): NewRelay => {
    if (!households) return { unitId, households, how: 'none' }
    return { unitId, households, how: held.has(unitId) ? null : 'nobody' }
  })
  await insertRelays(tx, { tenant, publishedId, noticeId: row.id, at, dueAt }, rows)
  await alertStaff(app, tx, {
    tenant,
    accounts: [...new Set(holders.map(holder => holder.account))],
    says: 'notices.alert.relay',
    subject: row.is_private ? '' : row.title,
    url: '/',
    about: `relay ${row.id}`,
    class: row.class,
    until: dueAt,
  })
  const alone = rows.filter(one => one.how === 'nobody').map(one => one.unitId)
  if (!alone.length) return
  await showIn(app, tx, { tenant, publishedId, unitIds: alone, at })
  await record(tx, {
    tenant,
    what: 'notice.relay_passed',
    about: { kind: 'notice', id: row.id },
    data: { units: alone, how: 'nobody' },
  })
}
