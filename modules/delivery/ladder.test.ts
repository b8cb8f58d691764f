import fc from 'fast-check'
import { expect, test } from 'vitest'
import { iso, minuteOfDay } from '#core/clock'
import { defaultLadder } from './ladder-pack.ts'
import { afterQuiet, ladderOf, rungOf, type Timing } from './ladder.ts'
import { classes, levels } from './levels.ts'

const at = (text: string) => new Date(`${text}:00+07:00`)
const steps = (timing: Timing) =>
  ladderOf(defaultLadder.body, timing).map(step => `${step.channel} ${iso(step.dueAt).slice(0, 16)}`)

test('an emergency rings at once and again after 10 minutes, at night too, with a short message and then a call to whom it did not reach; after 30 minutes somebody knocks', () => {
  expect(steps({ class: 'emergency', ask: 'acknowledged', visibleAt: at('2026-11-20T02:00') })).toEqual([
    'push 2026-11-20T02:00',
    'email 2026-11-20T02:00',
    'zalo 2026-11-20T02:00',
    'facebook 2026-11-20T02:00',
    'telegram 2026-11-20T02:00',
    'push 2026-11-20T02:10',
    'sms 2026-11-20T02:10',
    'call 2026-11-20T02:20',
    'door 2026-11-20T02:30',
  ])
})

test('a priority message rings at once; after 2 hours it is a short message, after 4 the door', () => {
  expect(steps({ class: 'priority', ask: 'acknowledged', visibleAt: at('2026-11-20T08:00') })).toEqual([
    'push 2026-11-20T08:00',
    'email 2026-11-20T08:00',
    'zalo 2026-11-20T08:00',
    'facebook 2026-11-20T08:00',
    'telegram 2026-11-20T08:00',
    'sms 2026-11-20T10:00',
    'door 2026-11-20T12:00',
  ])
})

test('a normal message does not ring at night; its doors open in time for the last useful moment, or after a day', () => {
  expect(steps({ class: 'normal', ask: 'delivered', visibleAt: at('2026-11-20T22:15') })).toEqual([
    'push 2026-11-21T06:00',
    'email 2026-11-21T06:00',
    'zalo 2026-11-21T06:00',
    'facebook 2026-11-21T06:00',
    'telegram 2026-11-21T06:00',
    'door 2026-11-21T22:15',
  ])
  const meeting = { class: 'normal', lastUsefulAt: at('2026-11-23T16:00'), visibleAt: at('2026-11-20T08:00') } as const
  expect(steps({ ...meeting, ask: 'delivered' })).toEqual([
    'push 2026-11-20T08:00',
    'email 2026-11-20T08:00',
    'zalo 2026-11-20T08:00',
    'facebook 2026-11-20T08:00',
    'telegram 2026-11-20T08:00',
    'door 2026-11-23T14:00',
  ])
})

test('where a normal message asks homes to answer, the door waits a day and no longer', () => {
  const meeting = { class: 'normal', lastUsefulAt: at('2026-11-23T16:00'), visibleAt: at('2026-11-20T08:00') } as const
  expect(steps({ ...meeting, ask: 'acknowledged' })).toEqual([
    'push 2026-11-20T08:00',
    'email 2026-11-20T08:00',
    'zalo 2026-11-20T08:00',
    'facebook 2026-11-20T08:00',
    'telegram 2026-11-20T08:00',
    'door 2026-11-21T08:00',
  ])
})

test('a message that asks for no evidence sends nobody to a door', () => {
  expect(steps({ class: 'priority', ask: 'sent', visibleAt: at('2026-11-20T08:00') })).toEqual([
    'push 2026-11-20T08:00',
    'email 2026-11-20T08:00',
    'zalo 2026-11-20T08:00',
    'facebook 2026-11-20T08:00',
    'telegram 2026-11-20T08:00',
  ])
})

