// What a visit at a door can end with.
export const outcomes = ['told', 'told_by_neighbour', 'nobody_home', 'moved', 'refused'] as const
export type Outcome = (typeof outcomes)[number]

/** Closed by a person and not reached: shown apart, still counted in their level. */
export const closings = ['told_by_neighbour', 'moved', 'refused'] as const
export type Closing = (typeof closings)[number]

/** The newest of what was said, strongest first; nobody at home closes nothing. */
const order: readonly Outcome[] = ['told', 'told_by_neighbour', 'moved', 'refused', 'nobody_home']
const rank = (outcome: Outcome) => (outcome === 'refused' ? order.indexOf('moved') : order.indexOf(outcome))

export interface Said {
  id: string
  outcome: Outcome
  at: Date
  corrects: string | null
}

export interface DoorState {
  outcome: Outcome | undefined
  /** The visit that decides. */
  by: string | undefined
  /** Told beside moved: one of the two was at another door. The head looks. */
  isConflict: boolean
}

/** A home's state from all visits to its door: told > told by a neighbour > moved or refused > nobody at home. */
export function stateOf(visits: readonly Said[]): DoorState {
  const wrong = new Set(visits.map(visit => visit.corrects))
  const standing = visits
    .filter(visit => !wrong.has(visit.id))
    .toSorted((a, b) => rank(a.outcome) - rank(b.outcome) || b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1))
  const said = new Set(standing.map(visit => visit.outcome))
  return { outcome: standing[0]?.outcome, by: standing[0]?.id, isConflict: said.has('told') && said.has('moved') }
}
