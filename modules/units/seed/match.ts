// From the conversion table of 1-7-2025 to units: by code, else by name + district + province; the rest is reported, never guessed.
import { tidy } from '#core/fold'
import { citedParts, oldProvinceCodes } from './old-provinces.ts'
import { isProvince, tableName, type Former, type Present, type Table, type Unresolved } from './table.ts'

export interface Source {
  provinces: readonly { province_code: string; name: string; place_type: string }[]
  wards: readonly { ward_code: string; name: string; province_code: string }[]
  ward_mappings: readonly Row[]
}
export interface Row {
  id: string
  old_ward_code: string | null
  old_ward_name: string | null
  old_district_name: string | null
  old_province_name: string | null
  new_ward_code: string
  new_ward_name: string
  new_province_name: string
}

const kinds = ['Thành phố', 'Thị trấn', 'Đặc khu', 'Phường', 'Tỉnh', 'Xã']

/** `Thị trấn An Châu` → `thị trấn`, `An Châu`. */
function kindAndName(whole: string): { kind: string; name: string } {
  const said = tidy(whole)
  const kind = kinds.find(word => said.startsWith(`${word} `))
  return kind ? { kind: kind.toLowerCase(), name: said.slice(kind.length + 1) } : { kind: '', name: said }
}

/** Numbers once given stay: a commune is known by its number on every installation. */
class Numbers {
  readonly #known: Map<string, number>
  #last: number
  constructor(known: Map<string, number>, first: number) {
    this.#known = known
    this.#last = Math.max(first - 1, ...known.values())
  }
  of(key: string): number {
    const no = this.#known.get(key) ?? ++this.#last
    this.#known.set(key, no)
    return no
  }
}

const firstCommune = 101
const firstFormer = 10_001
const keysOf = (units: readonly { code: string; no: number }[]) => new Map(units.map(unit => [unit.code, unit.no]))

function presentOf(source: Source, kept: readonly Present[]): Present[] {
  const provinceNos = new Numbers(keysOf(kept.filter(unit => isProvince(unit))), 1)
  const communeNos = new Numbers(keysOf(kept.filter(unit => !isProvince(unit))), firstCommune)
  const provinces = source.provinces
    .toSorted((a, b) => (a.province_code < b.province_code ? -1 : 1))
    .map(({ province_code: code, name }) => {
      const said = kindAndName(name)
      return { no: provinceNos.of(code), code, kind: said.kind || 'tỉnh', name: said.name }
    })
  const noOf = keysOf(provinces)
  const communes = source.wards
    .toSorted((a, b) => (a.ward_code < b.ward_code ? -1 : 1))
    .map(ward => ({
      no: communeNos.of(ward.ward_code),
      code: ward.ward_code,
      ...kindAndName(ward.name),
      province: noOf.get(ward.province_code)!,
    }))
  return [...provinces, ...communes].toSorted((a, b) => a.no - b.no)
}

const district = (row: Row) => tidy(row.old_district_name ?? '')
const oldKey = (row: Row) =>
  [tidy(row.old_ward_name ?? ''), district(row), kindAndName(row.old_province_name ?? '').name].join('|')

/** Finds the commune of today a row names: its code where code and name agree, else name + province (no province has a name twice). */
function newUnits(present: readonly Present[]) {
  const provinceName = new Map(present.filter(unit => isProvince(unit)).map(unit => [unit.no, unit.name]))
  const key = (unit: { kind: string; name: string }, province: string) => `${unit.kind} ${unit.name}|${province}`
  const communes = present.filter(unit => !isProvince(unit))
  const byName = new Map(communes.map(unit => [key(unit, provinceName.get(unit.province!)!), unit]))
  return (row: Row) => byName.get(key(kindAndName(row.new_ward_name), kindAndName(row.new_province_name).name))
}

interface Old {
  row: Row
  into: Map<number, string>
}

/** Rows with an old code are the old units; a row without one may only add that a part of such a unit went elsewhere. */
function gather(rows: readonly Row[], become: (row: Row) => Present | undefined) {
  const olds = new Map<string, Old>()
  const bare: Row[] = []
  for (const row of rows) {
    if (row.old_ward_code)
      olds.set(oldKey(row), { row, into: new Map([[become(row)!.no, `${tableName}, dòng ${row.id}`]]) })
    else bare.push(row)
  }
  const unproven: Row[] = []
  for (const row of bare) {
    const old = row.old_ward_name ? olds.get(oldKey(row)) : undefined
    const to = become(row)!.no
    if (old && !old.into.has(to)) old.into.set(to, `${tableName}, dòng ${row.id}`)
    else if (!old) unproven.push(row)
  }
  return { olds: [...olds.values()], unproven }
}