test('what would come too late comes earlier: short messages and doors two hours before the last useful moment, or at once', () => {
  const soon = { class: 'priority', ask: 'acknowledged', visibleAt: at('2026-11-20T08:00') } as const
  const first = ['push', 'email', 'zalo', 'facebook', 'telegram'].map(channel => `${channel} 2026-11-20T08:00`)
  expect(steps({ ...soon, lastUsefulAt: at('2026-11-20T11:00') })).toEqual([
    ...first,
    'sms 2026-11-20T09:00',
    'door 2026-11-20T09:00',
  ])
  expect(steps({ ...soon, lastUsefulAt: at('2026-11-20T09:00') })).toEqual([
    ...first,
    'sms 2026-11-20T08:00',
    'door 2026-11-20T08:00',
  ])
  expect(steps({ ...soon, lastUsefulAt: at('2026-11-20T07:00') })).toEqual([
    ...first,
    'sms 2026-11-20T08:00',
    'door 2026-11-20T08:00',
  ])
})

test('a push that may not ring before it is too late is left out; a letter, which rings nobody, and the door are not', () => {
  const night = { class: 'normal', ask: 'delivered', visibleAt: at('2026-11-20T22:00') } as const
  expect(steps({ ...night, lastUsefulAt: at('2026-11-21T05:30') })).toEqual([
    'email 2026-11-20T22:00',
    'door 2026-11-21T03:30',
  ])
})

const moment = fc.integer({ min: at('2026-01-01T00:00').getTime(), max: at('2026-12-31T00:00').getTime() })
const timing = fc
  .record({
    class: fc.constantFrom(...classes),
    ask: fc.constantFrom(...levels),
    visible: moment,
    useful: fc.option(fc.integer({ min: -600, max: 20_000 }), { nil: undefined }),
  })
  .map(({ class: c, ask, visible, useful }) => ({
    class: c,
    ask,
    visibleAt: new Date(visible),
    lastUsefulAt: useful === undefined ? undefined : new Date(visible + useful * 60_000),
  }))
const isNight = (d: Date) => minuteOfDay(d) >= 1260 || minuteOfDay(d) < 360

test('any ladder: in order, never before the homes can see it, never after it is of use, time to walk, no normal push at night', () => {
  fc.assert(
    fc.property(timing, t => {
      const ladder = ladderOf(defaultLadder.body, t)
      const end = t.lastUsefulAt && t.lastUsefulAt > t.visibleAt ? t.lastUsefulAt : undefined
      for (const [n, step] of ladder.entries()) {
        expect(step.step).toBeGreaterThan(ladder[n - 1]?.step ?? 0)
        expect(rungOf(defaultLadder.body[t.class], step)).toBe(defaultLadder.body[t.class][step.step - 1])
        expect(step.dueAt.getTime()).toBeGreaterThanOrEqual((ladder[n - 1]?.dueAt ?? t.visibleAt).getTime())
        if (end) expect(step.dueAt.getTime()).toBeLessThanOrEqual(end.getTime())
        if (end && step.channel === 'door' && step.dueAt > (ladder[n - 1]?.dueAt ?? t.visibleAt))
          expect(end.getTime() - step.dueAt.getTime()).toBeGreaterThanOrEqual(120 * 60_000)
        if (t.class === 'normal' && step.channel === 'push') expect(isNight(step.dueAt)).toBe(false)
      }
    }),
    { numRuns: 500 },
  )
})

test('any ladder of a message that asks for evidence ends at the door', () => {
  fc.assert(
    fc.property(timing, t => {
      const last = ladderOf(defaultLadder.body, t).at(-1)
      expect(last?.channel).toBe(levels.indexOf(t.ask) >= 3 ? 'door' : last?.channel)
    }),
  )
})

test('quiet hours end on their minute', () => {
  fc.assert(
    fc.property(moment, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 1439 }), (ms, from, to) => {
      const moved = afterQuiet(new Date(ms), { from, to })
      expect(moved.getTime()).toBeGreaterThanOrEqual(ms)
      expect(moved.getTime() - ms).toBeLessThan(86_400_000)
      if (moved.getTime() !== ms) expect(minuteOfDay(moved)).toBe(to)
    }),
  )
})
