// "Nhà tôi": what is stored of a home, on what basis, who looked; what the home asks for, and the clock of the law over it.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Flag, Id, Limit, line, page, text, UnitRef } from '#core/shapes'
import { Consent } from './contract-people.ts'
import { HomeEvent, HomeFields, HomeReader, Person } from './shapes.ts'
import { contactKinds, requestKinds } from './words-of-homes.ts'

export const DataRequest = v.object({
  id: Id,
  kind: v.picklist(requestKinds),
  words: v.string(),
  at: v.string(),
  /** The law's clock: by then an answer must be given. */
  answerBy: v.string(),
  isLate: v.boolean(),
  answeredAt: v.nullable(v.string()),
  answer: v.nullable(v.string()),
})
export type DataRequest = v.InferOutput<typeof DataRequest>

export const OwnHome = v.object({
  ...HomeFields.entries,
  id: Id,
  no: v.number(),
  unitName: v.string(),
  headName: v.string(),
  people: v.array(Person),
  readers: v.array(HomeReader),
  contacts: v.array(v.object({ id: Id, kind: v.picklist(contactKinds), value: v.string(), addedAt: v.string() })),
  consents: v.array(Consent),
  /** Nothing optional is sent to what bears no name in the home, its phones among them. */
  isOptionalStopped: v.boolean(),
  events: v.array(HomeEvent),
  /** Who looked, by office: the newest first, one line for each office, way and day. */
  looks: v.array(
    v.object({
      day: v.string(),
      what: v.string(),
      role: v.nullable(v.string()),
      unitName: v.nullable(v.string()),
      times: v.number(),
    }),
  ),
  requests: v.array(DataRequest),
  /** The rule that the clock follows, and where it stands. */
  clock: v.object({ workingDays: v.number(), source: v.nullable(v.string()) }),
})
export type OwnHome = v.InferOutput<typeof OwnHome>

export const ownContract = {
  myHome: operation({
    method: 'GET',
    path: '/home',
    summary: 'What is stored of the own home, on what basis, who looked, what was asked for',
    who: 'home.own',
    assisted: true,
    takes: v.object({}),
    gives: OwnHome,
  }),
  myCopy: operation({
    method: 'GET',
    path: '/home/copy',
    summary: 'The same as a file to keep',
    who: 'home.own',
    takes: v.object({}),
    gives: v.any(),
    media: 'application/json',
    limit: { calls: 10, seconds: 3600 },
  }),
  endReader: operation({
    method: 'DELETE',
    path: '/home/readers/:personId',
    summary: 'Somebody no longer reads for this home, or of this home for another; a repeat finds nobody',
    who: 'home.own',
    takes: v.object({ personId: Id }),
    gives: OwnHome,
    problems: ['not_found'],
  }),
  linkCode: operation({
    method: 'POST',
    path: '/home/link-codes',
    summary:
      'A code to send to the commune’s Zalo, Facebook or Telegram account, which from then on tells this home; it works once and not for long',
    who: 'home.own',
    takes: v.object({}),
    gives: v.object({ code: v.string(), endsAt: v.string() }),
    status: 201,
    limit: { calls: 10, seconds: 3600 },
  }),
  endLink: operation({
    method: 'DELETE',
    path: '/home/links/:contactId',
    summary: 'Nothing more is sent to this Zalo, Facebook or Telegram account for the home',
    who: 'home.own',
    takes: v.object({ contactId: Id }),
    gives: OwnHome,
    problems: ['not_found'],
  }),
  request: operation({
    method: 'POST',
    path: '/home/requests',
    summary: 'Asks to correct, to copy, to erase, or to stop optional topics (these stop at once)',
    who: 'home.own',
    assisted: true,
    takes: v.object({ kind: v.picklist(requestKinds), words: v.optional(text(1000), '') }),
    gives: DataRequest,
    problems: ['request_words_needed', 'not_for_helper'],
    status: 201,
    limit: { calls: 10, seconds: 3600 },
  }),
  hearAgain: operation({
    method: 'POST',
    path: '/home/optional-topics',
    summary: 'The home gets optional topics again; what one of its people stopped for himself stays stopped',
    who: 'home.own',
    takes: v.object({}),
    gives: OwnHome,
  }),
  requests: operation({
    method: 'GET',
    path: '/data-requests',
    summary: 'What homes asked for of their data, the most urgent first',
    who: 'people.answer',
    at: 'unit',
    takes: v.object({ unit: v.optional(UnitRef), open: v.optional(Flag, 'true'), cursor: Cursor, limit: Limit }),
    gives: page(v.object({ ...DataRequest.entries, householdId: Id, headName: v.string(), unitName: v.string() })),
    problems: ['unit_unknown', 'unit_needed'],
  }),
  answerRequest: operation({
    method: 'POST',
    path: '/data-requests/:requestId/answer',
    summary: 'Answers a request; the home reads it',
    who: 'people.answer',
    at: 'requestId',
    takes: v.object({ requestId: Id, answer: line(1000) }),
    gives: DataRequest,
    problems: ['request_answered'],
  }),
}
