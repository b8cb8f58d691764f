// Writes the villages of a commune at once: a demo, a benchmark.
import { nextNumber } from '#core/counter'
import { column, type Tx } from '#core/db'
import { fold } from '#core/fold'
import { newId } from '#core/ids'
import type { UnitNow } from './store.ts'

export interface LoadedVillage {
  name: string
  kind: string
}

/** Makes the villages of a commune and marks the commune as one that is used here. @returns their ids and paths, in the same order */
export async function loadVillages(tx: Tx, commune: UnitNow, villages: readonly LoadedVillage[], since: string) {
  const first = await nextNumber(tx, commune.tenant, 'village', villages.length)
  const rows = villages.map(({ name, kind }, n) => {
    const no = first + n
    return { id: newId(), no, name, kind, folded: fold(name), path: `${commune.path}${no}/` }
  })
  await tx`
    insert into loa.unit (id, level, commune_id, no)
    select u.id, 'village', ${commune.tenant}, u.no from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'no')}::int[]) as u(id, no)`
  await tx`
    insert into loa.unit_version (unit_id, valid_from, name, folded, kind, parent_id, path)
    select u.id, ${since}, u.name, u.folded, u.kind, ${commune.id}, u.path
    from unnest(${column(rows, 'id')}::uuid[], ${column(rows, 'name')}::text[], ${column(rows, 'folded')}::text[],
      ${column(rows, 'kind')}::text[], ${column(rows, 'path')}::text[]) as u(id, name, folded, kind, path)`
  await tx`update loa.commune set is_used = true where commune_id = ${commune.tenant}`
  return rows
}
