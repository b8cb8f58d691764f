// Homes that come from another commune of this installation.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Done, Flag, Id, text, UnitRef, Uuid } from '#core/shapes'
import { Home, removalStates } from './shapes.ts'

/** As little as tells which family it is; everything else comes with the acceptance. */
export const Arrival = v.object({
  id: Id,
  /** The commune that it comes from. */
  from: v.string(),
  /** The commune or village that it said it goes to. */
  unitId: Uuid,
  unitName: v.string(),
  isVillage: v.boolean(),
  /** Gone once it was answered. */
  headName: v.nullable(v.string()),
  persons: v.number(),
  at: v.string(),
  state: v.picklist(removalStates),
  answeredAt: v.nullable(v.string()),
  /** The home here, once it was accepted. */
  householdId: v.nullable(Id),
})
export type Arrival = v.InferOutput<typeof Arrival>

export const removalsContract = {
  arrivals: operation({
    method: 'GET',
    path: '/arrivals',
    summary: 'Homes that another commune of this installation says come here',
    who: 'people.edit',
    at: 'unit',
    takes: v.object({
      /** Without one: the caller's own. */
      unit: v.optional(UnitRef),
      /** Those that wait for an answer; `false`: those answered in the last 90 days. */
      open: v.optional(Flag, 'true'),
    }),
    gives: v.object({ items: v.array(Arrival), next: v.nullable(v.string()) }),
    problems: ['unit_unknown', 'unit_needed'],
  }),
  acceptArrival: operation({
    method: 'POST',
    path: '/arrivals/:arrivalId/accept',
    summary: 'The home lives here now: it is made with its people, and the commune that it left is told',
    who: 'people.edit',
    at: 'arrivalId',
    takes: v.object({
      arrivalId: Id,
      /** The village; may be left out where the home named one. */
      unit: v.optional(UnitRef),
    }),
    gives: Home,
    problems: ['unit_unknown', 'village_needed', 'move_within_commune', 'arrival_answered', 'arrival_unreadable'],
    status: 201,
  }),
  declineArrival: operation({
    method: 'POST',
    path: '/arrivals/:arrivalId/decline',
    summary: 'The home did not come: what was sent along is forgotten, and the commune that it left is told why',
    who: 'people.edit',
    at: 'arrivalId',
    takes: v.object({ arrivalId: Id, words: v.optional(text(200), '') }),
    gives: Done,
    problems: ['arrival_answered'],
  }),
}
