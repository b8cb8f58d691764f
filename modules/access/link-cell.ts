// A village's Party cell and the post of its secretary belong together, whichever was made first.
import type { Caller } from '#core/caller'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { record } from '#core/trail'
import { makeGroup } from '#groups'
import type { UnitNow } from '#units'
import { forgetSessions } from './caller.ts'
import type { Doing } from './manage-posts.ts'
import { cellsAt, findSecretaryWithoutCell, setCell } from './store/cells.ts'
import { unitWords } from './titles.ts'

/**
 * The cell that a new secretary of the unit gets: the one there that has no secretary yet. @param isWanted make one where there is none
 * @returns undefined when every cell there has its secretary, or none is there and none is wanted
 */
export async function cellForSecretary(
  { db, caller }: Doing,
  unit: UnitNow,
  isWanted: boolean,
): Promise<string | undefined> {
  const cells = await cellsAt(db, unit.tenant, unit.id)
  const free = cells.find(cell => !cell.hasSecretary)
  if (free || cells.length || !isWanted) return free?.id
  const making = { kind: 'party_cell' as const, name: `Chi bộ ${unitWords(unit)}` }
  return (await makeGroup(db, unit, making, undefined, caller)).id
}

/** A cell was made or opened again: the unit's secretary who has none gets it. */
export async function giveCell(
  app: App,
  tx: Tx,
  cell: { tenant: number; group: string; kind: string; unit: string | null; by: Caller },
) {
  if (cell.kind !== 'party_cell' || !cell.unit) return
  const here = (await cellsAt(tx, cell.tenant, cell.unit)).find(one => one.id === cell.group)
  const post = here && !here.hasSecretary && (await findSecretaryWithoutCell(tx, cell.tenant, cell.unit))
  if (!post) return
  await setCell(tx, cell.tenant, post, cell.group)
  forgetSessions(app)
  const { tenant, by } = cell
  await record(tx, {
    tenant,
    what: 'post.cell_given',
    by,
    about: { kind: 'post', id: post },
    data: { group: cell.group },
  })
}
