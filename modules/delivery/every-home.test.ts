// The promise of the whole: whatever phones and people do, every home ends reached, accounted for by a person, or on a list of doors.
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { iso, now } from '#core/clock'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { newPhoneKeys, startPushService } from '#channels/simulator'
import { noticeForTests } from './notice-for-tests.ts'
import { outcomes } from './outcomes.ts'
import { recount } from './recount.ts'

const { app, ask, settle } = await testApp({ isDemo: true })
const service = await startPushService()
afterAll(() => service.stop())
await settle()
const { publicKey } = (await ask('GET', 'push-key')).body
const hour = 3_600_000

/** What a home's phone does with a push, if it has one. */
type Phone = 'none' | 'off' | 'has_it' | 'says_yes' | 'gone'
const phones = ['none', 'off', 'has_it', 'says_yes', 'gone'] as const

interface Met {
  home: string
  noticeId: string
}

/** A phone joins; what it decrypts is all it knows. */
async function join(c: TestCommune, home: string, kind: Phone, met: Met[]) {
  if (kind === 'none') return
  const token = await c.resident(home)
  const { keys, decrypt } = newPhoneKeys()
  const endpoint = service.subscribe(publicKey)
  expect((await ask('POST', 'devices', { token, body: { endpoint, keys } })).status).toBe(201)
  if (kind === 'gone') service.unsubscribe(endpoint)
  else if (kind !== 'off')
    service.listen(endpoint, ({ body }) => {
      met.push({ home, noticeId: (JSON.parse(decrypt(body)) as { noticeId: string }).noticeId })
    })
}

async function answer(c: TestCommune, { home, noticeId }: Met, kind: Phone) {
  const token = await c.resident(home)
  const receipts = [{ id: newId(), noticeId, level: 'delivered', at: iso(now()) }]
  expect((await ask('POST', 'receipts', { token, body: { receipts } })).body).toMatchObject({ refused: [] })
  if (kind === 'says_yes')
    expect((await ask('POST', `notices/${noticeId}/acknowledge`, { token, body: {} })).status).toBe(200)
}

async function doorsOf(c: TestCommune, village: number) {
  const token = await c.staff('village_head', c.villages[village]!.id)
  return (await ask('GET', 'doors?limit=100', { token })).body.items
}

const plan = fc.record({
  level: fc.constantFrom('delivered' as const, 'acknowledged' as const),
  phones: fc.array(fc.constantFrom(...phones), { minLength: 10, maxLength: 10 }),
  visits: fc.array(fc.option(fc.constantFrom(...outcomes), { nil: undefined }), { minLength: 10, maxLength: 10 }),
})

test('every home ends reached, accounted for, or on a list of doors, and the figures say the same', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ level, phones: kinds, visits }) => {
      const c = await testCommune(app.sql, [6, 4])
      const homes = c.villages.flatMap(village => village.homes)
      const met: Met[] = []
      for (const [n, home] of homes.entries()) await join(c, home, kinds[n]!, met)
      const publishedAt = new Date(now().getTime() - 5 * hour)
      const notice = await noticeForTests(app, c, { class: 'priority', ask: level, publishedAt })
      await settle()
      const heard = homes.filter((_, n) => kinds[n] === 'has_it' || kinds[n] === 'says_yes')
      expect(met.map(one => one.home).toSorted()).toEqual(heard.toSorted())
      for (const one of met) await answer(c, one, kinds[homes.indexOf(one.home)]!)

      const listed = [...(await doorsOf(c, 0)), ...(await doorsOf(c, 1))]
      const reached = (n: number) => kinds[n] === 'says_yes' || (kinds[n] === 'has_it' && level === 'delivered')
      expect(listed.map(door => door.no).toSorted((a, b) => a - b)).toEqual(
        homes.flatMap((_, n) => (reached(n) ? [] : [n + 1])),
      )
      for (const [v, village] of c.villages.entries()) {
        const token = await c.staff('village_head', village.id)
        for (const door of listed.filter(one => (one.no <= 6 ? 0 : 1) === v)) {
          const outcome = visits[door.no - 1]
          if (!outcome) continue
          const body = { id: newId(), outcome, at: iso(now()) }
          expect((await ask('POST', `doors/${door.doorId}/outcome`, { token, body })).status).toBe(200)
        }
      }
      const open = [...(await doorsOf(c, 0)), ...(await doorsOf(c, 1))].filter(door => !door.isAccountedFor)
      const officer = await c.staff('commune_officer')
      const reach = (await ask('GET', `notices/${notice.id}/reach`, { token: officer })).body
      expect(reach.households! - reach.accountedFor!).toBe(open.length)
      expect(Object.values(reach.levels).reduce<number>((a, b) => a + b!, 0)).toBe(10)
      expect((await recount(app.sql, c.tenant)).differences).toEqual([])
    }),
    { numRuns: 4 },
  )
}, 120_000)
