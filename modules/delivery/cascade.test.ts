// What a ladder may never do, played over 10,000 communes of made-up homes with the product's own decisions.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { minuteOfDay } from '#core/clock'
import type { AddressKind, Channel, ChannelError } from '#channels'
import { rungOf, type QuietHours, type Rung } from './ladder.ts'
import { classes, levelNo } from './levels.ts'
import { Play } from './play.ts'
import type { Answer, PlayChannel, World } from './play-world.ts'

const minute = 60_000
const declares = (address: AddressKind, cost: number): Channel['declares'] => ({
  takesKey: false,
  replacesByTopic: false,
  isAskable: false,
  address,
  cost,
  proves: ['sent', 'delivered'],
  phoneKinds: [],
  batch: 5,
  parallel: 1,
})

/** What becomes of what is sent to an address. */
const fates = ['delivers', 'answers', 'silent', 'fails', 'dead', 'refuses', 'flaky'] as const
interface Line {
  kind: string
  fate: (typeof fates)[number]
  minutes: number
}
const answerOf = ({ fate, minutes }: Line, n: number): Answer => {
  const ms = minutes * minute
  const later = { delivers: 'delivered', answers: 'acknowledged', fails: 'failed' } as const
  if (fate === 'dead') return { is: 'refused', why: 'address_dead' }
  if (fate === 'refuses') return { is: 'refused', why: 'message_refused' }
  if (fate === 'flaky' && n < 2) return { is: 'refused', why: 'provider_down' }
  const is = fate === 'flaky' ? ('delivered' as const) : fate === 'silent' ? undefined : later[fate]
  return is ? { is: 'accepted', later: { ms, is } } : { is: 'accepted' }
}

const kinds = ['push', 'email', 'zalo', 'sms'] as const
const addressOf = { push: 'device', email: 'email', zalo: 'zalo', sms: 'phone' } as const
const line = fc.record({
  kind: fc.constantFrom(...kinds),
  to: fc.integer({ min: 0, max: 11 }),
  fate: fc.constantFrom(...fates),
  minutes: fc.integer({ min: 0, max: 40 }),
})
const night = { from: 1260, to: 360 }
const rung = fc.record({
  channel: fc.oneof(
    fc.constantFrom(...kinds),
    fc.uniqueArray(fc.constantFrom(...kinds), { minLength: 1, maxLength: 4 }),
  ),
  wait: fc.integer({ min: 0, max: 120 }),
  each: fc.integer({ min: 1, max: 60 }),
  quiet: fc.option(fc.constant(night), { nil: undefined }),
})
const outage = fc.record({
  kind: fc.constantFrom(...kinds),
  from: fc.integer({ min: 0, max: 100 }),
  minutes: fc.integer({ min: 1, max: 60 }),
  why: fc.constantFrom<ChannelError>('no_line', 'provider_down', 'slow_down', 'no_money', 'not_signed_in'),
})
const world = fc.record({
  class: fc.constantFrom(...classes),
  ask: fc.constantFrom('delivered' as const, 'acknowledged' as const),
  isApproved: fc.boolean(),
  at: fc.integer({ min: 0, max: 1439 }),
  useful: fc.option(fc.integer({ min: 10, max: 3000 }), { nil: undefined }),
  rungs: fc.array(rung, { minLength: 1, maxLength: 4 }),
  homes: fc.array(fc.array(line, { maxLength: 4 }), { minLength: 1, maxLength: 7 }),
  closed: fc.nat(20),
  budget: fc.option(fc.integer({ min: 0, max: 4000 }), { nil: undefined }),
  accounts: fc.subarray([...kinds]),
  perSecond: fc.constantFrom(0.02, 1, 50),
  perDay: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  outages: fc.array(outage, { maxLength: 2 }),
})
type Drawn = typeof world extends fc.Arbitrary<infer T> ? T : never

const midnight = new Date('2026-11-20T00:00:00+07:00').getTime()
const dong = { push: 0, email: 0, zalo: 200, sms: 450 }

function rungsOf(d: Drawn): Rung[] {
  let after = 0
  const rungs = d.rungs.map(({ wait, quiet, channel, each }): Rung => {
    after += wait
    const isQuiet = quiet && d.class !== 'emergency'
    return { channel, each, after, ...(isQuiet ? { quiet } : {}) }
  })
  return [...rungs, { channel: 'door', after: after + 60 }]
}

function channelOf(d: Drawn, kind: (typeof kinds)[number]): PlayChannel {
  const pace = { perSecond: d.perSecond, parallel: 1, ...(d.perDay === undefined ? {} : { perDay: d.perDay }) }
  const common = { kind, declares: declares(addressOf[kind], dong[kind]), dong: dong[kind] }
  if (kind === 'push') return common
  return { ...common, speaksThrough: kind === 'zalo' ? 'zalo' : kind, ...(d.accounts.includes(kind) ? { pace } : {}) }
}