function addCited(olds: readonly Old[], present: readonly Present[]) {
  for (const cited of citedParts) {
    const old = olds.find(one => one.row.old_ward_code === cited.code)
    if (!old || tidy(old.row.old_ward_name!) !== cited.name) throw new Error(`no such old unit: ${cited.code}`)
    const province = present.find(unit => unit.no === [...old.into.keys()][0])!.province
    for (const whole of cited.into) {
      const { kind, name } = kindAndName(whole)
      const to = present.find(unit => unit.province === province && unit.kind === kind && unit.name === name)
      if (!to) throw new Error(`no such commune: ${whole}`)
      old.into.set(to.no, cited.source)
    }
  }
}

/** Alone and whole in one new unit, an old unit is that unit, whatever it is called now; else it closed. */
function formerCommunes(
  olds: readonly Old[],
  alsoIn: readonly number[],
  provinceNo: (name: string) => number,
  numbers: Numbers,
): Former[] {
  const sharers = new Map<number, number>(alsoIn.map(to => [to, 1]))
  for (const { into } of olds) for (const to of into.keys()) sharers.set(to, (sharers.get(to) ?? 0) + 1)
  return olds
    .toSorted((a, b) => (a.row.old_ward_code! < b.row.old_ward_code! ? -1 : 1))
    .map(({ row, into }) => {
      const became = [...into.keys()]
      const isSame = became.length === 1 && sharers.get(became[0]!) === 1
      return {
        no: isSame ? became[0]! : numbers.of(row.old_ward_code!),
        code: row.old_ward_code!,
        ...kindAndName(row.old_ward_name!),
        district: district(row),
        province: provinceNo(kindAndName(row.old_province_name!).name),
        became,
        how: isSame ? 'same' : became.length > 1 ? 'merge_part' : 'merge_whole',
        source: [...new Set(into.values())].join('; '),
      }
    })
}

function formerProvinces(rows: readonly Row[], present: readonly Present[], numbers: Numbers): Former[] {
  const today = new Map(present.filter(unit => isProvince(unit)).map(unit => [unit.name, unit]))
  const into = new Map<string, string>()
  for (const row of rows)
    if (row.old_province_name)
      into.set(kindAndName(row.old_province_name).name, kindAndName(row.new_province_name).name)
  const sharers = Map.groupBy(into.values(), name => name)
  const wholeName = new Map(
    rows.flatMap(row => (row.old_province_name ? [[kindAndName(row.old_province_name).name, row] as const] : [])),
  )
  return Object.entries(oldProvinceCodes)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, name]) => {
      const to = today.get(into.get(name) ?? '')
      if (!to) throw new Error(`the table does not say what became of ${name}`)
      const isSame = sharers.get(to.name)!.length === 1
      return {
        no: isSame ? to.no : numbers.of(`p${code}`),
        code,
        ...kindAndName(wholeName.get(name)!.old_province_name!),
        district: '',
        became: [to.no],
        how: isSame ? 'same' : 'merge_whole',
        source: 'Nghị quyết 202/2025/QH15',
      }
    })
}

function unresolvedOf(
  unproven: readonly Row[],
  present: readonly Present[],
  reached: ReadonlySet<number>,
  become: (row: Row) => Present | undefined,
): Unresolved[] {
  const named = Map.groupBy(
    unproven.filter(row => row.old_ward_name),
    row => `${oldKey(row)}|${become(row)!.no}`,
  )
  const names = [...named.values()].map(rows => ({
    reason: 'no_old_code' as const,
    rows: rows.map(row => row.id).join(' '),
    ...kindAndName(rows[0]!.old_ward_name!),
    district: district(rows[0]!),
    province: tidy(rows[0]!.old_province_name!),
    became: become(rows[0]!)!.no,
  }))
  const born = present
    .filter(unit => !isProvince(unit) && !reached.has(unit.no))
    .map(unit => ({
      reason: 'no_old_unit' as const,
      rows: unproven
        .filter(row => !row.old_ward_name && become(row)!.no === unit.no)
        .map(row => row.id)
        .join(' '),
      kind: unit.kind,
      name: unit.name,
      district: '',
      province: '',
      became: unit.no,
    }))
  return [...names, ...born]
}

/** @param kept the table as shipped before: its numbers stay */
export function match(source: Source, kept?: Table): Table {
  const present = presentOf(source, kept?.present ?? [])
  const become = newUnits(present)
  const { olds, unproven } = gather(source.ward_mappings, become)
  addCited(olds, present)
  const gone = (kept?.former ?? []).filter(unit => unit.how !== 'same')
  const keyOf = (unit: Former) => (isProvince(unit) ? `p${unit.code}` : unit.code)
  const numbers = new Numbers(new Map(gone.map(unit => [keyOf(unit), unit.no])), firstFormer)
  const provinces = formerProvinces(source.ward_mappings, present, numbers)
  const byName = new Map(provinces.map(unit => [unit.name, unit.no]))
  const alsoIn = unproven.flatMap(row => (row.old_ward_name ? [become(row)!.no] : []))
  const former = [...provinces, ...formerCommunes(olds, alsoIn, name => byName.get(name)!, numbers)]
  const reached = new Set(former.flatMap(unit => unit.became))
  return { present, former, unresolved: unresolvedOf(unproven, present, reached, become) }
}
