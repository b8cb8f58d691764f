// What other parts tell, and what delivery does about it.
import type { Listener } from '#core/events'
import { heardOfChannel } from './heard.ts'
import { homeLeft, homeMerged, homeMoved } from './home-left.ts'
import { feedChanged, placesChanged } from './touch-feed.ts'

export const listeners: Record<string, Listener> = {
  'channel.heard': heardOfChannel,
  'publication.sent': feedChanged,
  'publication.shown': feedChanged,
  'publication.changed': feedChanged,
  'publication.withdrawn': feedChanged,
  'household.moved': homeMoved,
  'household.merged': homeMerged,
  'household.closed': homeLeft,
  // An undo: what its leaving closed is open again.
  'household.reopened': homeLeft,
  'unit.merged': placesChanged,
  'unit.split': placesChanged,
  'unit.undone': placesChanged,
}
