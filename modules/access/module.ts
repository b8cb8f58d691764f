import type { Module } from '#core/module'
import { contract } from './contract.ts'
import { accessPages } from './pages.ts'
import { answers } from './routes.ts'
import { accessEn } from './words.en.ts'
import { accessVi } from './words.vi.ts'

export const access: Module = {
  name: 'access',
  contract: contract,
  answers,
  pages: accessPages,
  problems: { wrong_login: 422, no_post: 422, post_place: 422, token_has_one_post: 422, link_ended: 410 },
  words: { vi: accessVi, en: accessEn },
}
