import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { now } from '#core/clock'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { addHome, testCommune } from '#testing/commune'
import type { LevelName } from './levels.ts'
import { publishForTests, type Published } from './publish-for-tests.ts'
import { give, giveSoon, type Evidence } from './receipt.ts'
import { recount } from './recount.ts'

const { app } = await testApp()
const { sql } = app

const evidence = (of: Published, householdId: string, level: LevelName, more: Partial<Evidence> = {}): Evidence => ({
  tenant: of.tenant,
  publishedId: of.publishedId,
  id: newId(),
  householdId,
  level,
  channel: 'app',
  version: 1,
  at: now(),
  isOwn: true,
  ...more,
})

const totals = async ({ tenant, publishedId }: Published) => {
  const [row] = await sql<Record<string, number>[]>`
    select sum(households)::int as households, sum(none)::int as none, sum(delivered)::int as delivered, sum(seen)::int as seen,
      sum(acknowledged)::int as acknowledged, sum(told)::int as told, sum(reached)::int as reached
    from loa.reach_unit where commune_id = ${tenant} and published_id = ${publishedId}`
  return row!
}
const differences = async (tenant: number) => (await recount(sql, tenant)).differences

describe('evidence about homes', () => {
  test('a home counts once, at its highest level, whatever comes after', async () => {
    const { tenant, villages } = await testCommune(sql, [3])
    const notice = await publishForTests(app, { tenant, villages: [villages[0]!.id] })
    const [first, second] = villages[0]!.homes as [string, string]
    await giveSoon(app, [evidence(notice, first, 'delivered'), evidence(notice, second, 'seen')])
    await giveSoon(app, [evidence(notice, first, 'acknowledged'), evidence(notice, second, 'delivered')])
    expect(await totals(notice)).toEqual({
      households: 3,
      none: 1,
      delivered: 0,
      seen: 1,
      acknowledged: 1,
      told: 0,
      reached: 1,
    })
    expect(await differences(tenant)).toEqual([])
  })

  test('the same receipt sent again changes nothing, and says so', async () => {
    const { tenant, villages } = await testCommune(sql, [2])
    const notice = await publishForTests(app, { tenant, villages: [villages[0]!.id] })
    const one = evidence(notice, villages[0]!.homes[0]!, 'acknowledged')
    const twice = await giveSoon(app, [one, one])
    expect(twice.map(x => x.isNew)).toEqual([true, false])
    const [again] = await giveSoon(app, [one])
    expect(again!.isNew).toBe(false)
    expect(await totals(notice)).toMatchObject({ acknowledged: 1, reached: 1 })
  })

  test('a home that came to the village later is kept but never counted', async () => {
    const { tenant, villages } = await testCommune(sql, [2])
    const [village] = villages
    const notice = await publishForTests(app, { tenant, villages: [village!.id] })
    const late = await addHome(sql, tenant, village!.id, 50)
    await sql`update loa.household_stay set valid_from = ${now()} where commune_id = ${tenant} and household_id = ${late}`
    const [placed] = await giveSoon(app, [evidence(notice, late, 'acknowledged')])
    expect(placed).toMatchObject({ isVisible: true, isNew: true })
    expect(await totals(notice)).toMatchObject({ households: 2, none: 2, acknowledged: 0 })
    expect(await differences(tenant)).toEqual([])
  })

  test('a home cannot prove what is not for it, nor what is private before it is shown', async () => {
    const { tenant, villages } = await testCommune(sql, [1, 1])
    const notice = await publishForTests(app, { tenant, villages: [villages[0]!.id] })
    const hidden = await publishForTests(app, {
      tenant,
      villages: [villages[0]!.id],
      relay: 'village',
      isPrivate: true,
    })
    const placed = await giveSoon(app, [
      evidence(notice, villages[1]!.homes[0]!, 'seen'),
      evidence(hidden, villages[0]!.homes[0]!, 'seen'),
    ])
    expect(placed.map(x => x.isVisible)).toEqual([false, false])
    expect(await totals(notice)).toMatchObject({ seen: 0 })
  })

  test('a home that opened a public notice by its link before the relay knows it, and counts', async () => {
    const { tenant, villages } = await testCommune(sql, [2])
    const waiting = await publishForTests(app, { tenant, villages: [villages[0]!.id], relay: 'village' })
    const [placed] = await giveSoon(app, [evidence(waiting, villages[0]!.homes[0]!, 'acknowledged')])
    expect(placed).toMatchObject({ isVisible: true, isNew: true })
    expect(await totals(waiting)).toMatchObject({ households: 2, none: 1, acknowledged: 1 })
    expect(await differences(tenant)).toEqual([])
  })

  test('a phone whose clock is wrong cannot have known before the notice, nor in the future', async () => {
    const { tenant, villages } = await testCommune(sql, [2])
    const notice = await publishForTests(app, { tenant, villages: [villages[0]!.id] })
    const day = 86_400_000
    const [early, late] = villages[0]!.homes as [string, string]
    await giveSoon(app, [
      evidence(notice, early, 'acknowledged', { at: new Date(now().getTime() - day) }),
      evidence(notice, late, 'acknowledged', { at: new Date(now().getTime() + day) }),
    ])
    const rows = await sql<{ reached_at: Date }[]>`
      select reached_at from loa.reach_home where commune_id = ${tenant} and published_id = ${notice.publishedId} order by reached_at`
    expect(rows[0]!.reached_at).toEqual(notice.at)
    expect(Math.abs(rows[1]!.reached_at.getTime() - now().getTime())).toBeLessThan(10_000)
  })

  test('a notice whose month is gone raises the home and keeps no receipt', async () => {
    const { tenant, villages } = await testCommune(sql, [1])
    const notice = await publishForTests(app, { tenant, villages: [villages[0]!.id] })
    const old = `01900000${notice.publishedId.slice(8)}`
    for (const table of ['publication', 'reach_unit', 'audience'])
      await sql.unsafe(`update loa.${table} set published_id = '${old}' where published_id = '${notice.publishedId}'`)
    const one = evidence({ ...notice, publishedId: old }, villages[0]!.homes[0]!, 'acknowledged')
    await giveSoon(app, [one])
    await giveSoon(app, [one])
    expect(await totals({ ...notice, publishedId: old })).toMatchObject({ acknowledged: 1, reached: 1 })
    const [kept] = await sql<{ n: number }[]>`select count(*)::int as n from loa.receipt where commune_id = ${tenant}`
    expect(kept!.n).toBe(0)
  })
})

