// What other parts tell, and what delivery does about it.
import type { Listener } from '#core/events'
import { homeLeft, homeMoved } from './home-left.ts'
import { feedChanged, placesChanged } from './touch-feed.ts'

export const listeners: Record<string, Listener> = {
  'publication.sent': feedChanged,
  'publication.shown': feedChanged,
  'publication.changed': feedChanged,
  'publication.withdrawn': feedChanged,
  'household.moved': homeMoved,
  'household.merged': placesChanged,
  'household.closed': homeLeft,
  'unit.merged': placesChanged,
  'unit.split': placesChanged,
}
