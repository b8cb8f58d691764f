import { today } from '#core/clock'
import { nextNumber } from '#core/counter'
import type { Tx } from '#core/db'
import { fold, tidy } from '#core/fold'
import { newId } from '#core/ids'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import type { Caller } from '#core/caller'
import type { Level } from './names.ts'
import { findSibling, insertChange, insertUnit, type UnitNow } from './store.ts'
import { getUnit } from './unit.ts'

const levelBelow: Partial<Record<Level, Level>> = { commune: 'village', village: 'hamlet' }

export interface Naming {
  name: string
  kind: string
  source: string
}

/** Two units of one parent may not bear one name at the same time: people would not know which is meant. @throws Problem unit_name_taken */
export async function mustBeFree(tx: Tx, parentId: string, { name, kind }: Naming, except?: string) {
  const taken = await findSibling(tx, parentId, fold(name), fold(kind), today())
  if (taken && taken !== except) throw new Problem('unit_name_taken', { kind, name })
}

/** A village of a commune, or the level below a village. @throws Problem unit_too_deep, unit_name_taken */
export async function createUnit(tx: Tx, parent: UnitNow, naming: Naming, by: Caller): Promise<UnitNow> {
  const level = levelBelow[parent.level]
  if (!level) throw new Problem('unit_too_deep', { level: parent.level })
  const [name, kind] = [tidy(naming.name), tidy(naming.kind)]
  await mustBeFree(tx, parent.id, naming)
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
  await insertChange(tx, { id: newId(), kind: 'create', from: null, to: id, day: today(), source: naming.source })
  await record(tx, { tenant: parent.tenant, what: 'unit.created', by, about: { kind: 'unit', id }, data: { no } })
  return getUnit(tx, id)
}