describe('figures under load', () => {
  const levels = ['sent', 'delivered', 'seen', 'acknowledged', 'acted'] as const
  const one = fc.record({
    home: fc.nat(11),
    notice: fc.nat(2),
    level: fc.constantFrom(...levels),
    channel: fc.constantFrom('app', 'push', 'door'),
    minutes: fc.nat(90),
    again: fc.boolean(),
  })

  test('random evidence in any order, given by several at once, equals a count', async () => {
    const { tenant, villages } = await testCommune(sql, [7, 5])
    const homes = villages.flatMap(village => village.homes)
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 60 }), async pieces => {
        const at = new Date(now().getTime() - 7_200_000)
        const asks: LevelName[] = ['acknowledged', 'delivered', 'seen']
        const units = villages.map(village => village.id)
        const notices = await Promise.all(
          asks.map(ask => publishForTests(app, { tenant, villages: units, ask, publishedAt: at })),
        )
        const given = pieces.map(piece =>
          evidence(notices[piece.notice]!, homes[piece.home]!, piece.level, {
            channel: piece.channel,
            at: new Date(at.getTime() + piece.minutes * 60_000),
          }),
        )
        const repeated = given.filter((_, n) => pieces[n]!.again)
        const all = [...given, ...repeated].toSorted(() => Math.random() - 0.5)
        const parts = [0, 1, 2, 3].map(k => all.filter((_, n) => n % 4 === k))
        await Promise.all(parts.map(part => inTransaction(sql, tx => give(app, tx, part))))
        expect(await differences(tenant)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  test('a thousand homes that answer within a second are all counted, each once', async () => {
    const { tenant, villages } = await testCommune(sql, [200, 200])
    const notice = await publishForTests(app, { tenant, villages: villages.map(village => village.id) })
    const homes = villages.flatMap(village => village.homes)
    await Promise.all(
      homes.flatMap(home => [
        giveSoon(app, [evidence(notice, home, 'delivered')]),
        giveSoon(app, [evidence(notice, home, 'acknowledged')]),
        inTransaction(sql, tx => give(app, tx, [evidence(notice, home, 'seen')])),
      ]),
    )
    expect(await totals(notice)).toMatchObject({ households: 400, acknowledged: 400, reached: 400, none: 0 })
    expect(await differences(tenant)).toEqual([])
  })
})
