// Takes an import back: new homes close and their names go, changed homes are as they were before, villages that it made close when
// nobody else came to live there.
import type { Caller } from '#core/caller'
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { record } from '#core/trail'
import { closeUnit, unitsBelow, unitsByIds } from '#units'
import type { ImportUndo } from './import-write.ts'
import { closeHomes, wipeContacts, wipeHomes, wipePersons } from './store-erase.ts'
import { homesIn } from './store-follow.ts'
import { homesOfImport, holdRun, countTouched, markUndone, undoOf, updateHomes, updatePersons } from './store-import.ts'

/** A village that the import made and where nobody lives, nor a smaller unit lies. */
async function closeEmpty(app: App, tx: Tx, tenant: number, ids: readonly string[], fileName: string, by: Caller) {
  let closed = 0
  for (const unit of await unitsByIds(tx, ids)) {
    if ((await homesIn(tx, tenant, [unit.id])).length || (await unitsBelow(tx, unit.path)).length) continue
    await closeUnit(app, tx, unit, `hoàn tác danh sách ${fileName}`.slice(0, 200), by)
    closed++
  }
  return closed
}

/** @returns how many homes and villages are gone @throws Problem not_found, import_not_done, import_undo_late when somebody worked on with what it wrote */
export async function undoImport(app: App, tx: Tx, tenant: number, id: string, by: Caller) {
  const run = await holdRun(tx, tenant, id)
  if (!run) throw new Problem('not_found')
  if (run.state !== 'done') throw new Problem('import_not_done')
  const undo = (await undoOf(tx, tenant, id)) as ImportUndo
  const made = await homesOfImport(tx, tenant, id)
  const touched = await countTouched(tx, tenant, id, undo.homes)
  if (touched) throw new Problem('import_undo_late', { homes: touched })
  await updateHomes(
    tx,
    tenant,
    undo.homes.map(home => ({
      ...home,
      home: { ...home, version: home.version + 1, persons: [], phones: [] },
      added: [],
      changed: [],
      phones: [],
    })),
  )
  await updatePersons(tx, tenant, undo.persons)
  await wipeContacts(tx, tenant, undo.addedContacts)
  await wipePersons(tx, tenant, undo.addedPersons)
  await closeHomes(tx, tenant, made, 'import_undone', now())
  await wipeHomes(tx, tenant, made)
  for (const household of made)
    await app.events.announce(app, tx, 'household.closed', { tenant, household, reason: 'import_undone', at: now() })
  // An import of before this was kept names no villages.
  const villages = await closeEmpty(app, tx, tenant, undo.villages ?? [], run.fileName, by)
  await markUndone(tx, tenant, id)
  const about = { kind: 'import', id }
  await record(tx, { tenant, what: 'households.import_undone', by, about, data: { homes: made.length, villages } })
  return { homes: made.length, villages }
}
