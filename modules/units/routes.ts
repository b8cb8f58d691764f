import { today } from '#core/clock'
import type { Answers } from '#core/serve'
import type { contract } from './contract.ts'
import { createUnit } from './create.ts'
import { listByCode, listByName, listChildren } from './list.ts'
import { unitTitle } from './names.ts'
import { aliasesOf, ancestorsOf, changesOf, versionsOf, type UnitNow } from './store.ts'
import { getUnit, link, shownUnits } from './unit.ts'

const side = (id: string | null, kind: string | null, name: string | null) =>
  id ? { id, title: name && kind ? unitTitle({ name, kind }) : id } : null

export const answers = {
  list({ code, name, parent, ...asked }, { db, caller }) {
    if (code) return listByCode(db, code, asked.asOf)
    return name
      ? listByName(db, name, { ...asked, parent, language: caller.language })
      : listChildren(db, parent, asked)
  },
  async get({ unit: ref, asOf = today() }, { db }) {
    const unit = await getUnit(db, ref, asOf)
    const [[shown], above, versions, changes, aliases] = await Promise.all([
      shownUnits(db, [unit], asOf),
      ancestorsOf(db, unit.id, asOf),
      versionsOf(db, unit.id),
      changesOf(db, unit.id),
      aliasesOf(db, unit.id),
    ])
    return {
      ...shown!,
      above: above.slice(1).map((one: UnitNow) => link(one)),
      versions: versions.map(version => ({ ...version, title: unitTitle(version) })),
      changes: changes.map(change => ({
        kind: change.kind,
        on: change.on,
        source: change.source,
        from: side(change.from, change.fromKind, change.fromName),
        to: side(change.to, change.toKind, change.toName),
      })),
      aliases,
    }
  },
  async create({ unit, ...naming }, { db, caller }) {
    const made = await createUnit(db, await getUnit(db, unit), naming, caller)
    return (await shownUnits(db, [made], today()))[0]!
  },
} satisfies Answers<typeof contract>
