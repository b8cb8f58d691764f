// The list of doors as the phone keeps it: readable and writable without a network, erased on its day.
import { useEffect, useRef } from 'preact/hooks'
import type { Answer, Input } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { newId } from '#web/id.ts'
import { useLoaded } from '#web/load.ts'
import { discard, keep, sent, waiting, type Waiting } from '#web/outbox.ts'
import { iso } from '#web/time.ts'
import { say } from './say.ts'

export type Door = Answer<Contracts['delivery']['doors']>['items'][number]
export type OutcomeName = NonNullable<Door['outcome']>
type Told = Input<Contracts['delivery']['outcome']>

/** A door, and whether its result still waits on this phone. */
export interface DoorHere extends Door {
  isWaiting: boolean
}

/** All pages: at a door there is no network to fetch the next one. */
async function allDoors(noticeId: string | undefined): Promise<Door[]> {
  const doors: Door[] = []
  let cursor: string | undefined
  do {
    const page = await api.delivery.doors({
      limit: '100',
      ...(noticeId ? { noticeId } : {}),
      ...(cursor ? { cursor } : {}),
    })
    doors.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor && doors.length < 2000)
  return doors
}

export const outcomeWords = (outcome: OutcomeName) =>
  outcome === 'nobody_home' ? say('nobody_home_act') : say(outcome)

type Answered = Answer<Contracts['delivery']['outcome']>

const lastOf = <W extends Waiting>(all: readonly W[], door: Door) =>
  all.findLast(one => one.operation === 'delivery.outcome' && one.input['doorId'] === door.doorId)

/** What this phone has sent since the list was asked for stands over it: the next list may be long in coming. */
function sentOver(door: Door, askedAt: number): Door {
  const last = lastOf(
    sent.value.filter(one => one.sentAt > askedAt),
    door,
  )
  if (!last) return door
  const { outcome, visitId, level, isTold, isAccountedFor, isConflict } = last.answer as Answered
  const outcomeAt = outcome && (last.input as Told).at
  return { ...door, outcome, visitId, level, isTold, isAccountedFor, isConflict, outcomeAt }
}

/** What waits in the outbox stands over all. */
function over(door: Door): DoorHere {
  const last = lastOf(waiting.value, door)?.input as Told | undefined
  if (!last) return { ...door, isWaiting: false }
  const { at, id } = last
  const outcome = last.outcome === 'taken_back' ? null : last.outcome
  return {
    ...door,
    outcome,
    outcomeAt: outcome && at,
    visitId: outcome && id,
    isTold: outcome === 'told',
    level: outcome === 'told' ? 'acknowledged' : door.level,
    isWaiting: true,
  }
}

const aWeek = 7 * 86_400_000

/** Doors whose day has come are not kept; the others go together on the first day that comes. */
function keptOf(doors: Door[]) {
  const endOf = (door: Door) => new Date(door.keepUntil).getTime()
  const value = doors.filter(door => endOf(door) > Date.now())
  return { value, until: value.length ? Math.min(...value.map(door => endOf(door))) : Date.now() + aWeek }
}

/** The doors of a notice, or of all notices whose doors are open. */
export function useDoors(noticeId: string | undefined) {
  const loaded = useLoaded(() => allDoors(noticeId), [noticeId], {
    stored: `doors/${noticeId ?? ''}`,
    keep: keptOf,
    every: 60_000,
  })
  // What was sent from the outbox, perhaps after the app was opened anew, stands on the server now.
  const left = waiting.value.filter(one => one.operation === 'delivery.outcome').length
  const before = useRef(left)
  useEffect(() => {
    if (left < before.current) void loaded.reload()
    before.current = left
  }, [left])
  return { ...loaded, doors: loaded.value?.map(door => over(sentOver(door, loaded.askedAt))) }
}

export interface Result {
  outcome: OutcomeName
  toWhom?: string
  toldBy?: string
}

/** Stores the result on the phone, then sends it. A door that has a result gets a correction. @returns how to undo it */
export async function tellOutcome(door: DoorHere, result: Result) {
  const id = newId()
  const input: Told = {
    doorId: door.doorId,
    id,
    outcome: result.outcome,
    at: iso(),
    version: door.version,
    ...(result.toWhom ? { toWhom: result.toWhom } : {}),
    ...(result.toldBy ? { toldBy: result.toldBy } : {}),
    ...(door.visitId && door.outcome !== 'nobody_home' ? { corrects: door.visitId } : {}),
  }
  const kept = await send(input, say('outbox', { outcome: outcomeWords(result.outcome), no: door.no }))
  return { kept, id }
}

const send = (input: Told, label: string) => keep('delivery.outcome', input, { label, isOwnId: true, isListed: true })

/** A wrong tap: what has not left the phone is simply taken back; what has is corrected. @returns what to say */
export async function undoOutcome(door: DoorHere, id: string): Promise<string> {
  const still = waiting.value.find(one => one.input['id'] === id)
  if (still) {
    await discard(still.id)
    return say('taken_back')
  }
  const input: Told = {
    doorId: door.doorId,
    id: newId(),
    outcome: 'taken_back',
    at: iso(),
    version: door.version,
    corrects: id,
  }
  await send(input, say('outbox_taken_back', { no: door.no }))
  return say('undone')
}
