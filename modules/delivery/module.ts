import type { Module } from '#core/module'
import { contract } from './contract.ts'
import { feeding } from './feed.ts'
import { keepMonths, monthsReady } from './keep-months.ts'
import { drainOthers, hurry, sendDueSteps } from './next-step.ts'
import { planDue } from './plan.ts'
import { listeners } from './listeners.ts'
import { startLive } from './live.ts'
import { trailing } from './notice-trail.ts'
import { reaching } from './reach.ts'
import { findingUnreached } from './unreached.ts'
import { receiving } from './receive.ts'
import { seed } from './seed.ts'
import { deliveryEn } from './words.en.ts'
import { deliveryVi } from './words.vi.ts'
import { writeHomes } from './write-homes.ts'

export const delivery: Module = {
  name: 'delivery',
  contract,
  answers: {
    ...receiving,
    ...feeding,
    ...reaching,
    ...findingUnreached,
    ...trailing,
  },
  listeners,
  start: startLive,
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
    level_not_yours: 422,
    notice_withdrawn_since: 410,
    too_many_homes: 422,
  },
  seed,
  words: { vi: deliveryVi, en: deliveryEn },
}
