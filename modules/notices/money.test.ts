// An emergency and the month's money: it stops at the budget, a second person is told and says yes, and what stopped goes on.
import { afterAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { startSmsProvider } from '#channels/sms-simulator'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { esmsAccount } from '#testing/esms-account'
import { testCommune, type TestCommune } from '#testing/commune'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
const server = await startSmsProvider('esms')
afterAll(() => server.stop())

const { settings, secrets } = esmsAccount(server, { mostParts: 1 })
const rungs = [
  { channel: 'sms', after: 0 },
  { channel: 'door', after: 240 },
]

/** Money for one message, numbers in each home; two homes share one. */
async function poorCommune() {
  const c = await testCommune(sql, [4])
  const officer = await c.staff('commune_officer')
  const chair = await c.staff('commune_chair')
  const head = await c.staff('village_head', c.villages[0]!.id)
  await ask('POST', 'channel-accounts', { token: officer, body: { adapter: 'esms', name: 'SMS', settings, secrets } })
  await ask('PUT', 'channel-budget', { token: officer, body: { dong: 400, version: 0 } })
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: rungs, priority: rungs, emergency: rungs })})`
  for (const [n, home] of c.villages[0]!.homes.entries()) {
    const value = `+8491266${String(Math.min(n, 2)).padStart(4, '0')}`
    await sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${c.tenant}, ${newId()}, ${home}, 'phone', ${value}, ${contactDigest('phone', value)}, true, ${new Date()})`
  }
  return { c, officer, chair, head }
}

async function sent(c: TestCommune, token: string, changes: object = {}) {
  const body = {
    title: 'Nước lên nhanh',
    body: 'Lên nhà văn hóa ngay.',
    class: 'emergency',
    steps: [{ act: 'Lên nhà văn hóa' }],
    audience: { units: [c.villages[0]!.id] },
    ...changes,
  }
  const { id } = (await ask('POST', 'notices', { token, body })).body as { id: string }
  expect((await ask('POST', `notices/${id}/publish`, { token, body: {} })).status).toBeLessThan(300)
  await settle()
  return id
}
const waiting = async (token: string) =>
  (
    (await ask('GET', 'approvals/money', { token })).body as {
      items: { noticeId: string; homes: number; isMine: boolean }[]
    }
  ).items
const statesIn = async (c: TestCommune) =>
  (await sql<{ state: string }[]>`select state from loa.delivery where commune_id = ${c.tenant} and channel = 'sms'`)
    .map(row => row.state)
    .toSorted()
const takenNow = () => server.taken().length

test('an emergency of one village stops at the budget, and the chair is asked', async () => {
  const { c, chair, head } = await poorCommune()
  server.forget()
  const id = await sent(c, head)
  expect(takenNow()).toBe(1)
  expect(await waiting(chair)).toMatchObject([{ noticeId: id, isMine: false }])
  const [item] = await waiting(chair)
  expect(item!.homes).toBeGreaterThanOrEqual(2)
  expect((await ask('GET', `notices/${id}/spent`, { token: chair })).body).toMatchObject({ waiting: item!.homes })
  const [trail] = await sql`select what from loa.trail where commune_id = ${c.tenant} and what = 'money.asked'`
  expect(trail).toBeDefined()
})

test('after the yes what stopped goes on, each number once, and there is nothing more to say yes to', async () => {
  const { c, chair, head } = await poorCommune()
  server.forget()
  const id = await sent(c, head)
  const before = takenNow()
  expect((await ask('POST', `notices/${id}/approve-money`, { token: chair, body: {} })).body).toEqual({ done: true })
  await settle()
  await new Promise(done => setTimeout(done, 2100))
  await settle()
  expect(takenNow()).toBe(3)
  expect(new Set(server.taken().map(one => one.phone)).size).toBe(3)
  expect(before).toBe(1)
  expect(await statesIn(c)).toEqual(['handed_over', 'handed_over', 'handed_over', 'handed_over'])
  expect(await waiting(chair)).toEqual([])
  const again = await ask('POST', `notices/${id}/approve-money`, { token: chair, body: {} })
  expect([again.status, again.text]).toEqual([409, expect.stringContaining('nothing_to_approve')])
})

test('who wrote it needs another person', async () => {
  const { c, chair } = await poorCommune()
  const id = await sent(c, chair)
  expect(await waiting(chair)).toMatchObject([{ isMine: true }])
  const mine = await ask('POST', `notices/${id}/approve-money`, { token: chair, body: {} })
  expect([mine.status, mine.text]).toEqual([403, expect.stringContaining('approver_same')])
})

test('what is no emergency stops at the budget and asks nobody; a withdrawn emergency asks no more', async () => {
  const { c, chair, officer, head } = await poorCommune()
  await sent(c, officer, { class: 'priority', relay: 'none' })
  expect(await waiting(chair)).toEqual([])
  const id = await sent(c, head)
  expect(await waiting(chair)).toHaveLength(1)
  await ask('POST', `notices/${id}/withdraw`, { token: head, body: { reason: 'Nước đã rút' } })
  expect(await waiting(chair)).toEqual([])
})
