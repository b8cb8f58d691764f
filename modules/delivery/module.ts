import type { Module } from '#core/module'
import { keepMonths, monthsReady } from './keep-months.ts'
import { seed } from './seed.ts'
import { deliveryEn } from './words.en.ts'
import { deliveryVi } from './words.vi.ts'
import { writeHomes } from './write-homes.ts'

export const delivery: Module = {
  name: 'delivery',
  jobs: {
    'delivery.homes': writeHomes,
  },
  ticks: [{ name: 'delivery.months', ms: 3_600_000, run: keepMonths }],
  ready: monthsReady,
  problems: {
    audience_empty: 422,
  },
  seed,
  words: { vi: deliveryVi, en: deliveryEn },
}
