// A few groups that cross the villages, with members drawn from the demo's homes.
import { newId } from '#core/ids'
import { chance, type Chance } from './chance.ts'

export interface Resident {
  id: string
  village: number
  birthYear: number
  sex: 'm' | 'f'
  home: string
}

export interface DemoGroup {
  id: string
  kind: string
  name: string
  parentId?: string
  village?: number
  isConfidential?: boolean
  members: { person: string; part: string }[]
}

/** A savings-and-loan group has 5 to 60 members of one village (Social Policy Bank). Press, An Bình ward: a Party cell of 50, a women's branch of about 100. */
const sizes = { cell: 24, branch: 60, credit: 38 } as const

function pick(by: Chance, from: readonly Resident[], count: number): DemoGroup['members'] {
  const homes = new Set<string>()
  const chosen = by.shuffled(from).filter(person => {
    const isNew = !homes.has(person.home)
    homes.add(person.home)
    return isNew
  })
  return chosen.slice(0, count).map((person, n) => ({ person: person.id, part: n === 0 ? 'trưởng' : '' }))
}

/** @param names of the villages, in their order @param residents everybody of the commune */
export function makeGroups(seed: number, names: readonly string[], residents: readonly Resident[]): DemoGroup[] {
  const by = chance(seed, 'groups')
  const adults = residents.filter(person => person.birthYear < 2008)
  const of = (village: number) => adults.filter(person => person.village === village)
  const women = newId()
  const farmers = newId()
  const some = names.map((_, n) => n).slice(0, 6)
  const branch = (parentId: string, kind: string, label: string, isMember: (p: Resident) => boolean) =>
    some.map(village => ({
      id: newId(),
      kind,
      name: `Chi hội ${label} ${names[village]!}`,
      parentId,
      village,
      members: pick(by, of(village).filter(isMember), sizes.branch),
    }))
  return [
    { id: women, kind: 'women', name: 'Hội Liên hiệp Phụ nữ xã', members: [] },
    { id: farmers, kind: 'farmers', name: 'Hội Nông dân xã', members: [] },
    ...branch(women, 'women', 'Phụ nữ', person => person.sex === 'f'),
    ...branch(farmers, 'farmers', 'Nông dân', person => person.birthYear > 1955),
    ...some.slice(0, 2).map(village => ({
      id: newId(),
      kind: 'party_cell',
      name: `Chi bộ ${names[village]!}`,
      village,
      isConfidential: true,
      members: pick(by, of(village), sizes.cell),
    })),
    ...some.slice(0, 3).map(village => ({
      id: newId(),
      kind: 'credit_group',
      name: `Tổ tiết kiệm và vay vốn ${names[village]!}`,
      village,
      members: pick(by, of(village), sizes.credit),
    })),
  ]
}