/** The first line that was drawn for an address says what becomes of it. */
function worldOf(d: Drawn): World {
  const visibleAt = new Date(midnight + d.at * minute)
  const lines = new Map<string, Line>()
  const homes = d.homes.map((mine, n) => {
    const addresses: Record<string, string[]> = {}
    for (const { to, ...said } of mine) {
      const name = `${said.kind}${to}`
      if (!lines.has(name)) lines.set(name, said)
      const of = (addresses[addressOf[said.kind]] ??= [])
      if (!of.includes(name)) of.push(name)
    }
    return { id: `h${n}`, addresses, closed: n === d.closed }
  })
  const asked = new Map<string, number>()
  return {
    class: d.class,
    ask: d.ask,
    isApproved: d.isApproved,
    visibleAt,
    lastUsefulAt: d.useful === undefined ? null : new Date(visibleAt.getTime() + d.useful * minute),
    endsAt: null,
    rungs: rungsOf(d),
    channels: kinds.map(kind => channelOf(d, kind)),
    homes,
    budget: d.budget ?? null,
    says(kind, to, at) {
      const since = (at - visibleAt.getTime()) / minute
      const down = d.outages.find(one => one.kind === kind && since >= one.from && since < one.from + one.minutes)
      if (down) return { is: 'refused', why: down.why }
      const n = asked.get(to) ?? 0
      asked.set(to, n + 1)
      return answerOf(lines.get(to)!, n)
    },
  }
}

const isQuiet = (at: Date, { from, to }: QuietHours) => {
  const m = minuteOfDay(at)
  return from <= to ? m >= from && m < to : m >= from || m < to
}

/** What a played message did that it may never do. */
function wrongIn(given: World, play: Play): string[] {
  const isAbove = given.budget === null || (given.class === 'emergency' && given.isApproved)
  const wrong: string[] = []
  for (const call of play.calls) {
    const quiet = rungOf(given.rungs, call)?.quiet
    if (call.there.length) wrong.push('told again who is there')
    if (call.beside.length) wrong.push('two of a rung at once')
    if (quiet && isQuiet(call.at, quiet)) wrong.push('in quiet hours')
    if (call.isPaid && !isAbove && call.spent > given.budget!) wrong.push('above the budget')
  }
  const taken = play.calls.filter(call => call.isAccepted).map(call => `${call.step} ${call.channel} ${call.to}`)
  if (new Set(taken).size < taken.length) wrong.push('twice by the same channel in a step')
  const isLeftOut = play.homes.some(home => !play.isThere(home) && !play.doors.has(home.id))
  return isLeftOut ? [...wrong, 'a home left out'] : wrong
}

test('over 8,000 communes: nothing paid to who is there, nothing in quiet hours, no budget passed, never two of a rung at once, nobody left out', () => {
  fc.assert(
    fc.property(world, drawn => {
      const given = worldOf(drawn)
      expect(wrongIn(given, new Play(given).run())).toEqual([])
    }),
    { numRuns: 8000 },
  )
})

const simple = <L extends Line>(one: L): L =>
  dong[one.kind as keyof typeof dong] || (one.fate !== 'flaky' && one.fate !== 'fails')
    ? one
    : { ...one, fate: 'silent' }

/**
 * Money, quota and time enough for all: else what one home gets more another may lack. A free channel rings all addresses of a home at
 * once, and the ring counts when one of them takes it: what comes of each alone is no part of this.
 */
const plenty = world.map((drawn): Drawn => ({
  ...drawn,
  budget: undefined,
  useful: undefined,
  perSecond: 50,
  perDay: undefined,
  outages: [],
  homes: drawn.homes.map(mine => mine.map(simple)),
}))

/** A number more stands behind those that the home has: a paid channel goes to one at a time. */
test('over 2,000 communes: a contact more never makes a home’s reach worse, whatever becomes of what is sent there', () => {
  fc.assert(
    fc.property(plenty, fc.nat(6), line.map(simple), (drawn, n, more) => {
      const homes = drawn.homes.map((mine, at) =>
        at === n % drawn.homes.length ? [...mine, { ...more, to: 100 }] : mine,
      )
      const before = new Play(worldOf(drawn)).run()
      const after = new Play(worldOf({ ...drawn, homes })).run()
      const ask = levelNo(drawn.ask)
      const lost = before.homes.filter((home, at) => home.level >= ask && after.homes[at]!.level < ask)
      expect(lost).toEqual([])
    }),
    { numRuns: 2000 },
  )
})
