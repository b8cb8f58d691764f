import * as v from 'valibot'
import { operation } from '#core/operation'
import { Cursor, Done, Id, Limit, Whole, page, UnitRef } from '#core/shapes'
import { HandOver, Qr } from '../shapes.ts'

/** What is printed: the code opens the home, the 8 digits only name it. */
const Card = v.object({
  household: Id,
  no: v.number(),
  headName: v.string(),
  /** The number of its village, printed before the digits. */
  village: v.number(),
  digits: v.string(),
  address: v.string(),
  /** The village's own page: there the digits are enough. */
  page: v.string(),
  qr: Qr,
  /** Names of the commune's accounts (Zalo, Facebook, Telegram), which the home can follow from the card's page. */
  follows: v.array(v.string()),
  madeAt: v.string(),
})
export type Card = v.InferOutput<typeof Card>

const Phone = v.object({ id: Id, name: v.string(), madeAt: v.string(), seenAt: v.string() })
const Join = v.object({ id: Id, household: Id, headName: v.string(), device: v.string(), at: v.string() })

export const cardContract = {
  homePhones: operation({
    method: 'GET',
    path: '/households/:householdId/phones',
    summary: 'Does the home have a card, and which phones open it',
    who: 'card.issue',
    at: 'householdId',
    takes: v.object({ householdId: Id }),
    gives: v.object({ cardMadeAt: v.nullable(v.string()), phones: v.array(Phone) }),
  }),
  issueCard: operation({
    method: 'POST',
    path: '/households/:householdId/card',
    summary: 'A new card for a home; the old one and every phone it let in die at once',
    who: 'card.issue',
    at: 'householdId',
    takes: v.object({ householdId: Id }),
    gives: Card,
    status: 201,
  }),
  printCards: operation({
    method: 'POST',
    path: '/units/:unit/cards',
    summary:
      'Cards of a village to print, by household number: made where a home has none, the same again where it has one',
    who: 'card.issue',
    at: 'unit',
    takes: v.object({ unit: UnitRef, after: v.optional(Whole, 0), limit: Limit }),
    gives: v.object({ items: v.array(Card), next: v.nullable(v.number()) }),
  }),
  linkPhone: operation({
    method: 'POST',
    path: '/households/:householdId/phone-link',
    summary: 'A code for the head’s screen that links the phone in front of it to this home, 15 minutes, once',
    who: 'card.issue',
    at: 'householdId',
    takes: v.object({ householdId: Id }),
    gives: HandOver,
    status: 201,
  }),
  joinRequests: operation({
    method: 'GET',
    path: '/join-requests',
    summary: 'Phones that typed a home’s 8 digits and wait for a yes',
    who: 'card.issue',
    at: 'unit',
    takes: v.object({ unit: UnitRef, cursor: Cursor, limit: Limit }),
    gives: page(Join),
  }),
  answerJoin: operation({
    method: 'POST',
    path: '/join-requests/:joinId/answer',
    summary: 'Lets the phone in, or not',
    who: 'card.issue',
    at: 'joinId',
    takes: v.object({ joinId: Id, answer: v.picklist(['yes', 'no']) }),
    gives: Done,
    problems: ['join_answered'],
  }),
}
