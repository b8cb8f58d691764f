// A commune whose short messages go by SMPP: what the parts' receipts make of its homes, and what bad luck with the line does.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { setTimeout as sleep } from 'node:timers/promises'
import { inTransaction } from '#core/db'
import { newId } from '#core/ids'
import { shown, startSmsc } from '#channels/smsc-simulator'
import { send, type Message } from '#delivery'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune, type TestCommune } from '#testing/commune'
import { testMessage } from '#testing/message'

const { app, ask, settle } = await testApp({ isDemo: true })
const { sql } = app
const smsc = await startSmsc()
/** Accounts that are switched off have no line any more. */
const switchOff = async () => {
  await sql`update loa.channel_account set is_on = false, version = version + 1`
  await settle()
}
beforeEach(() => smsc.answerWith('take'))
afterAll(async () => {
  await switchOff()
  await smsc.stop()
})

const settings = {
  host: '127.0.0.1',
  port: smsc.port,
  line: 'plain',
  user: 'xa',
  sender: 'XASONDONG',
  alphabet: 'gsm',
  idFormat: 'text',
  window: 10,
  answerSeconds: 1,
  perSecond: 200,
  dongPerPart: 300,
  mostParts: 4,
  marks: true,
}
const smsOnly = [
  { channel: 'sms', after: 0 },
  { channel: 'door', after: 240 },
]

async function communeWith(homes: number) {
  const c = await testCommune(sql, [homes])
  const token = await c.staff('commune_officer')
  const body = { adapter: 'smpp', name: 'Nhà mạng', settings, secrets: { password: 'mat-khau' } }
  await ask('POST', 'channel-accounts', { token, body })
  await sql`
    insert into loa.rule_pack (commune_id, kind, valid_from, basis, body)
    values (${c.tenant}, 'ladder', '2025-07-01', 'test', ${sql.json({ normal: smsOnly, priority: smsOnly, emergency: smsOnly })})`
  const [village] = c.villages
  for (const [n, household] of village!.homes.entries()) {
    const value = `+8491234000${n}`
    await sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${c.tenant}, ${newId()}, ${household}, 'phone', ${value}, ${contactDigest('phone', value)}, true, ${new Date()})`
  }
  return { c, homes: village!.homes }
}

async function sent(c: TestCommune, changes: Partial<Message> = {}) {
  const message = testMessage(c.tenant, [c.unit], changes)
  const { publishedId } = await inTransaction(sql, tx => send(app, tx, message))
  await settle()
  return publishedId
}

async function levelsOf(c: TestCommune, publishedId: string) {
  const rows = await sql<{ level: number }[]>`
    select level from loa.reach_home where commune_id = ${c.tenant} and published_id = ${publishedId}`
  return rows.map(row => row.level)
}
async function statesOf(c: TestCommune, publishedId: string) {
  const rows = await sql<{ said: string }[]>`
    select concat_ws(' ', state, reason) as said from loa.delivery
    where commune_id = ${c.tenant} and published_id = ${publishedId} and channel = 'sms'`
  return rows.map(row => row.said)
}
async function comes<T>(read: () => Promise<T>, wanted: T) {
  for (let n = 0; n < 100; n++) {
    await settle()
    const now = await read()
    if (JSON.stringify(now) === JSON.stringify(wanted)) break
    await sleep(50)
  }
  expect(await read()).toEqual(wanted)
}

test('homes are reached when the network has brought each part, however late, often and mixed up it says so', async () => {
  const { c, homes } = await communeWith(4)
  smsc.answerWith('take', { become: 'DELIVRD', afterMs: 300, times: 2, isReversed: true })
  const publishedId = await sent(c)
  const phones = shown(smsc.parts())
  expect(phones.map(one => one.to).toSorted()).toEqual(homes.map((_, n) => `8491234000${n}`))
  for (const { text } of phones) expect(text).toContain('Dịch tả lợn Châu Phi. Không mua bán lợn.')
  expect(smsc.parts().length).toBe(homes.length * 2)
  await comes(() => levelsOf(c, publishedId), [3, 3, 3, 3])
})

test('a number out of use has failed, and its home keeps its door', async () => {
  const { c } = await communeWith(1)
  smsc.answerWith('take', { become: 'UNDELIV', networkError: 1 })
  const publishedId = await sent(c)
  await comes(() => statesOf(c, publishedId), ['failed address_dead'])
})

test('a message whose answer never came is not sent again: nobody knows, and the ladder goes on', async () => {
  const { c } = await communeWith(1)
  smsc.answerWith('silent')
  const publishedId = await sent(c)
  expect(smsc.parts().length).toBe(1)
  smsc.answerWith('take')
  await sql`update loa.delivery set leased_until = ${new Date(0)} where commune_id = ${c.tenant}`
  await sql`
    insert into loa.delivery_lane (commune_id, channel, is_emergency, due_at) values (${c.tenant}, 'sms', false, ${new Date(0)})
    on conflict (commune_id, channel, is_emergency) do update set due_at = excluded.due_at`
  await comes(() => statesOf(c, publishedId), ['uncertain'])
  expect(smsc.parts()).toEqual([])
})

test('a provider that is away costs nothing and loses nothing: what was refused goes when it is back', async () => {
  const { c } = await communeWith(2)
  smsc.answerWith('down')
  const publishedId = await sent(c)
  expect(await statesOf(c, publishedId)).toEqual(['planned no_line', 'planned no_line'])
  smsc.answerWith('take')
  await smsc.whenBound()
  await sql`update loa.delivery set due_at = ${new Date(0)} where commune_id = ${c.tenant}`
  await sql`update loa.delivery_lane set due_at = ${new Date(0)} where commune_id = ${c.tenant}`
  await comes(() => levelsOf(c, publishedId), [3, 3])
})
