// The same communes once by the decisions alone and once by the database and its workers: the same is said to the same homes.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { addChannel, findContacts, type Channel } from '#channels'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { lookAgain } from '#testing/later'
import { testCommune } from '#testing/commune'
import { testMessage } from '#testing/message'
import { send } from '#delivery'
import { Play } from './play.ts'
import type { Answer, World } from './play-world.ts'

const made = await testApp({ isDemo: true })
const { sql } = made.app
await made.settle()

const kinds = ['world_letter', 'world_near', 'world_far'] as const
type Kind = (typeof kinds)[number]
const addressOf = { world_letter: 'email', world_near: 'zalo', world_far: 'phone' } as const
const costs = { world_letter: 0, world_near: 200, world_far: 500 }
const answers = {
  takes: { is: 'accepted' },
  dead: { is: 'refused', why: 'address_dead' },
  refuses: { is: 'refused', why: 'message_refused' },
} as const satisfies Record<string, Answer>
type Fate = keyof typeof answers

/** What really was said, and what becomes of each address. */
const said: string[] = []
const fates = new Map<string, Fate>()
const answerOf = (to: string): Answer => answers[fates.get(to) ?? 'takes']

const channel = (kind: Kind): Channel => ({
  kind,
  declares: {
    takesKey: false,
    replacesByTopic: false,
    isAskable: false,
    address: addressOf[kind],
    cost: costs[kind],
    proves: ['sent'],
    phoneKinds: [],
    batch: 3,
    parallel: 1,
  },
  find: findContacts(addressOf[kind]),
  handOver(_app, _message, { addresses }) {
    const all = addresses.map(({ value }) => {
      said.push(`${kind} ${value}`)
      return answerOf(value)
    })
    return Promise.resolve(all.find(one => one.is === 'accepted') ?? all[0]!)
  },
})
const channels = kinds.map(channel)
channels.forEach(addChannel)

const names = fc.oneof(fc.constantFrom(...kinds), fc.shuffledSubarray([...kinds], { minLength: 1 }))
const contact = fc.record({ kind: fc.constantFrom(...kinds), to: fc.nat(6) })
const commune = fc.record({
  rungs: fc.array(names, { minLength: 1, maxLength: 3 }),
  homes: fc.array(fc.uniqueArray(contact, { maxLength: 4, selector: one => `${one.kind}${one.to}` }), {
    minLength: 4,
    maxLength: 4,
  }),
  fates: fc.array(fc.constantFrom<Fate>('takes', 'dead', 'refuses'), { minLength: 21, maxLength: 21 }),
})

const deliveryOf = (step: number, kind: string, state: string, reason?: string | null) =>
  `${step} ${kind} ${reason ?? state}`

test('the plan and the store agree on every delivery and every call', async () => {
  let serial = 0
  await fc.assert(
    fc.asyncProperty(commune, async drawn => {
      said.length = 0
      serial++
      const valueOf = (kind: Kind, to: number) =>
        kind === 'world_far'
          ? `+8493${String(serial).padStart(5, '0')}${String(to).padStart(2, '0')}`
          : `${kind}${serial}.${to}`
      kinds.forEach((kind, k) => {
        for (let to = 0; to <= 6; to++) fates.set(valueOf(kind, to), drawn.fates[k * 7 + to]!)
      })
      const c = await testCommune(sql, [drawn.homes.length])
      const homes = c.villages[0]!.homes
      for (const [n, mine] of drawn.homes.entries())
        for (const { kind, to } of mine) {
          const value = valueOf(kind, to)
          await sql`
            insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
            values (${c.tenant}, ${newId()}, ${homes[n]!}, ${addressOf[kind]}, ${value}, ${contactDigest(addressOf[kind], value)}, true, ${now()})`
        }
      const rungs = [...drawn.rungs.map(name => ({ channel: name, after: 0 })), { channel: 'door', after: 60 }]
      await sql`
        insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
        values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: rungs, priority: rungs, emergency: rungs })})`
      const message = testMessage(c.tenant, [c.unit])
      await inTransaction(sql, tx => send(made.app, tx, message))
      await made.settle()
      for (let n = 0; n < 3; n++) await lookAgain(made, c.tenant)
      const real = await sql<{ id: string; channel: string; step: number; state: string; reason: string | null }[]>`
        select household_id as id, channel, step, state, reason from loa.delivery where commune_id = ${c.tenant}`

      const world: World = {
        class: message.class,
        ask: message.ask,
        isApproved: false,
        visibleAt: message.publishedAt,
        lastUsefulAt: null,
        endsAt: null,
        // Only the first look: the others come later than this test.
        rungs: rungs.map(rung => ({ ...rung, each: 2000 })),
        channels: channels.map(({ kind, declares }) => ({ kind, declares, dong: 0 })),
        homes: drawn.homes.map((mine, n) => ({
          id: homes[n]!,
          addresses: Object.fromEntries(
            kinds.map(kind => [
              addressOf[kind],
              mine.filter(one => one.kind === kind).map(one => valueOf(kind, one.to)),
            ]),
          ),
        })),
        budget: null,
        says: (_, to) => answerOf(to),
      }
      const play = new Play(world).run()
      for (const home of play.homes) {
        const mine = real
          .filter(row => row.id === home.id)
          .map(row => deliveryOf(row.step, row.channel, row.state, row.reason))
        const planned = home.deliveries.map(one => deliveryOf(one.step, one.channel, one.state, one.reason))
        expect(mine.toSorted()).toEqual(planned.toSorted())
      }
      // An address that refused is asked again where its home waits for another one; one that took it never is.
      const calls = play.calls.map(call => `${call.channel} ${call.to}`)
      expect(new Set(said)).toEqual(new Set(calls))
      const isTaken = (call: string) => answerOf(call.split(' ')[1]!).is === 'accepted'
      expect(said.filter(isTaken).toSorted()).toEqual(calls.filter(isTaken).toSorted())
    }),
    { numRuns: 10 },
  )
})
