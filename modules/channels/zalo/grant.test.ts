// Tokens that work once: one process renews them, the new pair is kept before it is used, and a lost grant is said to a person.
import { afterAll, beforeEach, expect, test } from 'vitest'
import { liveEarlier, now } from '#core/clock'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { findAccount } from '../store-accounts.ts'
import { ask } from './api.ts'
import { keepGrants, tokenOf } from './grant.ts'
import { startZalo } from './simulator.ts'
import { findGrant, leaseGrant } from './store.ts'
import { activeSince, grantedAccount, secretsOfTests, settingsFor, zaloAccount } from './zalo-for-tests.ts'

const { app, ask: request, settle } = await testApp({ isDemo: true })
const { sql } = app
await settle()
const zalo = await startZalo()
afterAll(() => zalo.stop())
beforeEach(() => zalo.forget())

const aged = (account: { tenant: number; id: string }, hours: number) => sql`
  update loa.zalo_grant set granted_at = ${new Date(now().getTime() - hours * 3_600_000)}
  where commune_id = ${account.tenant} and account_id = ${account.id}`
const question = { door: 'api', path: '/v3.0/oa/quota/message', body: { user_id: '1' } } as const

test('five at once whose token has aged renew it once, and each has the new one', async () => {
  const account = await grantedAccount(app, zalo)
  await aged(account, 21)
  const before = zalo.renewed()
  const tokens = await Promise.all(Array.from({ length: 5 }, () => tokenOf(app, account)))
  expect(zalo.renewed() - before).toBe(1)
  expect(new Set(tokens.map(one => JSON.stringify(one))).size).toBe(1)
  expect(tokens[0]).toMatchObject({ is: 'token' })
})

test('a token that Zalo ended before its time is renewed once and the question asked again', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.user('1')
  zalo.expire()
  const before = zalo.renewed()
  const said = await Promise.all(Array.from({ length: 5 }, () => ask(app, account, question)))
  expect(said.map(one => one.is)).toEqual(Array.from({ length: 5 }, () => 'answered'))
  expect(zalo.renewed() - before).toBe(1)
})

test('the new pair is in the database before anybody asks with it', async () => {
  const account = await grantedAccount(app, zalo)
  await aged(account, 21)
  const old = (await findGrant(sql, account.tenant, account.id))!
  const got = await tokenOf(app, account)
  const kept = (await findGrant(sql, account.tenant, account.id))!
  expect(kept.turn).toBe(old.turn + 1)
  expect(kept.sealed).not.toContain('access-')
  expect(JSON.parse(app.keys.unseal('zalo-grant', kept.sealed!))).toMatchObject({
    accessToken: (got as { token: string }).token,
  })
})

test('our clock a day ahead or a day behind loses no grant: it is renewed once at most, and Zalo’s refusal renews it anyway', async () => {
  const account = await grantedAccount(app, zalo)
  zalo.user('1')
  for (const hours of [24, -24]) {
    const present = liveEarlier(hours * 3_600_000)
    const before = zalo.renewed()
    for (let n = 0; n < 3; n++) expect((await ask(app, account, question)).is).toBe('answered')
    expect(zalo.renewed() - before).toBeLessThanOrEqual(1)
    present()
  }
  // Granted in a future that is no more: the token looks young for ever, and Zalo ends it.
  await aged(account, -48)
  zalo.expire()
  expect((await ask(app, account, question)).is).toBe('answered')
  expect((await findGrant(sql, account.tenant, account.id))!.lostAt).toBeNull()
})

test('a process that died with the right to renew is waited for, and then another renews', async () => {
  const account = await grantedAccount(app, zalo)
  await aged(account, 21)
  const { turn } = (await findGrant(sql, account.tenant, account.id))!
  const soon = new Date(Date.now() + 600)
  expect(await leaseGrant(sql, account.tenant, account.id, { turn, at: new Date(), until: soon })).toBe(true)
  const before = zalo.renewed()
  expect(await tokenOf(app, account)).toMatchObject({ is: 'token' })
  expect(Date.now()).toBeGreaterThanOrEqual(soon.getTime())
  expect(zalo.renewed() - before).toBe(1)
})

test('a line that breaks while renewing loses nothing: the next one renews', async () => {
  const account = await grantedAccount(app, zalo)
  await aged(account, 21)
  zalo.answerWith('down')
  expect(await tokenOf(app, account)).toEqual({ is: 'refused', why: 'no_line' })
  zalo.answerWith('none')
  expect(await tokenOf(app, account)).toMatchObject({ is: 'token' })
})

async function entered() {
  const c = await testCommune(sql, [1])
  const token = await c.staff('commune_officer')
  const body = { adapter: 'zalo_oa', name: 'Zalo xã', settings: settingsFor(zalo.port), secrets: secretsOfTests }
  const made = (await request('POST', 'channel-accounts', { token, body })).body
  const path = `channel-accounts/${made.id}/grant` as 'channel-accounts/x/grant'
  return { c, token, made, path }
}

