import { iso, today } from '#core/clock'
import type { Db } from '#core/db'
import type { Answers } from '#core/serve'
import type { contract } from './contract.ts'
import { closeUnit } from './close.ts'
import { createUnit } from './create.ts'
import { listByCode, listByName, listChildren } from './list.ts'
import { mergeUnits } from './merge.ts'
import { unitTitle } from './names.ts'
import { aliasesOf, ancestorsOf, changesOf, lastDayOf, versionsOf, type UnitNow } from './store.ts'
import { changeOwner, makeOwner, mustServeBelow, ownersBelow } from './owners.ts'
import { renameUnit } from './rename.ts'
import { splitUnit } from './split.ts'
import { actThatMade } from './store-act.ts'
import { endOfUndo, isUndoable, undoAct } from './undo.ts'
import { getUnit, link, shownUnits } from './unit.ts'

const side = (id: string | null, kind: string | null, name: string | null) =>
  id ? { id, title: name && kind ? unitTitle({ name, kind }) : id } : null

const shownOne = async (db: Db, unit: UnitNow) => (await shownUnits(db, [unit], today()))[0]!

export const answers = {
  owners: async (_, { db, caller }) => ({ items: caller.path ? await ownersBelow(db, caller.path) : [] }),
  makeOwner: (input, { db, caller }) => makeOwner(db, input, caller),
  async changeOwner({ ownerId, communes }, { db, caller }) {
    await mustServeBelow(db, caller.path, communes)
    return changeOwner(db, ownerId, communes, caller)
  },
  list({ code, name, parent, ...asked }, { db, caller }) {
    if (code) return listByCode(db, code, asked.asOf)
    return name
      ? listByName(db, name, { ...asked, parent, language: caller.language })
      : listChildren(db, parent, asked)
  },
  async get({ unit: ref, asOf: asked }, { db }) {
    const asOf = asked ?? (await lastDayOf(db, ref)) ?? today()
    const unit = await getUnit(db, ref, asOf)
    const [[shown], above, versions, changes, aliases, act] = await Promise.all([
      shownUnits(db, [unit], asOf),
      ancestorsOf(db, unit.id, asOf),
      versionsOf(db, unit.id),
      changesOf(db, unit.id),
      aliasesOf(db, unit.id),
      actThatMade(db, unit.tenant, unit.id),
    ])
    const closedOn = versions.at(-1)?.validTo ?? null
    return {
      ...shown!,
      closedOn,
      above: above.slice(1).map((one: UnitNow) => link(one)),
      versions: versions.map(version => ({ ...version, title: unitTitle(version) })),
      changes: changes.map(change => ({
        kind: change.kind,
        on: change.on,
        undoneOn: change.undoneOn,
        source: change.source,
        from: side(change.from, change.fromKind, change.fromName),
        to: side(change.to, change.toKind, change.toName),
      })),
      aliases,
      undoable:
        act && !closedOn && isUndoable(act) ? { kind: act.kind, at: iso(act.at), until: iso(endOfUndo(act)) } : null,
    }
  },
  async create({ unit, ...naming }, { db, caller }) {
    return shownOne(db, await createUnit(db, await getUnit(db, unit), naming, caller))
  },
  async rename({ unit, ...naming }, { db, caller }) {
    return shownOne(db, await renameUnit(db, await getUnit(db, unit), naming, caller))
  },
  async merge({ unit, ...how }, { app, db, caller }) {
    return shownOne(db, await mergeUnits(app, db, await getUnit(db, unit), how, caller))
  },
  async split({ unit, ...how }, { app, db, caller }) {
    const made = await splitUnit(app, db, await getUnit(db, unit), how, caller)
    return { units: await shownUnits(db, made, today()) }
  },
  async undo({ unit, source }, { app, db, caller }) {
    const again = await undoAct(app, db, await getUnit(db, unit), source, caller)
    return { units: await shownUnits(db, again, today()) }
  },
  async close({ unit, source }, { app, db, caller }) {
    await closeUnit(app, db, await getUnit(db, unit), source, caller)
    return { done: true }
  },
} satisfies Answers<typeof contract>
