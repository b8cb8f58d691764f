import type { Module } from '#core/module'
import { channelsEn } from './words.en.ts'
import { channelsVi } from './words.vi.ts'

export const channels: Module = {
  name: 'channels',
  words: { vi: channelsVi, en: channelsEn },
}
