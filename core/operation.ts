// One operation of the API, declared once: the server mounts it, the client calls it, the phone's outbox stores it, OpenAPI lists it.
import type * as v from 'valibot'

export type Schema = v.GenericSchema<unknown, unknown>
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Operation<In extends Schema = Schema, Out extends Schema = Schema> {
  method: Method
  /** Hono's form, each parameter named for its thing: `/notices/:noticeId`. */
  path: string
  summary: string
  /** The permission that the caller must hold, `signed_in` or `anyone`. */
  who: string
  /** The input whose place decides: the name of a resolver. Absent: the permission alone decides, on the caller's own place. */
  at?: string
  /** What somebody who acts for a home may do there too, with its spoken consent. Absent: only the home itself. */
  assisted?: true
  takes: In
  gives: Out
  /** Codes it may answer with, beside those every operation may. */
  problems?: readonly string[]
  /** 201 for what makes a thing. */
  status?: 200 | 201 | 202
  /** A write runs in one transaction with its Idempotency-Key unless it says false: it is then idempotent by its own ids. */
  transaction?: false
  /** Fields that are files: the body is multipart then. */
  files?: readonly string[]
  /** Bytes of body accepted; 1 MiB unless told. */
  maxBytes?: number
  /** Answers with this media type instead of JSON. */
  media?: string
  /** Calls in a stretch of seconds, per caller. */
  limit?: { calls: number; seconds: number }
}
export type Contract = Record<string, Operation>

/** Keeps method and path as written: a typed caller finds the answer's shape by them. */
export const operation = <In extends Schema, Out extends Schema, const M extends Method, const P extends string>(
  o: Operation<In, Out> & { method: M; path: P },
) => o

export type Input<O> = O extends Operation<infer In> ? v.InferInput<In> : never
export type Parsed<O> = O extends Operation<infer In> ? v.InferOutput<In> : never
export type Output<O> = O extends Operation<Schema, infer Out> ? v.InferInput<Out> : never
export type Answer<O> = O extends Operation<Schema, infer Out> ? v.InferOutput<Out> : never
