// What becomes of a message when its parts are told of one by one, in any order and more than once. Decisions without I/O.
export type Told = 'delivered' | 'failed' | 'seen' | 'acknowledged'
export type PartState = Told | null

/** The higher one holds: what is on the phone does not leave it again, and a failure may still turn out well. */
const order: readonly PartState[] = [null, 'failed', 'delivered', 'seen', 'acknowledged']
const lowest = (states: readonly PartState[]) => order[Math.min(...states.map(state => order.indexOf(state)))] ?? null

export const afterTold = (was: PartState, told: Told): Told => (order.indexOf(told) > order.indexOf(was) ? told : was!)

/**
 * Every part has to be there; one that failed for good is enough for the whole to be of no use. Who answered a part by its button has
 * understood the message.
 */
export function stateOfMessage(parts: readonly PartState[]): PartState {
  if (parts.includes('acknowledged')) return 'acknowledged'
  if (parts.includes('failed')) return 'failed'
  return parts.length ? lowest(parts) : null
}
