import type { Caller } from '#core/caller'
import { now, today } from '#core/clock'
import type { Tx } from '#core/db'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { mustBeVillage } from './rename.ts'
import { endVersions, insertChange, lockVillages } from './store-change.ts'
import { allChildrenOf, type UnitNow } from './store.ts'

/**
 * Closes a village where nobody lives, made by mistake or left empty. Whoever keeps something in it refuses by listening to
 * `unit.closing` {tenant, unit, at}.
 * @throws Problem unit_official, unit_has_units, unit_has_homes
 */
export async function closeUnit(app: App, tx: Tx, unit: UnitNow, source: string, by: Caller) {
  mustBeVillage(unit)
  const { tenant, id } = unit
  await lockVillages(tx, tenant)
  if ((await allChildrenOf(tx, id, today())).length) throw new Problem('unit_has_units')
  await app.events.announce(app, tx, 'unit.closing', { tenant, unit: id, at: now() })
  await endVersions(tx, [id], today())
  await insertChange(tx, { id: newId(), kind: 'close', from: id, to: null, day: today(), source })
  await record(tx, { tenant, what: 'unit.closed', by, about: { kind: 'unit', id } })
}
