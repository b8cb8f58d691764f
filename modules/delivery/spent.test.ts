// What messages cost: counted as they go, and shown by notice, by kind of account and by month.
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

async function communeWith(homes: number) {
  const c = await testCommune(sql, [homes])
  const token = await c.staff('commune_officer')
  const body = { adapter: 'esms', name: 'SMS', settings, secrets }
  const { body: account } = await ask('POST', 'channel-accounts', { token, body })
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: rungs, priority: rungs, emergency: rungs })})`
  for (const [n, home] of c.villages[0]!.homes.entries()) {
    const value = `+8491277${String(n).padStart(4, '0')}`
    await sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${c.tenant}, ${newId()}, ${home}, 'phone', ${value}, ${contactDigest('phone', value)}, true, ${new Date()})`
  }
  return { c, token, account: (account as { id: string }).id }
}

async function sent(c: TestCommune, token: string, title: string, changes: object = {}) {
  const body = { title, body: 'Mời mỗi nhà một người.', audience: { units: [c.unit] }, ...changes }
  const { id } = (await ask('POST', 'notices', { token, body })).body as { id: string }
  await ask('POST', `notices/${id}/publish`, { token, body: {} })
  await settle()
  return id
}

interface Month {
  month: string
  budget: number | null
  total: { messages: number; dong: number }
  kinds: { kind: string; messages: number; dong: number }[]
  unclear: number
  items: { noticeId: string; title: string; dong: number; messages: number }[]
  next: string | null
}
const monthOf = async (token: string, query = '') => (await ask('GET', `spent${query}`, { token })).body as Month

test('a notice says what it cost by channel, and for each home that it reached', async () => {
  const { c, token } = await communeWith(3)
  const id = await sent(c, token, 'Họp thôn')
  const { body } = await ask('GET', `notices/${id}/spent`, { token })
  expect(body).toEqual({
    messages: 3,
    parts: 3,
    dong: 900,
    reached: 0,
    perHome: null,
    channels: [{ channel: 'sms', messages: 3, parts: 3, dong: 900 }],
    waiting: 0,
  })
  await ask('PATCH', `notices/${id}`, { token, body: {} })
  await sql`update loa.reach_unit set reached = 2 where commune_id = ${c.tenant}`
  expect((await ask('GET', `notices/${id}/spent`, { token })).body).toMatchObject({ reached: 2, perHome: 450 })
})

test('a correction that tells again costs again, and the notice says both together', async () => {
  const { c, token } = await communeWith(2)
  const id = await sent(c, token, 'Họp thôn')
  const { body: now } = await ask('GET', `notices/${id}`, { token })
  const { version } = now as { version: number }
  const body = { version, title: 'Họp thôn lúc 8 giờ', tellAgain: true, reason: 'Sai giờ' }
  expect((await ask('POST', `notices/${id}/correct`, { token, body })).status).toBeLessThan(300)
  // Homes that knew the old words are told first, the others a second later.
  await new Promise(done => setTimeout(done, 1100))
  await settle()
  expect((await ask('GET', `notices/${id}/spent`, { token })).body).toMatchObject({ messages: 4, dong: 1200 })
})

test('a month says its sum, its kinds of accounts with trials, and its notices page by page', async () => {
  const { c, token, account } = await communeWith(2)
  await ask('PUT', 'channel-budget', { token, body: { dong: 5000, version: 0 } })
  const trial = await ask('POST', `channel-accounts/${account}/test`, { token, body: { to: '0912345678' } })
  expect(trial.body).toMatchObject({ isAccepted: true })
  const first = await sent(c, token, 'Tin một')
  const second = await sent(c, token, 'Tin hai', { audience: { units: [c.unit], groups: [] } })
  const month = await monthOf(token)
  expect(month).toMatchObject({ budget: 5000, total: { messages: 5, dong: 1500 }, unclear: 0, next: null })
  expect(month.kinds).toEqual([{ kind: 'sms', messages: 5, parts: 5, dong: 1500 }])
  expect(month.items.map(item => [item.noticeId, item.dong])).toEqual([
    [second, 600],
    [first, 600],
  ])
  const page = await monthOf(token, '?limit=1')
  expect(page.items.map(item => item.noticeId)).toEqual([second])
  expect((await monthOf(token, `?limit=1&cursor=${page.next}`)).items.map(item => item.noticeId)).toEqual([first])
  expect(await monthOf(token, '?month=2025-01')).toMatchObject({ total: { messages: 0, dong: 0 }, items: [] })
  expect((await ask('GET', 'spent?cursor=zzz', { token })).status).toBe(400)
  expect((await ask('GET', 'spent?month=2026-13', { token })).status).toBe(400)
})

test('the table for a spreadsheet has a line a notice and channel, and no title of what is private', async () => {
  const { c, token } = await communeWith(1)
  await sql`update loa.household set needs = '{hearing}' where commune_id = ${c.tenant}`
  await sent(c, token, 'Trợ cấp riêng', { audience: { units: [c.unit], attributes: { needs: ['hearing'] } } })
  await sent(c, token, '=HYPERLINK("x")')
  const { text } = await ask('GET', 'spent/table', { token })
  expect(text).not.toContain('Trợ cấp riêng')
  expect(text).toContain('Tin riêng gửi từng hộ')
  expect(text).not.toMatch(/(^|[,;"])=HYPERLINK/m)
  expect((await monthOf(token)).items.map(item => item.title)).not.toContain('Trợ cấp riêng')
})

test('of a notice to a Party cell the commune sees the money, and not how many homes it is for', async () => {
  const { c, token } = await communeWith(3)
  const [cell, village] = [newId(), c.villages[0]!]
  await sql`
    insert into loa.group_of_people (commune_id, id, kind, name, folded, unit_id, is_confidential, opened_at)
    values (${c.tenant}, ${cell}, 'party_cell', 'Chi bộ thôn', 'chi bo thon', ${village.id}, true, ${new Date()})`
  await sql`
    insert into loa.group_member (commune_id, group_id, person_id, valid_from)
    select ${c.tenant}, ${cell}, id, ${new Date(Date.now() - 86_400_000)} from loa.person
    where commune_id = ${c.tenant} and household_id = ${village.homes[0]!}`
  const secretary = await c.staff('party_secretary', village.id, cell)
  await sent(c, secretary, 'Họp chi bộ', { audience: { units: [], groups: [c.out(cell)] } })
  const { items } = await monthOf(token)
  expect(items).toMatchObject([{ title: 'Tin riêng gửi từng hộ', households: null, reached: null, messages: 1 }])
})

test('another commune’s money is not seen', async () => {
  const one = await communeWith(1)
  const other = await communeWith(1)
  const id = await sent(one.c, one.token, 'Tin xã một')
  expect((await monthOf(other.token)).items).toEqual([])
  expect((await ask('GET', `notices/${id}/spent`, { token: other.token })).status).toBe(404)
})
