// Puts the homes of a file into villages: found by name, or proposed; never guessed.
import type { PlacedHome } from './match.ts'
import type { SheetHome } from './read-homes.ts'
import type { Refusal, RefusalCode } from './refusal.ts'
import { findVillage, splitVillage, villageKey, type KnownVillage } from './village-names.ts'

/** A village that the file names and the commune does not have. */
export interface Proposal {
  key: string
  name: string
  kind: string
  homes: number
  /** A village of nearly the same name: a slip of the pen? */
  like: string | null
}

export interface Placed {
  homes: PlacedHome[]
  refused: Refusal[]
  proposals: Proposal[]
}

/** Letters to change to make one word the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)))
    row = next
  }
  return row[b.length]!
}

function proposalOf(text: string, villages: readonly KnownVillage[]): Proposal {
  const { kind, name } = splitVillage(text)
  const key = villageKey(text)
  const near = villages.find(village => !/\d/.test(key) && distance(villageKey(village.name), key) <= 2)
  return {
    key: proposedId(text),
    name,
    kind: kind ?? villages[0]?.kind ?? 'thôn',
    homes: 0,
    like: near ? `${near.kind} ${near.name}` : null,
  }
}

/** The place of homes in villages yet to be made: their key stands in for the id. */
const proposedId = (text: string) => `new ${villageKey(text)}`

/** A home is refused once, at its first row. */
const refusalOf = (home: SheetHome, code: RefusalCode) =>
  home.persons.slice(0, 1).map(({ row }) => ({
    row,
    column: home.headings.village ?? '',
    code,
    sheet: home.sheet,
    value: home.village.slice(0, 40),
    homeRows: home.persons.map(person => person.row),
  }))

/** @param fallback the village chosen for homes whose file names none @param mayPropose homes of unknown villages are kept, not refused */
export function placeHomes(
  homes: readonly SheetHome[],
  villages: readonly KnownVillage[],
  fallback: string | undefined,
  mayPropose: boolean,
): Placed {
  const placed: Placed = { homes: [], refused: [], proposals: [] }
  const proposals = new Map<string, Proposal>()
  const found = new Map<string, ReturnType<typeof findVillage>>()
  for (const home of homes) {
    const refuse = (code: RefusalCode) => placed.refused.push(...refusalOf(home, code))
    if (!home.village) {
      if (fallback) placed.homes.push({ ...home, unitId: fallback })
      else refuse('village_missing')
      continue
    }
    if (!found.has(home.village)) found.set(home.village, findVillage(villages, home.village))
    const village = found.get(home.village)
    if (village === 'unclear') refuse('village_unclear')
    else if (village) placed.homes.push({ ...home, unitId: village.id, sheetUnit: village.was })
    else {
      const key = proposedId(home.village)
      const proposal = proposals.get(key) ?? proposalOf(home.village, villages)
      proposals.set(key, { ...proposal, homes: proposal.homes + 1 })
      if (mayPropose) placed.homes.push({ ...home, unitId: key })
      else refuse('village_unknown')
    }
  }
  placed.proposals = [...proposals.values()]
  return placed
}
