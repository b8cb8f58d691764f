// Which shape an address answers with, read from the contracts: `GET groups/…/members` is `groups.members`.
import type { Answer } from '#core/operation'
import type { Contracts } from '#web/contracts.ts'

type Every = { [M in keyof Contracts]: Contracts[M][keyof Contracts[M]] }[keyof Contracts]

type WithoutQuery<P extends string> = P extends `${infer Before}?${string}` ? Before : P

/** Do the parts of an address fit those of an operation's path? A `:name` fits whatever stands there. */
type Fits<P extends string, Known extends string> = P extends `${infer A}/${infer Rest}`
  ? Known extends `${infer K}/${infer KnownRest}`
    ? FitsPart<A, K> extends true
      ? Fits<Rest, KnownRest>
      : false
    : false
  : Known extends `${string}/${string}`
    ? false
    : FitsPart<P, Known>

type FitsPart<A extends string, K extends string> = K extends `:${string}` ? true : A extends K ? true : false

/** An address written out whole goes before a `:name`: `households/counts` is not a household. */
type Exact<M extends string, P extends string, O = Every> = O extends { method: M; path: infer Known }
  ? `/${P}` extends Known
    ? O
    : never
  : never

type Fitting<M extends string, P extends string, O = Every> = O extends { method: M; path: `/${infer Known}` }
  ? Fits<P, Known> extends true
    ? O
    : never
  : never

type Found<M extends string, P extends string> = [Exact<M, P>] extends [never] ? Fitting<M, P> : Exact<M, P>

/** The answer of the operation at this method and address; `unknown` where no contract knows it. */
export type AnswerAt<M extends string, P extends string> = string extends P
  ? unknown
  : P extends string // each address of a union by itself
    ? [Found<M, WithoutQuery<P>>] extends [never]
      ? unknown
      : Answer<Found<M, WithoutQuery<P>>>
    : never

/** What every refusal says. */
export interface Refused {
  code: string
  message: string
  fields?: Record<string, string[]>
  help?: string
}
