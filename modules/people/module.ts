import type { Module } from '#core/module'
import { homeAnswers } from './answers-homes.ts'
import { contract } from './contract.ts'
import { countsAnswers } from './counts.ts'
import { followMerge, followSplit, mustBeEmpty } from './follow-units.ts'
import { householdId, personId } from './places.ts'
import { peopleEn } from './words.en.ts'
import { peopleVi } from './words.vi.ts'

export const people: Module = {
  name: 'people',
  contract,
  answers: { ...countsAnswers, ...homeAnswers },
  places: { householdId, personId },
  listeners: { 'unit.merged': followMerge, 'unit.split': followSplit, 'unit.closing': mustBeEmpty },
  problems: { unit_needed: 422, village_needed: 422, household_closed: 409, household_number_taken: 409 },
  words: { vi: peopleVi, en: peopleEn },
}
