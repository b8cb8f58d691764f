import type { Caller } from '#core/caller'
import { now, today } from '#core/clock'
import type { Tx } from '#core/db'
import { fold } from '#core/fold'
import { newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { addChild, type Naming } from './create.ts'
import { insertAct, type Below } from './store-act.ts'
import { endVersions, insertChange, lockVillages, nextVersion } from './store-change.ts'
import { allChildrenOf, unitsByIds, type UnitNow } from './store.ts'

/** The units of these ids, each a living child of the parent, in the order given. @throws Problem not_found */
export async function childrenNamed(tx: Tx, parent: UnitNow, ids: readonly string[]): Promise<UnitNow[]> {
  const found = new Map((await unitsByIds(tx, ids)).map(unit => [unit.id, unit]))
  return ids.map(id => {
    const unit = found.get(id)
    if (unit?.parentId !== parent.id) throw new Problem('not_found')
    return unit
  })
}

/** The level below goes with its village: the same units under another parent. @returns which, and where they were */
export async function moveChildren(tx: Tx, from: UnitNow, to: UnitNow, only?: ReadonlySet<string>) {
  const children = (await allChildrenOf(tx, from.id, today())).filter(one => !only || only.has(one.id))
  for (const child of children)
    await nextVersion(tx, {
      unitId: child.id,
      day: today(),
      name: child.name,
      kind: child.kind,
      folded: fold(child.name),
      parentId: to.id,
      path: `${to.path}${child.no}/`,
    })
  return children.map(child => ({ unit: child.id, parent: from.id }))
}

/**
 * Two villages or more become a new one; the old ones close today and stay in its history. Their homes follow by `unit.merged`
 * {tenant, act, from, to, at}, in this transaction.
 * @throws Problem not_found for a village of elsewhere, unit_merge_needs_two, unit_name_taken, unit_too_deep
 */
export async function mergeUnits(
  app: App,
  tx: Tx,
  parent: UnitNow,
  { from, ...naming }: Naming & { from: readonly string[]; source: string },
  by: Caller,
): Promise<UnitNow> {
  const ids = [...new Set(from)]
  if (ids.length < 2) throw new Problem('unit_merge_needs_two')
  const { tenant } = parent
  await lockVillages(tx, tenant)
  const old = await childrenNamed(tx, parent, ids)
  await endVersions(tx, ids, today())
  const made = await addChild(tx, parent, naming)
  const [act, at, below] = [newId(), now(), [] as Below[]]
  for (const unit of old) {
    below.push(...(await moveChildren(tx, unit, made)))
    const change = { act, from: unit.id, to: made.id, day: today(), source: naming.source }
    await insertChange(tx, { id: newId(), kind: 'merge_whole', ...change })
  }
  await insertAct(tx, tenant, { id: act, kind: 'merge', at, below })
  await app.events.announce(app, tx, 'unit.merged', { tenant, act, from: ids, to: made.id, at })
  await record(tx, { tenant, what: 'unit.merged', by, about: { kind: 'unit', id: made.id }, data: { from: ids } })
  return made
}
