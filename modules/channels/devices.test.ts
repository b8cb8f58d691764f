import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { newId } from '#core/ids'
import { digest } from '#core/secrets'
import { dropOldest, liveDevices, putDevice } from './store.ts'
import { newPhoneKeys } from './webpush/phone.ts'
import { vapidOf } from './webpush/vapid.ts'

const demo = await testApp({ isDemo: true })
const { app, ask } = demo
const c = await testCommune(app.sql, [2])
const [home, other] = c.villages[0]!.homes as [string, string]
const token = await c.resident(home)
const body = (path: string, changes: object = {}) => ({
  endpoint: `http://127.0.0.1:4140/${path}`,
  keys: newPhoneKeys().keys,
  ...changes,
})
const alive = async (household: string) => (await liveDevices(app.sql, c.tenant, [household], new Date())).length

test('the key pair is made once, its private half sealed', async () => {
  const { publicKey, privateKey } = await vapidOf(app)
  expect((await ask('GET', 'push-key')).body).toEqual({ publicKey })
  const [row] = await app.sql`select value::text as value from loa.setting where key = 'webpush.vapid'`
  expect(row!['value']).toContain(publicKey)
  expect(row!['value']).not.toContain(privateKey)
})

test('a real server whose operator named nobody to write to lets no phone join yet, and says so', async () => {
  const real = await testApp()
  expect((await real.ask('GET', 'push-key')).problem.code).toBe('push_not_set_up')
  const named = await testApp({ pushContact: 'mailto:tin@sondong.gov.vn' })
  expect((await named.ask('GET', 'push-key')).status).toBe(200)
})

test('a phone joins, moves to another home of whoever signs in on it, and leaves', async () => {
  const device = body('a')
  const first = await ask('POST', 'devices', { token, body: device })
  expect(first.status).toBe(201)
  expect((await ask('POST', 'devices', { token, body: device })).body).toEqual(first.body)
  expect(await alive(home)).toBe(1)
  const theirs = await c.resident(other)
  await ask('POST', 'devices', { token: theirs, body: device })
  expect([await alive(home), await alive(other)]).toEqual([0, 1])
  const path = `devices/${first.body.id}`
  expect((await ask('DELETE', path, { token })).status).toBe(200)
  expect(await alive(other)).toBe(1)
  for (let n = 0; n < 2; n++) expect((await ask('DELETE', path, { token: theirs })).body).toEqual({ done: true })
  expect(await alive(other)).toBe(0)
})

test('where an endpoint lies is kept sealed', async () => {
  await ask('POST', 'devices', { token, body: body('very-secret-path') })
  const rows =
    await app.sql`select sealed, encode(digest, 'escape') as digest from loa.push_subscription where commune_id = ${c.tenant}`
  expect(JSON.stringify(rows)).not.toContain('very-secret-path')
})

test('a phone whose session has ended gets nothing more', async () => {
  const lost = await c.resident(other)
  await ask('POST', 'devices', { token: lost, body: body('lost') })
  expect(await alive(other)).toBe(1)
  await app.sql`update loa.session set ended_at = ${new Date()} where commune_id = ${c.tenant} and household_id = ${other}`
  expect(await alive(other)).toBe(0)
})

test('wrong keys, unsafe addresses and strangers are refused with a reason', async () => {
  expect((await ask('POST', 'devices', { body: body('x') })).status).toBe(401)
  const far = body('x', { endpoint: 'https://fcm.googleapis.com/fcm/send/x' })
  expect((await ask('POST', 'devices', { token, body: far })).problem).toMatchObject({ code: 'device_demo' })
  const inside = body('x', { endpoint: 'ftp://127.0.0.1/x' })
  expect((await ask('POST', 'devices', { token, body: inside })).problem).toMatchObject({ code: 'device_unsafe' })
  const { auth } = newPhoneKeys().keys
  for (const p256dh of ['A'.repeat(87), Buffer.alloc(65, 4).toString('base64url')])
    expect(
      (await ask('POST', 'devices', { token, body: body('x', { keys: { p256dh, auth } }) })).problem,
    ).toMatchObject({
      code: 'device_keys_wrong',
    })
  expect((await ask('POST', 'devices', { token, body: { endpoint: 'x', keys: {} } })).status).toBe(400)
  expect((await ask('DELETE', 'devices/nonsense', { token })).status).toBe(404)
})

test('a home keeps its twenty newest devices', async () => {
  const d = await testCommune(app.sql, [1])
  const only = d.villages[0]!.homes[0]!
  await ask('POST', 'devices', { token: await d.resident(only), body: body('first') })
  const [first] = await app.sql<{ session_id: string }[]>`
    select session_id from loa.push_subscription where commune_id = ${d.tenant}`
  for (let n = 0; n < 24; n++) {
    const at = new Date(Date.now() + n)
    const who = { tenant: d.tenant, session: first!.session_id, household: only, account: undefined, person: undefined }
    const device = { ...who, id: newId(), digest: digest(String(n)), sealed: String(n), at }
    await app.sql.begin(async tx => {
      await putDevice(tx, device)
      await dropOldest(tx, device)
    })
  }
  const rows = await liveDevices(app.sql, d.tenant, [only], new Date())
  expect(rows.map(row => Number(row.sealed)).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, n) => n + 4),
  )
})
