import { now } from '#core/clock'
import type { Module } from '#core/module'
import { shipPack } from '#core/packs'
import { homeAnswers } from './answers-homes.ts'
import { importAnswers } from './answers-import.ts'
import { lifeAnswers } from './answers-life.ts'
import { ownAnswers } from './answers-own.ts'
import { lapseArrivals } from './arrive.ts'
import { removalAnswers } from './answers-removals.ts'
import { answerJob, offerJob, withdrawJob } from './leave.ts'
import { peopleAnswers } from './answers-people.ts'
import { contract } from './contract.ts'
import { countsAnswers } from './counts.ts'
import { followMerge, followSplit, followUndo, mustBeEmpty } from './follow-units.ts'
import { readJob, writeJob } from './import.ts'
import { arrivalId, duplicateId, householdId, importId, personId, requestId } from './places.ts'
import { requestPack, RequestRulesShape } from './rules-shape.ts'
import { forgetFiles } from './store-import.ts'
import { forgetLinkCodes } from './store-links.ts'
import { forgetLooks } from './store-own.ts'
import { peopleEn } from './words.en.ts'
import { peopleVi } from './words.vi.ts'

const day = 86_400_000

export const people: Module = {
  name: 'people',
  contract,
  answers: {
    ...countsAnswers,
    ...homeAnswers,
    ...importAnswers,
    ...peopleAnswers,
    ...lifeAnswers,
    ...ownAnswers,
    ...removalAnswers,
  },
  places: { arrivalId, duplicateId, householdId, importId, personId, requestId },
  listeners: {
    'unit.merged': followMerge,
    'unit.split': followSplit,
    'unit.undone': followUndo,
    'unit.closing': mustBeEmpty,
  },
  jobs: {
    'people.import.read': readJob,
    'people.import.write': writeJob,
    'people.removal.offer': offerJob,
    'people.removal.withdraw': withdrawJob,
    'people.removal.answer': answerJob,
  },
  ticks: [
    { name: 'people.lapse_arrivals', ms: 3_600_000, run: lapseArrivals },
    {
      name: 'people.forget_files',
      ms: 3_600_000,
      run: app => forgetFiles(app.sql, new Date(now().getTime() - 2 * day), new Date(now().getTime() - 30 * day)),
    },
    {
      name: 'people.forget_link_codes',
      ms: 3_600_000,
      run: app => forgetLinkCodes(app.sql, new Date(now().getTime() - day)),
    },
    {
      name: 'people.forget_looks',
      ms: 3_600_000,
      run: app => forgetLooks(app.sql, new Date(now().getTime() - 365 * day)),
    },
  ],
  seed: db => shipPack(db, requestPack),
  packs: { data_requests: RequestRulesShape },
  problems: {
    unit_needed: 422,
    reader_too_young: 422,
    reader_own_home: 422,
    village_needed: 422,
    household_closed: 409,
    household_number_taken: 409,
    request_words_needed: 422,
    request_answered: 409,
    person_gone: 409,
    head_needed: 422,
    contact_unreadable: 422,
    contact_known: 409,
    consent_unproven: 422,
    move_within_commune: 422,
    already_there: 409,
    same_household: 422,
    undo_late: 409,
    day_ahead: 422,
    day_past: 422,
    leave_to_commune: 422,
    leave_within_commune: 422,
    left_received: 409,
    arrival_answered: 409,
    arrival_unreadable: 409,
    import_empty: 422,
    import_xls: 422,
    import_locked: 422,
    import_not_sheet: 422,
    import_broken: 422,
    import_too_big: 422,
    import_encoding: 422,
    import_no_header: 422,
    import_no_homes: 422,
    import_overtaken: 409,
    import_not_ready: 409,
    import_refused: 422,
    import_not_done: 409,
    import_undo_late: 409,
  },
  words: { vi: peopleVi, en: peopleEn },
}
