import type { Module } from '#core/module'
import { answerReply } from './answer-reply.ts'
import { communeLadder } from './commune-ladder.ts'
import { contract } from './contract.ts'
import { home } from './home-meant.ts'
import { doorAnswers, doorPlaces } from './doors.ts'
import { feeding } from './feed.ts'
import { hearLate } from './hear-parts.ts'
import { keepMonths, monthsReady } from './keep-months.ts'
import { measure } from './measure.ts'
import { drainOthers, drainUrgent, planUrgent, sendDueSteps } from './next-step.ts'
import { planDue } from './plan.ts'
import { LadderShape } from './ladder-shape.ts'
import { listeners } from './listeners.ts'
import { startLive } from './live.ts'
import { trailing } from './notice-trail.ts'
import { reaching } from './reach.ts'
import { findingUnreached } from './unreached.ts'
import { TopicsShape } from './topics-shape.ts'
import { receiving } from './receive.ts'
import { seed } from './seed.ts'
import { spending } from './spent.ts'
import { deliveryEn } from './words.en.ts'
import { deliveryVi } from './words.vi.ts'
import { visiting } from './visit.ts'
import { writeHomes, writeLostHomes } from './write-homes.ts'

export const delivery: Module = {
  name: 'delivery',
  contract,
  answers: {
    ...receiving,
    ...feeding,
    ...reaching,
    ...findingUnreached,
    ...trailing,
    ...doorAnswers,
    ...visiting,
    ...communeLadder,
    ...spending,
  },
  listeners,
  places: { doorId: doorPlaces, home },
  start: startLive,
  jobs: {
    'delivery.homes': writeHomes,
    'delivery.step': planDue,
    'delivery.reply': answerReply,
  },
  ticks: [
    { name: 'delivery.months', ms: 3_600_000, run: keepMonths },
    { name: 'delivery.late', ms: 1000, run: hearLate },
    { name: 'delivery.homes', ms: 30_000, run: writeLostHomes },
    { name: 'delivery.plan-urgent', ms: 100, run: planUrgent },
    { name: 'delivery.drain-urgent', ms: 50, run: drainUrgent },
    { name: 'delivery.ladder', ms: 300, run: sendDueSteps },
    { name: 'delivery.drain', ms: 200, run: drainOthers },
  ],
  measure,
  ready: monthsReady,
  problems: {
    audience_empty: 422,
    level_not_yours: 422,
    notice_withdrawn_since: 410,
    too_many_homes: 422,
    walker_unknown: 422,
    walker_elsewhere: 422,
    door_elsewhere: 422,
    visit_unknown: 422,
    door_closed: 410,
  },
  seed,
  packs: { ladder: LadderShape, topics: TopicsShape },
  words: { vi: deliveryVi, en: deliveryEn },
}
