import type { Caller } from '#core/caller'
import { now, today } from '#core/clock'
import type { Tx } from '#core/db'
import { insideOf, newId } from '#core/ids'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { addChild, type Naming } from './create.ts'
import { childrenNamed, moveChildren } from './merge.ts'
import { mustBeVillage } from './rename.ts'
import { insertAct, type Below } from './store-act.ts'
import { endVersions, insertChange, lockVillages } from './store-change.ts'
import type { UnitNow } from './store.ts'
import { getUnit } from './unit.ts'

export interface Part extends Naming {
  /** Outside ids of the homes that go there; the one part without a list takes all the rest. */
  households?: readonly string[] | undefined
  /** Units of the level below that go there, with their homes. */
  hamlets?: readonly string[] | undefined
}

/** @throws Problem unit_split_parts unless exactly one part takes the rest, unit_split_twice for a home named twice */
function mustBeClear(parts: readonly Part[]) {
  if (parts.length < 2 || parts.filter(part => !part.households).length !== 1) throw new Problem('unit_split_parts')
  const named = parts.flatMap(part => [...(part.households ?? []), ...(part.hamlets ?? [])])
  if (new Set(named).size < named.length) throw new Problem('unit_split_twice')
}

/**
 * A village becomes two or more; it closes today and stays in their history. Its homes follow by `unit.split`
 * {tenant, act, from, into: [{unit, households}], rest, at}, in this transaction: `rest` is the unit that takes whoever is not named.
 * @throws Problem unit_official, unit_split_parts, unit_split_twice, not_found for a home or hamlet of elsewhere, unit_name_taken
 */
export async function splitUnit(
  app: App,
  tx: Tx,
  unit: UnitNow,
  { parts, source }: { parts: readonly Part[]; source: string },
  by: Caller,
): Promise<UnitNow[]> {
  mustBeVillage(unit)
  mustBeClear(parts)
  const { tenant } = unit
  await lockVillages(tx, tenant)
  const parent = await getUnit(tx, unit.parentId!)
  const hamlets = parts.flatMap(part => part.hamlets ?? [])
  await childrenNamed(tx, unit, hamlets)
  await endVersions(tx, [unit.id], today())
  const [act, at] = [newId(), now()]
  const made: { unit: UnitNow; part: Part; households: string[] }[] = []
  for (const part of parts) {
    const one = await addChild(tx, parent, part)
    const change = { act, from: unit.id, to: one.id, day: today(), source }
    await insertChange(tx, { id: newId(), kind: 'split', ...change })
    made.push({ unit: one, part, households: (part.households ?? []).map(id => insideOf(tenant, id)) })
  }
  const rest = made.find(({ part }) => !part.households)!.unit
  const below: Below[] = []
  for (const { unit: one, part } of made) below.push(...(await moveChildren(tx, unit, one, new Set(part.hamlets))))
  below.push(...(await moveChildren(tx, unit, rest)))
  await insertAct(tx, tenant, { id: act, kind: 'split', at, below })
  const into = made.map(({ unit: one, households }) => ({ unit: one.id, households }))
  await app.events.announce(app, tx, 'unit.split', { tenant, act, from: unit.id, into, rest: rest.id, at })
  await record(tx, { tenant, what: 'unit.split', by, about: { kind: 'unit', id: unit.id }, data: { into } })
  return made.map(({ unit: one }) => one)
}
