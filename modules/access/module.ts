import type { App, Module } from '#core/module'
import type { Tx } from '#core/db'
import { shipPack } from '#core/packs'
import { contract } from './contract.ts'
import { endAtMove } from './assist.ts'
import { shutHome } from './cards.ts'
import { giveCell } from './link-cell.ts'
import { closePostsAt, reopenPostsOf } from './manage-posts.ts'
import { accessPages } from './pages/index.ts'
import { joinId, postId } from './places.ts'
import { answers } from './routes.ts'
import { assistPack, AssistShape } from './assist-shape.ts'
import { accessEn } from './words.en.ts'
import { accessVi } from './words.vi.ts'

/** Nobody's act: the change of the units themselves ends the posts. */
const byChange = (app: App, db: Tx) => ({
  app,
  db,
  caller: { kind: 'anyone', key: '', language: 'vi', address: '' } as const,
})

export const access: Module = {
  name: 'access',
  contract,
  answers,
  places: { postId, joinId },
  listeners: {
    'unit.merged': (app, tx, { tenant, act, from }: { tenant: number; act: string; from: string[] }) =>
      closePostsAt(byChange(app, tx), tenant, from, act),
    'unit.split': (app, tx, { tenant, act, from }: { tenant: number; act: string; from: string }) =>
      closePostsAt(byChange(app, tx), tenant, [from], act),
    'unit.undone': (app, tx, { tenant, act, from }: { tenant: number; act: string; from: string[] }) =>
      reopenPostsOf(byChange(app, tx), tenant, act, from),
    'unit.closing': (app, tx, { tenant, unit }: { tenant: number; unit: string }) =>
      closePostsAt(byChange(app, tx), tenant, [unit]),
    'group.made': giveCell,
    'household.moved': endAtMove,
    'household.closed': (app, tx, { tenant, household }: { tenant: number; household: string }) =>
      shutHome(app, tx, tenant, household),
  },
  seed: db => shipPack(db, assistPack),
  packs: { assist: AssistShape },
  pages: accessPages,
  problems: {
    wrong_login: 422,
    wrong_password: 422,
    no_post: 422,
    post_place: 422,
    token_has_one_post: 422,
    token_makes_none: 422,
    link_ended: 410,
    card_ended: 410,
    home_not_here: 422,
    phone_full: 409,
    setup_commune: 422,
    login_taken: 409,
    login_needed: 422,
    password_like_login: 422,
    role_above: 422,
    account_above: 422,
    name_or_account: 422,
    stand_in_needs_end: 422,
    term_backwards: 422,
    term_there: 409,
    post_ended: 409,
    digits_unknown: 422,
    card_village_needed: 422,
    join_waits: 409,
    join_refused: 409,
    join_answered: 409,
    consent_needed: 422,
    assist_forbidden: 403,
    assist_ended: 409,
    assist_private: 403,
  },
  words: { vi: accessVi, en: accessEn },
}
