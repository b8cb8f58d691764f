// Which home of the file is which home of the register: new, changed, unchanged, or not to be told apart.
import { fold } from '#core/fold'
import type { Refusal, RefusalCode } from './refusal.ts'
import type { SheetHome, SheetPerson } from './read-homes.ts'
import type { Need, PhoneKind } from '../words-of-homes.ts'

export interface KnownPerson {
  id: string
  name: string
  folded: string
  relation: string
  isHead: boolean
  sex: 'm' | 'f' | null
  birthYear: number | null
  birthDay: string | null
}

export interface KnownHome {
  id: string
  unitId: string
  sheetNo: string | null
  /** The village whose list gave the number, where that is another than its village of today. */
  sheetUnit: string | null
  headName: string
  headFolded: string
  alley: string
  landmark: string
  way: string
  languages: string[]
  needs: string[]
  phoneKind: PhoneKind
  version: number
  persons: KnownPerson[]
  phones: string[]
}

/** A home of the file with the village it lies in. */
export interface PlacedHome extends SheetHome {
  unitId: string
  /** The village that the file names, where a merger or split took it over since: its numbers are those of that village. */
  sheetUnit?: string | undefined
}

/** What the file adds to a known home; what it leaves empty changes nothing. */
export interface HomeUpdate {
  home: KnownHome
  sheetNo: string | null
  sheetUnit: string | null
  headName: string
  alley: string
  landmark: string
  way: string
  languages: string[]
  needs: string[]
  phoneKind: PhoneKind
  /** People whom the register did not know. */
  added: SheetPerson[]
  changed: KnownPerson[]
  /** Numbers that the home did not have, each with the person's folded name. */
  phones: { folded: string; phone: string }[]
}

export interface Matched {
  fresh: PlacedHome[]
  updates: HomeUpdate[]
  unchanged: number
  refused: Refusal[]
}

type Verdict = 'same' | 'other' | 'unknown'

interface Marks {
  birthYear: number | null
  phones: readonly string[]
}

/** Two homes whose heads bear one name: the year of birth or a telephone tells. */
export function verdict(a: Marks, b: Marks): Verdict {
  if (a.birthYear !== null && a.birthYear === b.birthYear) return 'same'
  if (a.phones.some(phone => b.phones.includes(phone))) return 'same'
  const canTell = (a.birthYear !== null && b.birthYear !== null) || (a.phones.length > 0 && b.phones.length > 0)
  return canTell ? 'other' : 'unknown'
}

const numberKey = (unitId: string, no: string) => `${unitId} ${fold(no).replace(/^0+(?=.)/, '')}`
/** Whose list a number belongs to. */
const listOf = (home: { unitId: string; sheetUnit?: string | null | undefined }) => home.sheetUnit ?? home.unitId
const headOf = (home: SheetHome) => home.persons[0]!
const phonesOf = (home: SheetHome) => home.persons.flatMap(person => person.phones)
const marksOf = (home: SheetHome): Marks => ({ birthYear: headOf(home).birthYear, phones: phonesOf(home) })
const marksOfKnown = (home: KnownHome): Marks => ({
  birthYear: home.persons.find(person => person.isHead)?.birthYear ?? null,
  phones: home.phones,
})

const listed = <T>(map: Map<string, T[]>, key: string, value: T) => {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}

class Register {
  readonly #byNumber = new Map<string, KnownHome>()
  /** By their village of today, those whose number is of an older list: one village may have a number twice. */
  readonly #byOldNumber = new Map<string, KnownHome[]>()
  readonly #byName = new Map<string, KnownHome[]>()

