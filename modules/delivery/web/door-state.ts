// The list of doors as the phone keeps it: readable and writable without a network, erased on its day.
import { useEffect, useRef } from 'preact/hooks'
import type { Answer, Input } from '#core/operation'
import { api } from '#web/api.ts'
import type { Contracts } from '#web/contracts.ts'
import { newId } from '#web/id.ts'
import { useLoaded } from '#web/load.ts'
import { discard, keep, waiting, type Waiting } from '#web/outbox.ts'
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

/** What waits in the outbox stands over what the server said last. */
function over(door: Door, waits: readonly Waiting[]): DoorHere {
  const mine = waits.filter(one => one.operation === 'delivery.outcome' && one.input['doorId'] === door.doorId)
  const last = mine.at(-1)?.input as Told | undefined
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
  const waits = waiting.value
  // What was sent from the outbox, perhaps after the app was opened anew, stands on the server now.
  const left = waits.filter(one => one.operation === 'delivery.outcome').length
  const before = useRef(left)
  useEffect(() => {
    if (left < before.current) void loaded.reload()
    before.current = left
  }, [left])
  return { ...loaded, doors: loaded.value?.map(door => over(door, waits)) }
}

export interface Result {
  outcome: OutcomeName
  toWhom?: string
  toldBy?: string
}

/** Stores the result on the phone, then sends it. A door that has a result gets a correction. @returns how to undo it */
export async function tellOutcome(door: DoorHere, result: Result, done: (state: Partial<Door>) => void) {
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
  const kept = await send(input, say('outbox', { outcome: outcomeWords(result.outcome), no: door.no }), done)
  return { kept, id }
}

async function send(input: Told, label: string, done: (state: Partial<Door>) => void) {
  const kept = await keep('delivery.outcome', input, { label, isOwnId: true })
  if (kept.state === 'sent') {
    const { outcome, visitId, level, isTold, isAccountedFor, isConflict } = kept.answer
    done({ outcome, visitId, level, isTold, isAccountedFor, isConflict, outcomeAt: outcome && input.at })
  }
  return kept
}

/** A wrong tap: what has not left the phone is simply taken back; what has is corrected. @returns what to say */
export async function undoOutcome(door: DoorHere, id: string, done: (state: Partial<Door>) => void): Promise<string> {
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
  await send(input, say('outbox_taken_back', { no: door.no }), done)
  return say('undone')
}
