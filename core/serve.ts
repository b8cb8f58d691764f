// Mounts a contract: who asks, may they, is it right, once only; then one transaction.
import { Hono, type Context, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import * as v from 'valibot'
import type { Caller } from './caller.ts'
import { inTransaction, type Db, type Tx } from './db.ts'
import type { App, Place, PlaceOf } from './module.ts'
import { fieldsOf } from './fields.ts'
import { readForm } from './form.ts'
import { once } from './once.ts'
import type { Contract, Operation, Output, Parsed } from './operation.ts'
import { Problem, tooLarge } from './problem.ts'
import { mustBeWritable } from './writable.ts'

/** What an answer is given beside its input. For a write `db` is the operation's transaction. */
export interface Call<D extends Db = Db> {
  app: App
  db: D
  caller: Caller
  request: Request
  /** Headers and cookies of the answer; a status other than the contract's. */
  c: Context
}
type CallOf<O> = O extends { method: 'GET' } | { transaction: false } ? Call : Call<Tx>
export type Answers<C extends Contract> = {
  [K in keyof C]: (
    input: Parsed<C[K]>,
    call: CallOf<C[K]>,
  ) => Promise<Output<C[K]> | Response> | Output<C[K]> | Response
}

/** Supplied by the part that knows people's posts. */
export interface Gate {
  callerOf: (app: App, c: Context) => Promise<Caller>
  /** May the caller use `permission` at this place? Without a place: anywhere at all? */
  may: (app: App, caller: Caller, permission: string, place?: Place) => Promise<boolean>
  places: Record<string, PlaceOf>
}

async function rawInput(c: Context, op: Operation): Promise<Record<string, unknown>> {
  const asked = { ...c.req.query(), ...c.req.param() }
  if (op.method === 'GET' || op.method === 'DELETE') return asked
  if (op.files) return { ...(await readForm(c, true)), ...asked }
  const text = await c.req.text()
  if (!text.trim()) return asked
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    throw new Problem('not_json')
  }
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new Problem('not_json')
  return { ...body, ...c.req.param() }
}

/** @throws Problem sign_in_needed, not_allowed, not_for_helper or not_found */
async function mustBeAllowed(app: App, gate: Gate, op: Operation, input: Record<string, unknown>, caller: Caller) {
  if (op.who === 'anyone') return
  if (caller.helper && !op.assisted) throw new Problem('not_for_helper')
  if (caller.kind === 'anyone') throw new Problem('sign_in_needed')
  if (op.who === 'signed_in') return
  if (!op.at || input[op.at] === undefined) {
    if (!(await gate.may(app, caller, op.who))) throw new Problem('not_allowed', { needs: op.who })
    return
  }
  if (!(await gate.may(app, caller, op.who))) throw new Problem('not_allowed', { needs: op.who })
  const places = await gate.places[op.at]!(app, input[op.at], input, caller)
  if (!places) throw new Problem('not_found')
  for (const place of places)
    if (!(await gate.may(app, caller, op.who, place))) throw new Problem('not_allowed', { needs: op.who })
}

function parsed(op: Operation, input: Record<string, unknown>): unknown {
  const result = v.safeParse(op.takes, input)
  if (result.success) return result.output
  throw new Problem('invalid_input', { fields: fieldsOf(result.issues) })
}

/** A body that tells its size is not opened for it: that alone would make a web stream of every request. */
function limited(most: number): MiddlewareHandler {
  const refuse = () => {
    throw tooLarge(most)
  }
  const counted = bodyLimit({ maxSize: most, onError: refuse })
  return (c, next) => {
    const size = c.req.header('transfer-encoding') === undefined ? c.req.header('content-length') : undefined
    if (size === undefined) return counted(c, next)
    return Number(size) > most ? refuse() : next()
  }
}

type AnyAnswer = (input: unknown, call: Call) => unknown

async function write(name: string, op: Operation, answer: AnyAnswer, input: unknown, call: Call, raw: object) {
  if (op.transaction === false) return answer(input, call)
  return inTransaction(call.app.sql, tx =>
    once(call, tx, name, raw, () => Promise.resolve(answer(input, { ...call, db: tx }))),
  )
}

/** The routes of one module's contract. @param answers one an operation; a missing one fails at the start, not at a call */
export function serve(name: string, contract: Contract, answers: Record<string, unknown>, app: App, gate: Gate) {
  const hono = new Hono()
  for (const [verb, op] of Object.entries(contract)) {
    const answer = answers[verb] as AnyAnswer | undefined
    if (!answer) throw new Error(`${name}.${verb} has no answer`)
    if (op.at && !gate.places[op.at]) throw new Error(`${name}.${verb}: nobody knows the place of ${op.at}`)
    if (op.method !== 'GET') hono.on(op.method, [op.path], limited(op.maxBytes ?? 1_048_576))
    hono.on(op.method, [op.path], async (c: Context) => {
      const caller = await gate.callerOf(app, c)
      if (op.limit) app.limits.spend(`${name}.${verb}/${caller.key}`, op.limit)
      const raw = await rawInput(c, op)
      mustBeWritable(raw)
      await mustBeAllowed(app, gate, op, raw, caller)
      const input = parsed(op, raw)
      const call: Call = { app, db: app.sql, caller, request: c.req.raw, c }
      // Set first, so that an answer may choose another.
      c.status(op.status ?? 200)
      const given =
        op.method === 'GET' ? await answer(input, call) : await write(`${name}.${verb}`, op, answer, input, call, raw)
      return given instanceof Response ? given : c.json(given as object)
    })
  }
  return hono
}
