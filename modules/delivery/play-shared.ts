// Of a made-up commune: addresses that several homes name, and what is in hand.
import type { Delivery, World } from './play-world.ts'

export const nameOf = (...parts: (string | number)[]) => parts.join(' ')

/** @returns names of address kind and address */
export function sharedIn(homes: World['homes']): Set<string> {
  const sharing = new Set<string>()
  const seen = new Map<string, string>()
  for (const { id, addresses } of homes)
    for (const [kind, own] of Object.entries(addresses))
      for (const to of own) {
        const name = nameOf(kind, to)
        if ((seen.get(name) ?? id) !== id) sharing.add(name)
        seen.set(name, id)
      }
  return sharing
}

/** @param since who was told before this moment is silent */
export const isInHand = ({ state, changedAt }: Delivery, since: number) =>
  state === 'planned' || (state === 'handed_over' && changedAt > since)
