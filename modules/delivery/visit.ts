// POST /doors/:doorId/outcome: what a visit ended with.
import { now } from '#core/clock'
import type { Tx } from '#core/db'
import { Problem } from '#core/problem'
import type { Answers, Call } from '#core/serve'
import type { Parsed } from '#core/operation'
import { record } from '#core/trail'
import { may, permissions, seesMembers, type StaffRole } from '#access'
import { markDoors } from './changes.ts'
import type { doorOperations } from './contract-doors.ts'
import { corrected } from './corrected.ts'
import { insideDoor, type DoorId } from './door-id.ts'
import { doorAnswer } from './door-state.ts'
import { isMonthKept } from './months.ts'
import { give } from './receipt.ts'
import { doorPlace, findVisit, insertVisit, postsHeldAt } from './store/doors.ts'
import { findPublication } from './store/publication.ts'
import { settle } from './store/settle.ts'
import { mustWalkTo } from './walkers.ts'

type Input = Parsed<(typeof doorOperations)['outcome']>

/** Days after which a phone's late visits are no longer taken from somebody whose post ended. */
const lateDays = 7

const scopes: Partial<Record<string, readonly string[]>> = permissions['door.visit']

/** The post as which the caller visits: today's, or the one held when the visit was made; a door given to another since then counts as his. @throws Problem not_allowed, not_found */
async function visitingPost(call: Call<Tx>, door: DoorId, at: Date): Promise<string | undefined> {
  const { app, db, caller } = call
  if (door.tenant !== caller.tenant) throw new Problem('not_found')
  const found = await doorPlace(db, door.tenant, door.publishedId, door.householdId)
  if (!found) throw new Problem('not_found')
  const assigned = found.account ? [found.account] : []
  const path = found.isForMembers && !seesMembers(caller) ? undefined : (found.path ?? undefined)
  const place = { tenant: door.tenant, path, household: door.householdId, assigned }
  if (await may(app, caller, 'door.visit', place)) return caller.post
  const isRecent = now().getTime() - at.getTime() < lateDays * 86_400_000
  const held =
    caller.account && isRecent ? await postsHeldAt(db, door.tenant, caller.account, Object.keys(scopes), at) : []
  const then = held.find(post => {
    const scope = scopes[post.role as StaffRole] ?? []
    if (scope.includes('below') && post.path && path?.startsWith(post.path)) return true
    return scope.includes('assigned') && [...assigned, ...found.earlier].includes(caller.account!)
  })
  if (!then) throw new Problem('not_allowed', { needs: 'door.visit' })
  return then.id
}

/** A visit with this id is there: the same one again, or somebody else's. @throws Problem key_reused */
async function mustBeSame(tx: Tx, door: DoorId, id: string) {
  const there = await findVisit(tx, door.tenant, id)
  if (there?.publishedId !== door.publishedId || there.householdId !== door.householdId) throw new Problem('key_reused')
}

async function mustBeVisitHere(tx: Tx, door: DoorId, id: string) {
  const there = await findVisit(tx, door.tenant, id)
  if (there?.publishedId !== door.publishedId || there.householdId !== door.householdId)
    throw new Problem('visit_unknown')
}

/** Evidence for what was told; a closing or a correction computes the home's row anew. */
async function count(call: Call<Tx>, door: DoorId, input: Input, at: Date, version: number) {
  const { app, db } = call
  if (input.outcome === 'told')
    await give(app, db, [
      { ...door, id: input.id, level: 'acknowledged', channel: 'door', version, at, receivedAt: now() },
    ])
  if (input.corrects !== undefined || (input.outcome !== 'told' && input.outcome !== 'nobody_home')) {
    await settle(db, door.tenant, [door])
    markDoors(app, door.tenant, [door])
  }
}

async function store(call: Call<Tx>, door: DoorId, input: Input, post: string | undefined): Promise<void> {
  const { db, caller } = call
  const receivedAt = now()
  const correctedAt = corrected(input.at, input.now, receivedAt)
  const publication = await findPublication(db, door.tenant, door.publishedId)
  const version = input.version ?? publication!.version
  const isNew = await insertVisit(db, {
    ...door,
    id: input.id,
    outcome: input.outcome,
    toWhom: input.toWhom,
    note: input.note,
    at: new Date(input.at),
    correctedAt,
    receivedAt,
    account: input.toldBy ?? caller.account,
    post: input.toldBy === undefined ? post : undefined,
    typedBy: input.toldBy === undefined ? undefined : caller.account,
    version,
    corrects: input.corrects,
  })
  if (!isNew) return mustBeSame(db, door, input.id)
  await count(call, door, input, correctedAt, version)
  await record(db, {
    tenant: door.tenant,
    what: input.corrects === undefined ? 'door.visited' : 'door.corrected',
    by: { ...caller, ...(post ? { post } : {}) },
    about: { kind: 'notice', id: publication!.subjectId },
    data: { household: door.householdId, visit: input.id, outcome: input.outcome },
  })
}

export const visiting = {
  async outcome(input, call) {
    const door = insideDoor(input.doorId)
    const post = await visitingPost(call, door, corrected(input.at, input.now, now()))
    if (input.toldBy !== undefined) await mustWalkTo(call, input.toldBy, [door.householdId])
    if (input.outcome === 'taken_back' && input.corrects === undefined) throw new Problem('visit_unknown')
    if (input.corrects !== undefined) {
      await mustBeVisitHere(call.db, door, input.corrects)
      if (!isMonthKept(door.publishedId)) throw new Problem('door_closed')
    }
    await store(call, door, input, post)
    return doorAnswer(call.db, door)
  },
} satisfies Pick<Answers<typeof doorOperations>, 'outcome'>