test('the officer pastes the challenge at Zalo, brings its code, and the account is granted; the code works once', async () => {
  const { token, made, path } = await entered()
  expect(made.grant).toMatchObject({ state: 'none', challenge: expect.stringMatching(/^[\w-]{43}$/) as string })
  const code = zalo.codeFor(made.grant!.challenge)
  const said = (await request('POST', path, { token, body: { granted: { code } } })).body
  expect(said).toMatchObject({ isAccepted: true, account: { grant: { state: 'granted' } } })
  const again = (await request('POST', path, { token, body: { granted: { code } } })).body
  expect(again.isAccepted).toBe(false)
  expect(again.account.grant!.state).toBe('granted')
  expect(JSON.stringify(again)).not.toMatch(/access-|refresh-|BI-MAT|KHOA-OA/)
})

test('Zalo’s page may bring the code itself, to the account’s own address', async () => {
  const { token, made } = await entered()
  const { pathname } = new URL(made.hook!)
  const back = await request('GET', `${pathname}?oa_id=1&code=${zalo.codeFor(made.grant!.challenge)}` as '/hooks')
  expect(back.text).toContain('Đã nối')
  const [mine] = (await request('GET', 'channel-accounts', { token })).body.items
  expect(mine!.grant!.state).toBe('granted')
})

test('a grant that is taken back: the account rests, the words say why, whoever manages channels hears of it, and a new grant mends it', async () => {
  const { c, token, path, made } = await entered()
  const explored = zalo.explore()
  const granted = { accessToken: explored.access_token, refreshToken: explored.refresh_token }
  await request('POST', path, { token, body: { granted } })
  zalo.revoke()
  const [row] = await sql<{ id: string }[]>`select id from loa.channel_account where commune_id = ${c.tenant}`
  await aged({ tenant: c.tenant, id: row!.id }, 21)
  const alerts: unknown[] = []
  const send = app.jobs.send.bind(app.jobs)
  app.jobs.send = async (tx, name, data, how) => {
    if (name === 'channels.alert') alerts.push(data)
    await send(tx, name, data, how)
  }
  await keepGrants(app)
  await keepGrants(app)
  app.jobs.send = send
  expect(alerts).toMatchObject([{ says: 'channels.alert.grant_lost', subject: 'Zalo xã', tenant: c.tenant }])
  const shown = (await request('GET', 'channel-accounts', { token })).body.items[0]!
  expect(shown).toMatchObject({ health: 'refused', grant: { state: 'lost' } })
  expect(shown.trouble).toContain('cấp lại')
  expect((await findAccount(sql, c.tenant, row!.id))!.pausedUntil!.getTime()).toBeGreaterThan(
    Date.now() + 20 * 3_600_000,
  )
  await request('POST', path, { token, body: { granted: { code: zalo.codeFor(made.grant!.challenge) } } })
  expect((await request('GET', 'channel-accounts', { token })).body.items[0]!.trouble).toBeNull()
})

test('a pair that lies unused is renewed every day, so that three months never pass', async () => {
  await sql`update loa.channel_account set is_on = false where adapter = 'zalo_oa'`
  const { token, path, made } = await entered()
  await request('POST', path, { token, body: { granted: { code: zalo.codeFor(made.grant!.challenge) } } })
  const back = liveEarlier(-21 * 3_600_000)
  const before = zalo.renewed()
  await keepGrants(app)
  back()
  expect(zalo.renewed()).toBe(before + 1)
})

test('an account that is taken away leaves no token behind, and who did nothing for a week is forgotten', async () => {
  const { c, token, path, made } = await entered()
  await request('POST', path, { token, body: { granted: { code: zalo.codeFor(made.grant!.challenge) } } })
  const [row] = await sql<{ id: string }[]>`select id from loa.channel_account where commune_id = ${c.tenant}`
  await activeSince(app, { ...zaloAccount(zalo.port, {}, c.tenant), id: row!.id }, 'lau', 200)
  await activeSince(app, { ...zaloAccount(zalo.port, {}, c.tenant), id: row!.id }, 'moi', 100)
  await keepGrants(app)
  expect((await sql`select 1 from loa.heard_last where commune_id = ${c.tenant}`).length).toBe(1)
  expect((await request('DELETE', `channel-accounts/${made.id}` as 'channel-accounts/x', { token })).status).toBe(200)
  for (const table of ['zalo_grant', 'zalo_asked', 'heard_last', 'zalo_article'])
    expect((await sql`select 1 from loa.${sql(table)} where commune_id = ${c.tenant}`).length).toBe(0)
})
