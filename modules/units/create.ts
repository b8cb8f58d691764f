import type { Caller } from '#core/caller'
import { today } from '#core/clock'
import { nextNumber } from '#core/counter'
import type { Tx } from '#core/db'
import { fold, tidy } from '#core/fold'
import { newId } from '#core/ids'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { Level } from './names.ts'
import { insertChange, insertUnit, lockVillages, markUsed } from './store-change.ts'
import { findSibling, type UnitNow } from './store.ts'
import { getUnit } from './unit.ts'

const levelBelow: Partial<Record<Level, Level>> = { commune: 'village', village: 'hamlet' }

export interface Naming {
  name: string
  kind: string
}

/** Two units of one parent may not bear one name at the same time: people would not know which is meant. @throws Problem unit_name_taken */
export async function mustBeFree(tx: Tx, parentId: string, { name, kind }: Naming, except?: string) {
  const taken = await findSibling(tx, parentId, fold(name), fold(kind), today())
  if (taken && taken !== except) throw new Problem('unit_name_taken', { kind, name })
}

/** A child of a commune or village, with the next number; its making is not yet noted. @throws Problem unit_too_deep, unit_name_taken */
export async function addChild(tx: Tx, parent: UnitNow, naming: Naming): Promise<UnitNow> {
  const level = levelBelow[parent.level]
  if (!level) throw new Problem('unit_too_deep', { level: parent.level })
  const [name, kind] = [tidy(naming.name), tidy(naming.kind)]
  await mustBeFree(tx, parent.id, { name, kind })
  const no = await nextNumber(tx, parent.tenant, 'village')
  const id = newId()
  await insertUnit(tx, {
    id,
    tenant: parent.tenant,
    level,
    no,
    name,
    kind,
    folded: fold(name),
    parentId: parent.id,
    path: `${parent.path}${no}/`,
    day: today(),
  })
  return getUnit(tx, id)
}

/** A village of a commune, or the level below a village. @throws Problem unit_too_deep, unit_name_taken */
export async function createUnit(
  tx: Tx,
  parent: UnitNow,
  naming: Naming & { source: string },
  by: Caller,
): Promise<UnitNow> {
  await lockVillages(tx, parent.tenant)
  const made = await addChild(tx, parent, naming)
  await markUsed(tx, parent.tenant)
  await insertChange(tx, {
    id: newId(),
    kind: 'create',
    from: null,
    to: made.id,
    day: today(),
    source: naming.source,
  })
  await record(tx, {
    tenant: parent.tenant,
    what: 'unit.created',
    by,
    about: { kind: 'unit', id: made.id },
    data: { no: made.no },
  })
  return made
}
