import type { Module } from '#core/module'
import { keepMonths, monthsReady } from './keep-months.ts'
import { drainOthers, hurry, sendDueSteps } from './next-step.ts'
import { planDue } from './plan.ts'
import { seed } from './seed.ts'
import { deliveryEn } from './words.en.ts'
import { deliveryVi } from './words.vi.ts'
import { writeHomes } from './write-homes.ts'

export const delivery: Module = {
  name: 'delivery',
  jobs: {
    'delivery.homes': writeHomes,
    'delivery.step': planDue,
  },
  ticks: [
    { name: 'delivery.months', ms: 3_600_000, run: keepMonths },
    { name: 'delivery.hurry', ms: 100, run: hurry },
    { name: 'delivery.ladder', ms: 300, run: sendDueSteps },
    { name: 'delivery.drain', ms: 200, run: drainOthers },
  ],
  ready: monthsReady,
  problems: {
    audience_empty: 422,
  },
  seed,
  words: { vi: deliveryVi, en: deliveryEn },
}
