// What was done without a network is kept on the phone and sent once, in order, when a network is there.
// It belongs to the person who did it, survives sign-out, and is erased only after the server's yes.
import { batch, signal } from '@preact/signals'
import type { Answer, Contract, Input } from '#core/operation'
import { call, type Refusal } from './api.ts'
import type { Contracts } from './contracts.ts'
import { newId } from './id.ts'
import { holder, me } from './me.ts'
import { iso } from './time.ts'

type NameIn<M> = M extends keyof Contracts ? `${M & string}.${keyof Contracts[M] & string}` : never
/** `delivery.visit`: module and operation. */
export type OperationName = NameIn<keyof Contracts>
type Named<N> = N extends `${infer M}.${infer O}`
  ? M extends keyof Contracts
    ? O extends keyof Contracts[M]
      ? Contracts[M] extends Contract
        ? Contracts[M][O]
        : never
      : never
    : never
  : never

export interface Waiting {
  /** The Idempotency-Key too. */
  id: string
  /** Whose it is: `me.id`. */
  owner: string
  /** As whom it was done; once sent it is forgotten with that post. */
  holder: string
  operation: string
  input: Record<string, unknown>
  /** What the list of waiting things says: `Đã nói tận nơi, nhà số 12`. No names of people. */
  label: string
  /** When it was done, ISO. */
  at: string
  isOwnId: boolean
  isListed?: boolean
  /** The server's clear no, in the reader's language: the person decides what becomes of it. */
  refusal?: string
}

/** The server has it. It still stands over lists that the phone asked for before; it goes with them. */
export interface Sent extends Waiting {
  /** Milliseconds since 1970. */
  sentAt: number
  answer: unknown
}

export interface HowKept {
  /** What the list of waiting things calls it; no names of people. */
  label: string
  /** The input carries an id of its own and is idempotent by it; it then goes with `now`, the phone's clock at sending. */
  isOwnId?: boolean
  /** It changes a list of which the phone keeps a copy: once sent it stays as `sent`. */
  isListed?: boolean
}

export type Kept<A> = { state: 'sent'; answer: A } | { state: 'waiting' } | { state: 'refused'; refusal: Refusal }

/** This person's things that wait, oldest first. */
export const waiting = signal<readonly Waiting[]>([])
/** What this person has sent from this phone lately, oldest first. */
export const sent = signal<readonly Sent[]>([])
export const isOnline = signal(typeof navigator === 'undefined' || navigator.onLine)

const store = async () => {
  const { database, outboxStore } = await import('./stored.ts')
  return { db: await database(), name: outboxStore }
}

const isSent = (one: Waiting | Sent): one is Sent => 'sentAt' in one

/**
 * A press stands here from its first moment on: the store comes in a file of its own, which the network may not have brought before
 * it went. As soon as the store has it, it goes from here.
 */
const noteKey = 'loa.kept.'
function note(one: Waiting) {
  try {
    localStorage.setItem(noteKey + one.id, JSON.stringify(one))
    return true
  } catch {
    return false
  }
}
const unnote = (id: string) => localStorage.removeItem(noteKey + id)
const noted = () =>
  Object.keys(localStorage)
    .filter(key => key.startsWith(noteKey))
    .map(key => JSON.parse(localStorage.getItem(key)!) as Waiting)

async function stored(): Promise<(Waiting | Sent)[]> {
  const { db, name } = await store()
  return (await db.getAll(name)) as (Waiting | Sent)[]
}

