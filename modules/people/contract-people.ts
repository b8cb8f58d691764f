// People of a home, how they are reached and on what basis, and what happens in a home's life.
import * as v from 'valibot'
import { operation } from '#core/operation'
import { Day, Id, line, Ordinal, text, UnitRef } from '#core/shapes'
import { Home, HomeLine, PersonFields } from './shapes.ts'
import { contactKinds } from './words-of-homes.ts'

/** For what a contact may be used; each is asked for by itself. */
export const purposes = ['village_notices', 'optional_topics', 'voice_recording', 'helper_acts'] as const
/** Why it may be: the person's yes, an agency's lawful duty, a danger to life or health, a disaster. */
export const bases = ['consent', 'agency_duty', 'emergency', 'disaster'] as const
/** How it was said. Silence is no yes. */
export const ways = ['spoken', 'paper', 'app', 'typed', 'import'] as const

export const Consent = v.object({
  personId: v.nullable(Id),
  contactId: v.nullable(Id),
  purpose: v.string(),
  basis: v.string(),
  said: v.picklist(['yes', 'no', 'stop']),
  how: v.string(),
  /** The words that were asked. */
  wording: v.string(),
  at: v.string(),
})
export type Consent = v.InferOutput<typeof Consent>

const version = Ordinal
const home = { householdId: Id }
const person = { personId: Id }
const edit = { who: 'people.edit' } as const
const Basis = {
  basis: v.picklist(bases),
  how: v.picklist(ways),
  wording: v.optional(text(500), ''),
}

