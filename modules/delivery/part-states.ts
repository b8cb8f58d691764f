// What becomes of a message when its parts are told of one by one, in any order and more than once. Decisions without I/O.
export type PartState = 'delivered' | 'failed' | null

/** What is on the phone does not leave it again; a failure may still turn out well. */
export const afterTold = (was: PartState, told: 'delivered' | 'failed'): 'delivered' | 'failed' =>
  was === 'delivered' ? was : told

/** Every part has to be there; one that failed for good is enough for the whole to be of no use. */
export function stateOfMessage(parts: readonly PartState[]): PartState {
  if (parts.includes('failed')) return 'failed'
  return parts.length > 0 && parts.every(state => state === 'delivered') ? 'delivered' : null
}