async function mine(): Promise<(Waiting | Sent)[]> {
  const notes = noted()
  const rows = await stored().catch(() => [])
  const known = new Set(rows.map(one => one.id))
  const all = [...rows, ...notes.filter(one => !known.has(one.id))]
  return all.filter(one => one.owner === me.value?.id).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** Reads again what waits and what was sent: at the start, and after somebody else signed in. */
async function countWaiting() {
  const all = await mine()
  batch(() => {
    waiting.value = all.filter(one => !isSent(one))
    sent.value = all.filter(one => isSent(one))
  })
}

/** What is a person's own is not refused because he acts for a home in another window: it waits until he is himself again. */
const isClearNo = ({ status, code }: Refusal) =>
  status >= 400 && status < 500 && ![401, 408, 409, 425, 429].includes(status) && code !== 'not_for_helper'
const isKeyInUse = (refusal: Refusal) => refusal.code === 'key_in_use'

async function sendOne(one: Waiting): Promise<unknown> {
  const [module, verb] = one.operation.split('.') as [string, string]
  const input = one.isOwnId ? { ...one.input, now: iso() } : one.input
  return call(module, verb, input, one.isOwnId ? {} : { once: one.id })
}

async function put(one: Waiting | Sent) {
  const isNoted = !isSent(one) && note(one)
  try {
    const { db, name } = await store()
    await db.put(name, one)
  } catch (error) {
    if (isNoted) return
    if (!isSent(one)) throw error
  }
  unnote(one.id)
}

async function erase(id: string) {
  unnote(id)
  const { db, name } = await store()
  await db.delete(name, id)
}

async function tryOne(one: Waiting): Promise<Kept<unknown>> {
  try {
    const answer = await sendOne(one)
    const done = one.isListed ? put({ ...one, answer, sentAt: Date.now() }) : erase(one.id)
    await done.catch(() => {})
    return { state: 'sent', answer }
  } catch (error) {
    const refusal = error as Refusal
    if (refusal.status === 0) isOnline.value = false
    if (!(isClearNo(refusal) || (refusal.status === 409 && !isKeyInUse(refusal)))) return { state: 'waiting' }
    await put({ ...one, refusal: refusal.message })
    return { state: 'refused', refusal }
  }
}

let running: Promise<void> | undefined
const answers = new Map<string, Kept<unknown>>()

async function sendAll() {
  for (const one of await mine()) {
    if (one.refusal || isSent(one)) continue
    const kept = await tryOne(one)
    answers.set(one.id, kept)
    await countWaiting()
    if (kept.state === 'waiting') return
  }
}

/** Sends what waits, one after the other; two tabs do not send the same thing twice, since the key is the same. */
function replay(): Promise<void> {
  running ??= sendAll().finally(() => (running = undefined))
  return running
}

/**
 * Stores an operation on the phone, then sends it. `await` it to know what became of it; a screen may go on at once:
 * from the first line on it is safe.
 */
export async function keep<N extends OperationName>(
  operation: N,
  input: Input<Named<N>>,
  { label, isOwnId = false, isListed = false }: HowKept,
): Promise<Kept<Answer<Named<N>>>> {
  const one: Waiting = {
    id: newId(),
    owner: me.value?.id ?? 'anyone',
    holder: holder(),
    operation,
    input,
    label,
    at: iso(),
    isOwnId,
    isListed,
  }
  await put(one)
  await countWaiting()
  await running
  await replay()
  const kept = answers.get(one.id) ?? { state: 'waiting' }
  answers.delete(one.id)
  return kept as Kept<Answer<Named<N>>>
}

/** The person gives up a thing that the server refused. */
export async function discard(id: string) {
  await erase(id)
  await countWaiting()
}

/** A refused thing is tried once more. */
export async function tryAgain(id: string) {
  const { refusal: _, ...one } = (await mine()).find(kept => kept.id === id) as Waiting
  await put(one)
  await countWaiting()
  await replay()
}

/** Watches the network and the screen: whenever there is hope, what waits is sent. */
export function watchNetwork() {
  const hope = () => {
    isOnline.value = navigator.onLine
    if (navigator.onLine && waiting.value.length) void replay()
  }
  addEventListener('online', hope)
  addEventListener('offline', hope)
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) hope()
  })
  setInterval(hope, 30_000)
  void countWaiting().then(hope, () => {})
}
