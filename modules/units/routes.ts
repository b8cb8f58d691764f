import { today } from '#core/clock'
import { Problem } from '#core/problem'
import type { Answers } from '#core/serve'
import type { contract } from './contract.ts'
import { createUnit } from './create.ts'
import { unitTitle } from './names.ts'
import { aliasesOf, ancestorsOf, changesOf, childrenOf, findUnit, versionsOf, type UnitNow } from './store.ts'
import { getUnit, link, shownUnits } from './unit.ts'

interface At {
  tenant: number
  no: number
}
const write = (at: At) => Buffer.from(JSON.stringify([at.tenant, at.no])).toString('base64url')

function read(cursor: string | undefined): At {
  if (!cursor) return { tenant: -1, no: -1 }
  try {
    const [tenant, no] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    if (typeof tenant === 'number' && typeof no === 'number') return { tenant, no }
  } catch {
    // falls through: whatever it was, it was not ours
  }
  throw new Problem('bad_cursor')
}

const side = (id: string | null, kind: string | null, name: string | null) =>
  id ? { id, title: name && kind ? unitTitle({ name, kind }) : id } : null

export const answers = {
  async list({ code, parent, asOf = today(), cursor, limit }, { db }) {
    if (code) {
      const unit = await findUnit(db, code, asOf)
      return { items: await shownUnits(db, unit ? [unit] : [], asOf), next: null }
    }
    const above = parent ? await getUnit(db, parent, asOf) : undefined
    const found = await childrenOf(db, above?.id ?? null, asOf, read(cursor), limit + 1)
    const items = found.slice(0, limit)
    const last = items.at(-1)
    return { items: await shownUnits(db, items, asOf), next: found.length > limit && last ? write(last) : null }
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
