// What a visit at a door can end with.
export const outcomes = ['told', 'told_by_neighbour', 'nobody_home', 'moved', 'refused'] as const
export type Outcome = (typeof outcomes)[number]

/** What an entry says: how a visit ended, or that an earlier entry is taken back and nothing takes its place. */
export const entries = [...outcomes, 'taken_back'] as const
export type Entry = (typeof entries)[number]

/** Closed by a person and not reached: shown apart, still counted in their level. */
export const closings = ['told_by_neighbour', 'moved', 'refused'] as const
export type Closing = (typeof closings)[number]

/** The newest of what was said, strongest first; nobody at home closes nothing. */
const order: readonly Outcome[] = ['told', 'told_by_neighbour', 'moved', 'refused', 'nobody_home']
const rank = (outcome: Outcome) => (outcome === 'refused' ? order.indexOf('moved') : order.indexOf(outcome))

export interface Said {
  id: string
  outcome: Entry
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

interface Standing extends Said {
  outcome: Outcome
}

/** Entries that hold: neither taken back nor corrected by one that holds itself. What was taken back corrects nothing either. */
export function standingOf<S extends Said>(visits: readonly S[]): (S & Standing)[] {
  const takenBack = new Set(visits.filter(visit => visit.outcome === 'taken_back').map(visit => visit.corrects))
  const kept = visits.filter(visit => !takenBack.has(visit.id))
  const wrong = new Set(kept.map(visit => visit.corrects))
  return kept.filter((visit): visit is S & Standing => visit.outcome !== 'taken_back' && !wrong.has(visit.id))
}

/** A home's state from all visits to its door: told > told by a neighbour > moved or refused > nobody at home. */
export function stateOf(visits: readonly Said[]): DoorState {
  const standing = standingOf(visits).toSorted(
    (a, b) => rank(a.outcome) - rank(b.outcome) || b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1),
  )
  const said = new Set(standing.map(visit => visit.outcome))
  return { outcome: standing[0]?.outcome, by: standing[0]?.id, isConflict: said.has('told') && said.has('moved') }
}