export const peopleContract = {
  addPerson: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/persons',
    summary: 'Adds a person to a home',
    at: 'householdId',
    takes: v.object({ ...home, ...PersonFields.entries }),
    gives: Home,
    problems: ['household_closed'],
    status: 201,
  }),
  changePerson: operation({
    ...edit,
    method: 'PATCH',
    path: '/persons/:personId',
    summary: 'Corrects a person; names for whose home this person reads; temporary absence',
    at: 'personId',
    takes: v.object({
      ...person,
      version,
      ...v.partial(PersonFields).entries,
      readsFor: v.optional(v.nullable(Id)),
      absentUntil: v.optional(v.nullable(Day)),
    }),
    gives: Home,
    problems: ['reader_too_young', 'reader_own_home', 'version_conflict', 'household_closed'],
  }),
  makeHead: operation({
    ...edit,
    method: 'POST',
    path: '/persons/:personId/head',
    summary: 'Makes a person the head of the home',
    at: 'personId',
    takes: v.object(person),
    gives: Home,
    problems: ['household_closed', 'person_gone'],
  }),
  recordDeath: operation({
    ...edit,
    method: 'POST',
    path: '/persons/:personId/death',
    summary: 'A person died: contacts stop; the home stays if anybody lives there',
    at: 'personId',
    takes: v.object({ ...person, on: Day, newHead: v.optional(Id) }),
    gives: Home,
    problems: ['household_closed', 'person_gone', 'head_needed', 'day_ahead'],
  }),
  personLeft: operation({
    ...edit,
    method: 'POST',
    path: '/persons/:personId/departure',
    summary: 'A person moved out of the home',
    at: 'personId',
    takes: v.object({ ...person, newHead: v.optional(Id) }),
    gives: Home,
    problems: ['household_closed', 'person_gone', 'head_needed'],
  }),
  erasePerson: operation({
    ...edit,
    who: 'people.answer',
    method: 'POST',
    path: '/persons/:personId/erase',
    summary: 'Forgets what is stored of a person who left or died, or who asked for it; the trail stays whole',
    at: 'personId',
    takes: v.object(person),
    gives: Home,
    problems: ['head_needed'],
  }),
  absence: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/absence',
    summary: 'The whole home is away until a day, or back',
    at: 'householdId',
    takes: v.object({ ...home, until: v.nullable(Day) }),
    gives: Home,
    problems: ['household_closed', 'day_past'],
  }),
  addContact: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/contacts',
    summary: 'Adds a number or address with the basis on which it may be used',
    at: 'householdId',
    takes: v.object({
      ...home,
      personId: v.optional(Id),
      kind: v.picklist(contactKinds),
      value: line(200),
      ...Basis,
    }),
    gives: Home,
    problems: ['household_closed', 'contact_unreadable', 'contact_known', 'person_gone'],
    status: 201,
  }),
  endContact: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/contacts/:contactId/end',
    summary: 'A number or address is used no longer',
    at: 'householdId',
    takes: v.object({ ...home, contactId: Id }),
    gives: Home,
  }),
  showContact: operation({
    method: 'POST',
    path: '/households/:householdId/contacts/:contactId/number',
    summary: 'Shows one whole number; noted, and shown to the home',
    who: 'people.see',
    at: 'householdId',
    takes: v.object({ ...home, contactId: Id }),
    gives: v.object({ value: v.string(), spoken: v.string() }),
    limit: { calls: 60, seconds: 600 },
  }),
  consents: operation({
    method: 'GET',
    path: '/households/:householdId/consents',
    summary: 'Everything that was said of each purpose, the newest first',
    who: 'people.see',
    at: 'householdId',
    takes: v.object(home),
    gives: v.object({ items: v.array(Consent), next: v.nullable(v.string()) }),
  }),
  sayConsent: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/consents',
    summary: 'Notes what a person said of a purpose; what was said before stays in the ledger',
    at: 'householdId',
    takes: v.object({
      ...home,
      personId: v.optional(Id),
      contactId: v.optional(Id),
      purpose: v.picklist(purposes),
      said: v.picklist(['yes', 'no', 'stop']),
      ...Basis,
    }),
    gives: Home,
    problems: ['consent_unproven'],
    status: 201,
  }),
  move: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/move',
    summary: 'Moves a home to another village of the commune; its id and history stay',
    at: 'householdId',
    takes: v.object({ ...home, unit: UnitRef }),
    gives: Home,
    problems: ['unit_unknown', 'village_needed', 'household_closed', 'move_within_commune', 'already_there'],
  }),
  leave: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/leave',
    summary:
      'A home leaves the commune: closed here, and offered to the commune it goes to where that one works here, too',
    at: 'householdId',
    takes: v.object({
      ...home,
      /** In words, where the place is not known by name. */
      to: v.optional(text(200), ''),
      /** The commune or village that it goes to. */
      toUnit: v.optional(UnitRef),
    }),
    gives: Home,
    problems: ['household_closed', 'unit_unknown', 'leave_to_commune', 'leave_within_commune'],
  }),
  split: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/split',
    summary: 'Some people of a home become a home of their own; their contacts go with them',
    at: 'householdId',
    takes: v.object({ ...home, persons: v.pipe(v.array(Id), v.minLength(1), v.maxLength(50)), head: Id }),
    gives: Home,
    problems: ['household_closed', 'head_needed', 'person_gone'],
    status: 201,
  }),
  merge: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/merge',
    summary: 'Two entries are one home: the second’s people and contacts go to the first',
    at: 'duplicateId',
    takes: v.object({ ...home, duplicateId: Id }),
    gives: Home,
    problems: ['household_closed', 'same_household'],
  }),
  undoEvent: operation({
    ...edit,
    method: 'POST',
    path: '/households/:householdId/events/:eventId/undo',
    summary: 'Takes a life event back while nothing was built on it',
    at: 'householdId',
    takes: v.object({ ...home, eventId: Id }),
    gives: Home,
    problems: ['undo_late', 'left_received'],
  }),
  duplicates: operation({
    method: 'GET',
    path: '/duplicates',
    summary: 'Pairs of entries that may be one home, and why',
    who: 'people.see',
    at: 'unit',
    takes: v.object({ unit: v.optional(UnitRef) }),
    gives: v.object({
      items: v.array(
        v.object({
          first: HomeLine,
          second: HomeLine,
          why: v.picklist(['name_and_birth', 'name_and_phone', 'person']),
        }),
      ),
      next: v.nullable(v.string()),
    }),
    problems: ['unit_unknown', 'unit_needed'],
  }),
}
