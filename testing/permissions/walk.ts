// Asks every operation as every role at every place, through the real HTTP stack, and notes who was let in.
import { randomBytes } from 'node:crypto'
import { iso, now } from '#core/clock'
import { compose } from '#core/compose'
import { newId } from '#core/ids'
import type { Module } from '#core/module'
import type { Operation } from '#core/operation'
import { Problem } from '#core/problem'
import { keysFrom } from '#core/secrets'
import { callerOf, may } from '#access'
import type { TestApp } from '#testing/app'
import type { Actor, Position, Spot, World } from './world.ts'

/** Was the caller let in? `anywhere` for what stands in no place. */
export type Measured = Partial<Record<Position | 'anywhere', boolean>>
export interface Line {
  /** `GET /households/:householdId`. */
  operation: string
  who: string
  /** The input whose place was varied, and whether the contract says that it decides. */
  subject: string | undefined
  isPlaced: boolean
  roles: Record<string, Measured>
  /** Let in without signing in. */
  isOpen: boolean
  /** Answers of 500, which no input may cause. */
  broken: string[]
}

export interface Op {
  module: string
  op: Operation
}

const nameOf = ({ op }: Op) => `${op.method} ${op.path}`
export const operationsOf = (modules: readonly Module[]): Op[] =>
  modules.flatMap(module => Object.values(module.contract ?? {}).map(op => ({ module: module.name, op })))

const visit = () => ({ id: newId(), outcome: 'told', at: iso(now()), now: iso(now()) })
/** Bodies for operations that the answer itself decides upon: without one they would end at the shapes. */
const bodies: Record<string, () => object> = { 'POST /doors/:doorId/outcome': visit }

type Answer = (input: never, call: never) => unknown

/** Did the last question come as far as an answer? They are asked one after the other. */
const last = { isAnswered: false }

/** A write runs to its end and is then undone, so that the world stays as it was made. */
const watched = (real: Answer, isRead: boolean): Answer =>
  (async (input, call) => {
    last.isAnswered = true
    const given = await real(input, call)
    if (isRead) return given
    throw new Problem('matrix_ran')
  }) satisfies Answer

const withWatch = (module: Module): Module => ({
  ...module,
  answers: Object.fromEntries(
    Object.entries(module.answers ?? {}).map(([verb, answer]) => [
      verb,
      watched(answer, module.contract?.[verb]?.method === 'GET'),
    ]),
  ),
})

const matrix: Module = { name: 'matrix', problems: { matrix_ran: 418 } }

/** The product with other contracts perhaps, on the database of the world. */
const served = (loa: TestApp, modules: readonly Module[]) =>
  compose({ ...loa.app.config }, loa.app.sql, keysFrom(randomBytes(32)), [...modules.map(withWatch), matrix], {
    callerOf,
    may,
  }).hono

const paramsOf = (op: Operation) => [...op.path.matchAll(/:(\w+)/g)].map(found => found[1]!)

/** Every name that some spot of the world knows. */
export const namesOf = (world: World) =>
  new Set(world.actors.flatMap(one => Object.values(one.spots).flatMap(Object.keys)))

export function subjectOf(op: Operation, names: ReadonlySet<string>): string | undefined {
  if (op.at && !names.has(op.at))
    throw new Error(
      `${op.method} ${op.path} stands at “${op.at}”, and the matrix knows no such thing. Give it one for own, child, parent and other in testing/permissions/world.ts.`,
    )
  return op.at ?? paramsOf(op).find(name => names.has(name))
}

export function requestOf(op: Operation, subject: string | undefined, spot: Spot, madeUp: string) {
  const textOf = (name: string) => encodeURIComponent((spot[name] as string | undefined) ?? madeUp)
  const path = `/api/v1${op.path.replace(/:(\w+)/g, (_, name: string) => textOf(name))}`
  const asked = subject && !paramsOf(op).includes(subject) ? subject : undefined
  if (op.method === 'GET' || op.method === 'DELETE')
    return { url: asked ? `${path}?${asked}=${textOf(asked)}` : path, body: null }
  const body = { ...bodies[`${op.method} ${op.path}`]?.(), ...(asked && { [asked]: spot[asked] }) }
  if (!op.files) return { url: path, body: JSON.stringify(body) }
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) form.append(name, String(value))
  return { url: path, body: form }
}

type Hono = ReturnType<typeof served>

async function ask(
  hono: Hono,
  op: Operation,
  token: string | undefined,
  subject: string | undefined,
  spot: Spot,
  madeUp: string,
) {
  const { url, body } = requestOf(op, subject, spot, madeUp)
  last.isAnswered = false
  const answer = await hono.request(url, {
    method: op.method,
    body,
    headers: {
      ...(typeof body === 'string' && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
    },
  })
  const isStream = answer.headers.get('content-type')?.startsWith('text/event-stream')
  const said = isStream ? '' : await answer.text()
  if (isStream) await answer.body?.cancel()
  return { status: answer.status, said }
}

/** The gate stands before validation and answer: whoever is stopped by neither was let in. */
function isLetIn(op: Operation, status: number): boolean {
  if (status === 401 || status === 403) return false
  // A place that is not the caller's is "not found"; an answer that was asked and missed something let him in all the same.
  return status !== 404 || (Boolean(op.at) && last.isAnswered)
}

async function ofActor(hono: Hono, one: Op, actor: Actor, subject: string | undefined, madeUp: string, line: Line) {
  const measured: Measured = {}
  const at: [Position | 'anywhere', Spot][] = subject
    ? (Object.entries(actor.spots) as [Position, Spot][]).filter(([, spot]) => spot[subject] !== undefined)
    : [['anywhere', {}]]
  for (const [position, spot] of at) {
    const { status, said } = await ask(hono, one.op, actor.token, subject, spot, madeUp)
    measured[position] = isLetIn(one.op, status)
    if (status >= 500) line.broken.push(`${actor.role} at ${position}: ${said.slice(0, 200)}`)
  }
  return measured
}

const anySpot = (world: World, subject: string | undefined) =>
  world.actors.flatMap(one => Object.values(one.spots)).find(spot => !subject || spot[subject] !== undefined) ?? {}

/** @param only operations to ask; all unless told */
export async function walk(
  loa: TestApp,
  world: World,
  modules: readonly Module[],
  only: (operation: string) => boolean = () => true,
): Promise<Line[]> {
  const hono = served(loa, modules)
  const names = namesOf(world)
  const lines: Line[] = []
  for (const one of operationsOf(modules).filter(found => only(nameOf(found)))) {
    const subject = subjectOf(one.op, names)
    const line: Line = {
      operation: nameOf(one),
      who: one.op.who,
      subject,
      isPlaced: Boolean(one.op.at),
      roles: {},
      isOpen: false,
      broken: [],
    }
    for (const actor of world.actors)
      line.roles[actor.role] = await ofActor(hono, one, actor, subject, world.madeUp, line)
    const unsigned = await ask(hono, one.op, undefined, subject, anySpot(world, subject), world.madeUp)
    line.isOpen = unsigned.status !== 401
    lines.push(line)
  }
  return lines
}
