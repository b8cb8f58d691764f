// Entries that may be one home: shown to a person, never merged by themselves.
import { verdict, type KnownHome } from './import/match.ts'

export interface Pair {
  first: string
  second: string
  why: 'name_and_birth' | 'name_and_phone' | 'person'
}

const headBirth = (home: KnownHome) => home.persons.find(person => person.isHead)?.birthYear ?? null
const marks = (home: KnownHome) => ({ birthYear: headBirth(home), phones: home.phones })

function* pairsIn<T>(items: readonly T[]): Generator<[T, T]> {
  for (const [n, a] of items.entries()) for (const b of items.slice(n + 1)) yield [a, b]
}

const grouped = <T>(items: readonly T[], key: (item: T) => string | undefined) => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const at = key(item)
    if (!at) continue
    const group = groups.get(at)
    if (group) group.push(item)
    else groups.set(at, [item])
  }
  return [...groups.values()].filter(group => group.length > 1)
}

/** Heads of one name with one year of birth or one number, and people of one name and day of birth in two homes. */
export function findDuplicates(homes: readonly KnownHome[]): Pair[] {
  const found = new Map<string, Pair>()
  const add = (a: string, b: string, why: Pair['why']) => {
    const [first, second] = a < b ? [a, b] : [b, a]
    if (first !== second && !found.has(first + second)) found.set(first + second, { first, second, why })
  }
  for (const group of grouped(homes, home => home.headFolded))
    for (const [a, b] of pairsIn(group))
      if (verdict(marks(a), marks(b)) === 'same')
        add(a.id, b.id, headBirth(a) !== null && headBirth(a) === headBirth(b) ? 'name_and_birth' : 'name_and_phone')
  const people = homes.flatMap(home => home.persons.map(person => ({ home: home.id, person })))
  for (const group of grouped(people, ({ person }) =>
    person.birthDay ? `${person.folded} ${person.birthDay}` : undefined,
  ))
    for (const [a, b] of pairsIn(group)) add(a.home, b.home, 'person')
  return [...found.values()]
}
