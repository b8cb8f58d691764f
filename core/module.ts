import type { Hono } from 'hono'
import type { GenericSchema } from 'valibot'
import type { Caller } from './caller.ts'
import type { Config } from './config.ts'
import type { Db, Sql } from './db.ts'
import type { Events, Listener } from './events.ts'
import type { Jobs } from './jobs.ts'
import type { Limits } from './limits.ts'
import type { Log } from './log.ts'
import type { Contract } from './operation.ts'
import type { Keys } from './secrets.ts'
import type { Words } from './words.ts'

/** What every part of a running process shares. */
export interface App {
  config: Config
  sql: Sql
  keys: Keys
  log: Log
  jobs: Jobs
  events: Events
  limits: Limits
  /** Listens to a PostgreSQL channel, through one connection a process. */
  listen: (channel: string, heard: (payload: string) => void) => Promise<() => Promise<void>>
}

/** Where a thing stands, for the question "may this caller act on it?". */
export interface Place {
  tenant: number
  /** The path of its unit: a post reaches what its own unit's path is a prefix of. */
  path?: string | undefined
  group?: string | undefined
  /** What is written here goes to post-holders, not to homes. */
  isPosts?: boolean | undefined
  household?: string | undefined
  /** It was named by a card that only it has. */
  isByCard?: boolean | undefined
  /** Accounts that this thing was given to. */
  assigned?: readonly string[] | undefined
  /** The post that wrote it. */
  author?: string | undefined
}

/** Finds the places of what an input names; undefined means "there is no such thing". */
export type PlaceOf = (
  app: App,
  value: unknown,
  input: Record<string, unknown>,
  caller: Caller,
) => Promise<Place[] | undefined>

export interface Module {
  name: string
  contract?: Contract
  /** Implementations, one an operation of the contract. */
  answers?: Record<string, (input: never, call: never) => unknown>
  /** Keys are names of inputs: `unit`, `householdId`, `noticeId`. */
  places?: Record<string, PlaceOf>
  /** Work that a job wakes: name → what to do with its data. */
  jobs?: Record<string, (app: App, data: never) => Promise<void>>
  /** Work that a worker repeats: looks into our own tables for what is due. */
  ticks?: { name: string; ms: number; run: (app: App) => Promise<void> }[]
  /** Work that every process, web or worker, repeats or starts once; returns its stop. */
  start?: (app: App) => Promise<() => Promise<void>>
  listeners?: Record<string, Listener>
  /** Pages without JavaScript, mounted at the root. */
  pages?: (app: App) => Hono
  problems?: Readonly<Record<string, number>>
  words?: { vi: Words; en: Words }
  /** Fills tables that the product ships; runs after the migrations, must be idempotent. */
  seed?: (db: Db) => Promise<void>
  /** Kinds of rule packs that a commune may set for itself: kind → the shape of its body. */
  packs?: Readonly<Record<string, GenericSchema>>
  /** Sets its gauges: asked whenever somebody reads /metrics, so nothing large is counted. */
  measure?: (app: App) => Promise<void> | void
  /** A sentence for /readyz when something is missing. */
  ready?: (app: App) => Promise<string | undefined>
}
