import type { Tx } from '#core/db'
import type { App, Module } from '#core/module'
import { contract } from './contract.ts'
import { groupId } from './places.ts'
import { answers } from './routes.ts'
import { followUndo } from './follow-undo.ts'
import { moveToUnit } from './store-change.ts'
import { groupsEn } from './words.en.ts'
import { groupsVi } from './words.vi.ts'

export const groups: Module = {
  name: 'groups',
  contract,
  answers,
  places: { groupId },
  // Membership follows the person; only the village that a branch is named under is another one.
  listeners: {
    'unit.merged': (_: App, tx: Tx, m: { tenant: number; act: string; from: string[]; to: string }) =>
      moveToUnit(tx, m.tenant, m.act, m.from, m.to),
    'unit.split': (_: App, tx: Tx, s: { tenant: number; act: string; from: string; rest: string }) =>
      moveToUnit(tx, s.tenant, s.act, [s.from], s.rest),
    'unit.undone': followUndo,
  },
  problems: {
    group_unknown: 404,
    group_name_taken: 409,
    group_needs_commune: 422,
    group_closed: 409,
    group_not_closed: 409,
    group_closed_long_ago: 409,
    group_too_deep: 422,
    person_not_there: 404,
    person_gone: 409,
    member_already: 409,
    date_ahead: 422,
  },
  words: { vi: groupsVi, en: groupsEn },
}
