import { operation } from '#core/operation'
import { Cursor, Flag, Id, Limit, Ordinal, page, text, UnitRef } from '#core/shapes'
import * as v from 'valibot'
import { countsContract } from './contract-counts.ts'
import { peopleContract } from './contract-people.ts'
import { ownContract } from './contract-own.ts'
import { importContract } from './contract-import.ts'
import { removalsContract } from './contract-removals.ts'
import { Home, HomeFields, HomeLine, PersonFields } from './shapes.ts'

export * from './contract-import.ts'
export * from './contract-own.ts'
export * from './contract-people.ts'
export * from './contract-removals.ts'
export * from './shapes.ts'
export * from './words-of-homes.ts'

const version = Ordinal

const homesContract = {
  list: operation({
    method: 'GET',
    path: '/households',
    summary: 'Homes of a unit by given name, phones masked; the look is noted for each home',
    who: 'people.see',
    at: 'unit',
    takes: v.object({
      /** Without one: the caller's own. */
      unit: v.optional(UnitRef),
      /** Part of a name, an alley or a number of the register, with or without marks; a whole phone number. */
      q: v.optional(text(100)),
      /** Homes that left, too. */
      closed: v.optional(Flag),
      cursor: Cursor,
      limit: Limit,
    }),
    gives: page(HomeLine),
    problems: ['unit_unknown', 'unit_needed'],
  }),
  get: operation({
    method: 'GET',
    path: '/households/:householdId',
    summary: 'One home with its people, contacts, consents and what happened to it; the look is noted',
    who: 'people.see',
    at: 'householdId',
    takes: v.object({ householdId: Id }),
    gives: Home,
  }),
  add: operation({
    method: 'POST',
    path: '/households',
    summary: 'Adds a home with its head',
    who: 'people.edit',
    at: 'unit',
    takes: v.object({ unit: UnitRef, ...v.partial(HomeFields).entries, head: PersonFields }),
    gives: Home,
    problems: ['unit_unknown', 'village_needed', 'household_number_taken'],
    status: 201,
  }),
  change: operation({
    method: 'PATCH',
    path: '/households/:householdId',
    summary: 'Corrects what is known of a home; of two editors the second gets both versions',
    who: 'people.edit',
    at: 'householdId',
    takes: v.object({ householdId: Id, version, ...v.partial(HomeFields).entries }),
    gives: Home,
    problems: ['version_conflict', 'household_closed', 'household_number_taken'],
  }),
}

export const contract = {
  ...countsContract,
  ...homesContract,
  ...importContract,
  ...peopleContract,
  ...ownContract,
  ...removalsContract,
}