  constructor(homes: readonly KnownHome[]) {
    for (const home of homes) {
      if (home.sheetNo) this.#byNumber.set(numberKey(listOf(home), home.sheetNo), home)
      if (home.sheetNo && home.sheetUnit) listed(this.#byOldNumber, numberKey(home.unitId, home.sheetNo), home)
      listed(this.#byName, `${home.unitId} ${home.headFolded}`, home)
    }
  }

  #oldNumbers(home: PlacedHome): KnownHome[] {
    return home.sheetNo && !home.sheetUnit ? (this.#byOldNumber.get(numberKey(home.unitId, home.sheetNo)) ?? []) : []
  }

  /** Does more than one home of its village bear its number? Then only the head's name tells. */
  isNumberShared(home: PlacedHome): boolean {
    const old = this.#oldNumbers(home).length
    return old > 1 || (old === 1 && this.#byNumber.has(numberKey(home.unitId, home.sheetNo ?? '')))
  }

  /** The known home that this one is; a refusal when two could be it, or a number of an older list says nothing. */
  find(home: PlacedHome): KnownHome | 'ambiguous' | 'number_from_before' | undefined {
    const old = this.#oldNumbers(home)
    const found = home.sheetNo ? this.#byNumber.get(numberKey(listOf(home), home.sheetNo)) : undefined
    if (found && found.unitId === home.unitId && !old.length) return found
    const head = fold(headOf(home).name)
    const numbered = [...(found ? [found] : []), ...old].filter(
      known => known.headFolded === head && verdict(marksOf(home), marksOfKnown(known)) !== 'other',
    )
    if (numbered.length) return numbered.length === 1 ? numbered[0] : 'ambiguous'
    return this.#findByName(home, head) ?? (old.length ? 'number_from_before' : undefined)
  }

  #findByName(home: PlacedHome, head: string): KnownHome | 'ambiguous' | undefined {
    // A home typed in before it had a number, or numbered in another list, may still get one from the sheet.
    const named = (this.#byName.get(`${home.unitId} ${head}`) ?? []).filter(
      known => !home.sheetNo || !known.sheetNo || listOf(known) !== listOf(home),
    )
    const verdicts = named.map(known => ({ known, said: verdict(marksOf(home), marksOfKnown(known)) }))
    for (const said of ['same', 'unknown'] as const) {
      const fitting = verdicts.filter(one => one.said === said)
      if (fitting.length > 1) return 'ambiguous'
      if (fitting.length === 1) return fitting[0]!.known
    }
    return undefined
  }
}

/** Homes that came before in the same file. */
class Seen {
  readonly #numbers = new Set<string>()
  readonly #names = new Map<string, PlacedHome[]>()
  readonly #known = new Set<string>()

  /** Why this home cannot be told from one above it, if so; otherwise it is remembered. */
  refuses(home: PlacedHome, isNumberShared: boolean): RefusalCode | undefined {
    const key = home.sheetNo && !isNumberShared && numberKey(listOf(home), home.sheetNo)
    if (key) {
      if (this.#numbers.has(key)) return 'duplicate'
      this.#numbers.add(key)
      return undefined
    }
    const name = `${home.unitId} ${fold(headOf(home).name)}`
    for (const before of this.#names.get(name) ?? []) {
      const said = verdict(marksOf(home), marksOf(before))
      if (said === 'same') return 'duplicate'
      if (said === 'unknown') return this.#isEqual(home, before) ? 'duplicate' : 'ambiguous'
    }
    listed(this.#names, name, home)
    return undefined
  }

  #isEqual(a: PlacedHome, b: PlacedHome) {
    return (
      a.alley === b.alley &&
      a.landmark === b.landmark &&
      headOf(a).birthYear === headOf(b).birthYear &&
      phonesOf(a).join() === phonesOf(b).join()
    )
  }

  /** A second row for one home of the register. */
  isTaken(id: string): boolean {
    if (this.#known.has(id)) return true
    this.#known.add(id)
    return false
  }
}

const isBare = (name: string) => fold(name) === name.toLowerCase()

/** A name without marks does not replace one that has them. */
const betterName = (known: string, said: string) =>
  fold(known) === fold(said) && (isBare(said) || known.toLowerCase() === said.toLowerCase()) ? known : said

/** The known person that the sheet's is: one name, and no other year of birth. */
const findPerson = (persons: readonly KnownPerson[], said: SheetPerson) => {
  const named = persons.filter(person => person.folded === fold(said.name))
  const isSame = (person: KnownPerson) =>
    person.birthYear === null ||
    said.birthYear === null ||
    person.birthYear === said.birthYear ||
    (person.isHead && said.isHead)
  return named.find(person => person.birthYear !== null && person.birthYear === said.birthYear) ?? named.find(isSame)
}

function changedPerson(known: KnownPerson, said: SheetPerson, isHead: boolean): KnownPerson | undefined {
  const next: KnownPerson = {
    ...known,
    name: betterName(known.name, said.name),
    relation: isHead ? known.relation || 'chủ hộ' : said.relation || known.relation,
    isHead,
    sex: said.sex ?? known.sex,
    birthYear: said.birthYear ?? known.birthYear,
    birthDay: said.birthDay ?? (said.birthYear === null || said.birthYear === known.birthYear ? known.birthDay : null),
  }
  const isSame = (Object.keys(next) as (keyof KnownPerson)[]).every(name => next[name] === known[name])
  return isSame ? undefined : next
}

function peopleOf(known: KnownHome, said: PlacedHome): Pick<HomeUpdate, 'added' | 'changed' | 'headName'> {
  const added: SheetPerson[] = []
  const changed: KnownPerson[] = []
  let headName = known.headName
  for (const person of said.persons) {
    const found = findPerson(known.persons, person)
    if (!found) added.push(person)
    const next = found && changedPerson(found, person, person.isHead)
    if (next) changed.push(next)
    if (!person.isHead) continue
    headName = betterName(known.headName, person.name)
    const before = known.persons.find(one => one.isHead)
    if (before && before.id !== found?.id) changed.push({ ...before, isHead: false })
  }
  return { added, changed, headName }
}

const union = (known: readonly string[], said: readonly string[]) => [...new Set([...known, ...said])]

/** The number that the home bears afterwards, and whose it is: one of an older list replaces none of today's. */
function numberOf(known: KnownHome, said: PlacedHome): Pick<HomeUpdate, 'sheetNo' | 'sheetUnit'> {
  const isKept =
    !said.sheetNo || (known.sheetNo && (said.sheetUnit || numberKey('', known.sheetNo) === numberKey('', said.sheetNo)))
  if (isKept) return { sheetNo: known.sheetNo, sheetUnit: known.sheetUnit }
  return { sheetNo: said.sheetNo, sheetUnit: said.sheetUnit ?? null }
}

/** @returns what changes, or undefined when the register knows it all */
function updateOf(known: KnownHome, said: PlacedHome): HomeUpdate | undefined {
  const update: HomeUpdate = {
    home: known,
    ...peopleOf(known, said),
    ...numberOf(known, said),
    alley: said.alley || known.alley,
    landmark: said.landmark || known.landmark,
    way: said.way || known.way,
    languages: said.languages.length ? said.languages : known.languages,
    needs: union(known.needs, said.needs satisfies Need[]),
    phoneKind: said.phoneKind ?? known.phoneKind,
    phones: said.persons.flatMap(person =>
      person.phones.filter(phone => !known.phones.includes(phone)).map(phone => ({ folded: fold(person.name), phone })),
    ),
  }
  const plain = ['sheetNo', 'headName', 'alley', 'landmark', 'way', 'phoneKind'] as const
  const isSame =
    plain.every(name => update[name] === known[name]) &&
    update.languages.join() === known.languages.join() &&
    update.needs.length === known.needs.length &&
    !update.added.length &&
    !update.changed.length &&
    !update.phones.length
  return isSame ? undefined : update
}

/** @param homes of the file, each in its village @param register the homes that stand there */
export function matchHomes(homes: readonly PlacedHome[], known: readonly KnownHome[]): Matched {
  const register = new Register(known)
  const seen = new Seen()
  const matched: Matched = { fresh: [], updates: [], unchanged: 0, refused: [] }
  for (const home of homes) {
    const refuse = (code: RefusalCode) => {
      const column = (home.sheetNo ? home.headings.sheetNo : undefined) ?? home.headings.name ?? ''
      const homeRows = home.persons.map(person => person.row)
      const value = headOf(home).name.slice(0, 40)
      matched.refused.push({ row: home.row, column, code, sheet: home.sheet, value, homeRows })
    }
    const refused = seen.refuses(home, register.isNumberShared(home))
    if (refused) {
      refuse(refused)
      continue
    }
    const found = register.find(home)
    if (typeof found === 'string') refuse(found)
    else if (!found) matched.fresh.push(home)
    else if (seen.isTaken(found.id)) refuse('duplicate')
    else {
      const update = updateOf(found, home)
      if (update) matched.updates.push(update)
      else matched.unchanged++
    }
  }
  return matched
}
