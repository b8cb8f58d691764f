import { expect, test } from 'vitest'
import { dayOf, endOfDay, now } from '#core/clock'
import { inTransaction } from '#core/db'
import { readPack, setPack } from '#core/packs'
import { workingDayAfter } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { NoticePackShape } from './pack-shape.ts'
import { packOf } from './store/packs.ts'

const t = await testApp()
const c = await testCommune(t.app.sql, [3])
const officer = await c.staff('commune_officer')
await c.staff('village_head', c.villages[0]!.id)
const today = dayOf(now())

const set = (from: string, normal: number) => {
  const body = { relayMinutes: { normal, priority: 15 }, aloneMinutes: 8, usefulHours: 6 }
  const read = readPack(NoticePackShape, { basis: 'quyết định của xã', source: 'QĐ 12/QĐ-UBND', body })
  return inTransaction(t.app.sql, tx => setPack(tx, { tenant: c.tenant, kind: 'notices', from, ...read }))
}
/** Publishes a notice to be passed on. @returns minutes that its head has, asked whenever wanted */
async function publish() {
  const body = { title: 'Họp thôn', body: 'Chủ nhật.', relay: 'village', audience: { units: [c.unit] } }
  const { id } = (await t.ask('POST', 'notices', { token: officer, body })).body
  await t.ask('POST', `notices/${id}/publish`, { token: officer, body: {} })
  const at = Date.now()
  return async () => {
    const [relay] = (await t.ask('GET', `notices/${id}/relays`, { token: officer })).body.items
    return Math.round((Date.parse(relay!.dueAt) - at) / 60_000)
  }
}

test('a commune gives its heads other hours from a day on; who was asked before keeps his', async () => {
  await set(dayOf(endOfDay(today)), 30)
  const before = await publish()
  expect(await before()).toBe(240)
  await set(today, 90)
  const after = await publish()
  expect([await before(), await after()]).toEqual([240, 90])
  expect(await packOf(t.app.sql, c.tenant, now())).toMatchObject({ aloneMinutes: 8, usefulHours: 6 })
  expect(await packOf(t.app.sql, c.tenant, endOfDay(today))).toMatchObject({ relayMinutes: { normal: 30 } })
})

test('a pack without a source, or with no time to pass on, is refused', () => {
  const body = { relayMinutes: { normal: 0, priority: 15 }, aloneMinutes: 5, usefulHours: 12 }
  expect(() => readPack(NoticePackShape, { basis: 'x', body })).toThrow('pack_wrong')
})

test('a commune gives its homes their answers sooner or later, by its own holidays', async () => {
  const home = await c.resident(c.villages[0]!.homes[0]!)
  const body = { title: 'Họp thôn', body: 'Chủ nhật.', audience: { units: [c.unit] } }
  const { id } = (await t.ask('POST', 'notices', { token: officer, body })).body
  await t.ask('POST', `notices/${id}/publish`, { token: officer, body: {} })
  const dueAt = async () => {
    const said = { token: home, body: { words: 'Mấy giờ?' } }
    return Date.parse((await t.ask('POST', `notices/${id}/questions`, said)).body.dueAt)
  }
  const usual = await dueAt()
  const own = await testCommune(t.app.sql, [1])
  const at = now()
  const [one, two] = [
    await workingDayAfter(t.app.sql, own.tenant, at, 1),
    await workingDayAfter(t.app.sql, own.tenant, at, 2),
  ]
  expect([usual, one < two]).toEqual([two.getTime(), true])
  const holidays = [dayOf(new Date(one.getTime() - 1))]
  await inTransaction(t.app.sql, tx =>
    setPack(tx, {
      tenant: own.tenant,
      kind: 'data_requests',
      from: today,
      basis: 'lịch nghỉ',
      source: 'QĐ 1',
      body: { holidays },
    }),
  )
  expect(await workingDayAfter(t.app.sql, own.tenant, at, 1)).toEqual(two)
})
