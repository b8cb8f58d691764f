// What a door looks like to who stands before it.
import { iso } from '#core/clock'
import type { Db } from '#core/db'
import { outsideDoor, type DoorId } from './door-id.ts'
import { levelName } from './levels.ts'
import { standingOf, stateOf } from './outcomes.ts'
import { homeState, visitsOf } from './store/doors.ts'

export async function doorAnswer(db: Db, door: DoorId) {
  const visits = await visitsOf(db, door.tenant, [door])
  const home = await homeState(db, door.tenant, door.publishedId, door.householdId)
  const { outcome, by, isConflict } = stateOf(visits)
  const standing = new Set(standingOf(visits).map(visit => visit.id))
  return {
    doorId: outsideDoor(door),
    outcome: outcome ?? null,
    visitId: by ?? null,
    level: levelName(home.level),
    isTold: home.isTold,
    isAccountedFor: home.isReached || home.closed !== null,
    isConflict,
    visits: visits.map(visit => ({
      id: visit.id,
      outcome: visit.outcome,
      at: iso(visit.at),
      toWhom: visit.toWhom,
      note: visit.note,
      by: visit.by,
      typedBy: visit.typedBy,
      corrects: visit.corrects,
      isStanding: standing.has(visit.id),
    })),
  }
}
