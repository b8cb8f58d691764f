// Writes what a plan says, in the caller's one transaction; keeps what is needed to take it back.
import type { Caller } from '#core/caller'
import type { Db, Tx } from '#core/db'
import type { App } from '#core/module'
import { Problem } from '#core/problem'
import { createUnit, findUnit, type UnitNow } from '#units'
import { addHomes, addPhones, personRow, type Basis, type NewPerson } from './add.ts'
import type { HomeUpdate, KnownHome, KnownPerson, PlacedHome } from './import/match.ts'
import type { SheetPerson } from './import/read-homes.ts'
import type { ImportPlan } from './import-plan.ts'
import { updateHomes, updatePersons } from './store-import.ts'
import { insertPersons } from './store.ts'

/** Enough to put everything back as it was. The new homes themselves carry the import's id. */
export interface ImportUndo {
  homes: Omit<KnownHome, 'persons' | 'phones'>[]
  persons: KnownPerson[]
  addedPersons: string[]
  addedContacts: string[]
  /** Villages that it made. */
  villages?: string[]
}

const newPerson = (app: App, person: SheetPerson): NewPerson => ({
  name: person.name,
  relation: person.relation,
  isHead: person.isHead,
  sex: person.sex,
  birthYear: person.birthYear,
  birthDay: person.birthDay,
  phones: person.phones,
  idNumberSealed: person.idNumber && app.keys.seal('id_number', person.idNumber),
})

async function makeVillages(tx: Tx, commune: UnitNow, plan: ImportPlan, fileName: string, by: Caller) {
  const made = new Map<string, string>()
  // A proposal that nobody accepted has no home to write.
  const wanted = new Set(plan.fresh.map(home => home.unitId))
  for (const { key, name, kind } of plan.proposals.filter(proposal => wanted.has(proposal.key))) {
    const unit = await createUnit(tx, commune, { name, kind, source: `danh sách ${fileName}`.slice(0, 200) }, by)
    made.set(key, unit.id)
  }
  return made
}

const newHome = (app: App, home: PlacedHome, made: ReadonlyMap<string, string>) => ({
  unitId: made.get(home.unitId) ?? home.unitId,
  sheetNo: home.sheetNo,
  sheetUnit: home.sheetUnit,
  alley: home.alley,
  landmark: home.landmark,
  way: home.way,
  ...(home.languages.length ? { languages: home.languages } : {}),
  needs: home.needs,
  phoneKind: home.phoneKind ?? undefined,
  persons: home.persons.map(person => newPerson(app, person)),
})

const homeAlone = ({ persons, phones, ...home }: KnownHome) => ({
  ...home,
  people: persons.length,
  numbers: phones.length,
})

/** The people and numbers that known homes get. */
async function writeUpdates(
  app: App,
  tx: Tx,
  tenant: number,
  updates: readonly HomeUpdate[],
  basis: Basis,
): Promise<Omit<ImportUndo, 'villages'>> {
  if ((await updateHomes(tx, tenant, updates)) < updates.length) throw new Problem('import_overtaken')
  const changed = updates.flatMap(update => update.changed)
  await updatePersons(tx, tenant, changed)
  const people = updates.flatMap(({ home, added }) => added.map(person => personRow(home.id, newPerson(app, person))))
  await insertPersons(tx, tenant, people)
  const owners = new Map(people.map(person => [`${person.householdId} ${person.folded}`, person.id]))
  const phones = updates.flatMap(({ home, phones: numbers }) =>
    numbers.map(({ folded, phone }) => {
      const known = home.persons.find(person => person.folded === folded) ?? home.persons[0]
      return { householdId: home.id, personId: owners.get(`${home.id} ${folded}`) ?? known?.id ?? null, phone }
    }),
  )
  const before = new Map(updates.flatMap(({ home }) => home.persons.map(person => [person.id, person])))
  return {
    homes: updates.map(({ home }) => homeAlone(home)),
    persons: changed.map(person => before.get(person.id)!),
    addedPersons: people.map(person => person.id),
    addedContacts: await addPhones(tx, tenant, phones, basis),
  }
}

export interface Writing {
  tenant: number
  importId: string
  fileName: string
  by: Caller
  passed: (count: number) => Promise<void>
}

/** @throws Problem import_overtaken when somebody changed one of the homes in the meantime */
export async function writeImport(
  app: App,
  tx: Tx,
  plan: ImportPlan,
  commune: UnitNow,
  w: Writing,
): Promise<ImportUndo> {
  const made = await makeVillages(tx, commune, plan, w.fileName, w.by)
  const basis: Basis = {
    basis: 'agency_duty',
    how: 'import',
    wording: w.fileName,
    by: w.by.account ?? null,
    isDemo: app.config.isDemo,
    importId: w.importId,
  }
  await addHomes(
    tx,
    w.tenant,
    plan.fresh.map(home => newHome(app, home, made)),
    basis,
    w.passed,
  )
  return { ...(await writeUpdates(app, tx, w.tenant, plan.updates, basis)), villages: [...made.values()] }
}

/** @throws Problem unit_unknown */
export async function communeOf(tx: Db, tenant: number): Promise<UnitNow> {
  const [row] = await tx<{ unit_id: string }[]>`select unit_id from loa.commune where commune_id = ${tenant}`
  const unit = row && (await findUnit(tx, row.unit_id))
  if (!unit) throw new Problem('unit_unknown', { unit: String(tenant), day: '' })
  return unit
}
