import { operation } from '#core/operation'
import { UnitRef, Uuid } from '#core/shapes'
import * as v from 'valibot'

export const countsContract = {
  counts: operation({
    method: 'GET',
    path: '/households/counts',
    summary: 'How many homes and people live in a unit and in each unit below it; no names',
    who: 'people.see',
    at: 'unit',
    takes: v.object({ unit: UnitRef }),
    gives: v.object({
      households: v.number(),
      people: v.number(),
      units: v.array(v.object({ unitId: Uuid, households: v.number(), people: v.number() })),
    }),
    problems: ['unit_unknown'],
  }),
}
