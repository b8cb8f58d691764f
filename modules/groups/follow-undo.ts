// Groups return to the village they were named under when a merger or split is taken back.
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { countAt, moveBack } from './store-change.ts'

interface Undone {
  tenant: number
  act: string
  kind: 'merge' | 'split'
  from: string[]
  into: string[]
}

/** @throws Problem unit_undo_groups for groups that were made in the merged village */
export async function followUndo(_: App, tx: Tx, { tenant, act, kind, from, into }: Undone) {
  await moveBack(tx, tenant, act, from, kind === 'split' ? into[0]! : null)
  const count = await countAt(tx, tenant, from)
  if (count) throw new Problem('unit_undo_groups', { count })
}
