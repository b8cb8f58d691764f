import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { inTransaction } from '#core/db'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import type { HandedOver } from './channel.ts'
import { startMailServer } from './email/simulator.ts'
import { closeMail } from './email/smtp.ts'
import type { Pace } from './account.ts'
import { healthOf } from './health.ts'
import { reportUse, restUntil } from './report-use.ts'
import { giveBack, roomOf, takeAccount, type Taken } from './take-account.ts'

const demo = await testApp({ isDemo: true })
const { app, ask } = demo
const real = await testApp()
const password = 'mat-khau-rat-bi-mat'
afterAll(() => {
  closeMail(app)
})

const settings = {
  host: '127.0.0.1',
  port: 2525,
  security: 'none',
  user: 'xa',
  from: 'thongbao@sondong.example',
  fromName: 'UBND xã',
  perSecond: 100,
}
const smtp = (changes: object = {}) => ({
  adapter: 'smtp',
  name: 'Thư của xã',
  settings: { ...settings, ...changes },
  secrets: { password },
})

async function officer() {
  const commune = await testCommune(app.sql, [1])
  return { commune, token: await commune.staff('commune_officer') }
}
interface Shown {
  id: string
  version: number
  health: string
  trouble: string | null
  secretsKept: string[]
  today: { messages: number; accepted: number; refused: number }
}
const add = async (token: string, body: object) =>
  (await ask('POST', 'channel-accounts', { token, body })).body as Shown
const list = async (token: string) =>
  ((await ask('GET', 'channel-accounts', { token })).body as { items: Shown[] }).items
const take = (tenant: number, wanted = 10, isEmergency = false) =>
  takeAccount(app, { tenant, kind: 'email', wanted, isEmergency })
const nameOf = (taken: Taken) => (typeof taken === 'object' && 'account' in taken ? taken.account.name : taken)
const report = (taken: Taken, said: HandedOver[]) => {
  if (typeof taken !== 'object' || !('account' in taken)) throw new Error('nothing was taken')
  return inTransaction(app.sql, tx => reportUse(tx, taken.account, said))
}

test('an account is entered, tried and shown; its password is in no answer, no row and no backup of the row', async () => {
  const server = await startMailServer({ password })
  const { commune, token } = await officer()
  const made = await add(token, smtp({ port: server.port }))
  expect(made).toMatchObject({ health: 'untried', secretsKept: ['password'] })
  const tried = await ask('POST', `channel-accounts/${made.id}/test`, { token, body: { to: 'toi@thu.example' } })
  expect(tried.body).toMatchObject({ isAccepted: true, account: { health: 'well', today: { accepted: 1 } } })
  expect(server.letters().map(letter => letter.to)).toEqual([['toi@thu.example']])
  server.answerWith({ at: 'login', code: 535, words: '5.7.8 no' })
  const nowhere = await ask('POST', `channel-accounts/${made.id}/test`, { token, body: { to: 'khong phai thu' } })
  expect(nowhere.problem.code).toBe('account_test_address')
  const worse = await add(token, { ...smtp({ port: server.port }), name: 'Thư cũ', secrets: { password: 'sai' } })
  const refused = await ask('POST', `channel-accounts/${worse.id}/test`, { token, body: { to: 'toi@thu.example' } })
  expect(refused.body).toMatchObject({ isAccepted: false, account: { health: 'refused' } })
  expect((refused.body as { words: string }).words).toContain('không nhận khóa')
  const rows = await app.sql`select * from loa.channel_account where commune_id = ${commune.tenant}`
  const trail = await app.sql`select * from loa.trail where commune_id = ${commune.tenant}`
  const said = JSON.stringify([rows, trail, tried.text, refused.text, await list(token)])
  expect(said).not.toContain(password)
  expect(trail.map(row => row['what'])).toContain('channel.account_added')
  await server.stop()
})

test('a change keeps the secret that is not named; two officers at once are told; a removed account has no secret left', async () => {
  const { commune, token } = await officer()
  const made = await add(token, smtp())
  const change = { version: made.version, name: 'Thư mới', settings: { ...settings, perSecond: 5 } }
  const changed = await ask('PATCH', `channel-accounts/${made.id}`, { token, body: change })
  expect(changed.body).toMatchObject({ name: 'Thư mới', version: 2, secretsKept: ['password'] })
  const late = await ask('PATCH', `channel-accounts/${made.id}`, { token, body: { ...change, name: 'Khác' } })
  expect([late.status, late.problem.code]).toEqual([409, 'version_conflict'])
  expect((await ask('DELETE', `channel-accounts/${made.id}`, { token })).status).toBe(200)
  expect(await list(token)).toEqual([])
  const [row] = await app.sql`select sealed from loa.channel_account where commune_id = ${commune.tenant}`
  expect(row!['sealed']).toBeNull()
})

test('a key that is kept does not follow an account to another host: it is entered again', async () => {
  const { token } = await officer()
  const made = await add(token, smtp())
  const away = { version: made.version, settings: { ...settings, host: 'localhost' } }
  const refused = await ask('PATCH', `channel-accounts/${made.id}`, { token, body: away })
  expect(refused.problem).toMatchObject({ code: 'account_settings_wrong' })
  expect(Object.keys(refused.problem.fields ?? {})).toEqual(['password'])
  const body = { ...away, secrets: { password } }
  expect((await ask('PATCH', `channel-accounts/${made.id}`, { token, body })).status).toBe(200)
})

test('another commune’s account is nothing at all, and a head has no accounts', async () => {
  const [mine, theirs] = [await officer(), await officer()]
  const made = await add(mine.token, smtp())
  const body = { to: 'toi@thu.example' }
  expect((await ask('POST', `channel-accounts/${made.id}/test`, { token: theirs.token, body })).status).toBe(404)
  const head = await mine.commune.staff('village_head', mine.commune.villages[0]!.id)
  expect((await ask('GET', 'channel-accounts', { token: head })).status).toBe(403)
})

test('what is filled in wrongly is named field by field, and an unknown way of sending is refused', async () => {
  const { token } = await officer()
  const wrong = await ask('POST', 'channel-accounts', {
    token,
    body: smtp({ port: 0, from: 'khong-phai-thu', more: 1 }),
  })
  expect(wrong.problem).toMatchObject({ code: 'account_settings_wrong' })
  expect(Object.keys(wrong.problem.fields ?? {}).toSorted()).toEqual(['from', 'more', 'port'])
  const unknown = await ask('POST', 'channel-accounts', { token, body: { ...smtp(), adapter: 'fax' } })
  expect(unknown.problem).toMatchObject({ code: 'adapter_unknown' })
})

test('a demo speaks to this machine only; a real installation to public hosts with encryption, and to what its operator named', async () => {
  const { token } = await officer()
  const outside = await ask('POST', 'channel-accounts', {
    token,
    body: smtp({ host: 'smtp.example.com', security: 'tls' }),
  })
  expect(outside.problem).toMatchObject({ code: 'account_demo_only' })
  const commune = await testCommune(real.app.sql, [1])
  const their = await commune.staff('commune_officer')
  const outcome = async (changes: object) => {
    const said = await real.ask('POST', 'channel-accounts', { token: their, body: smtp(changes) })
    return said.status === 201 ? 'taken' : said.problem.code
  }
  for (const host of [
    '127.0.0.1',
    'localhost',
    '10.0.0.5',
    '169.254.169.254',
    'intranet',
    '[::1]',
    '192.168.1.1',
    '10.1',
    '0xa.0.0.1',
    '0177.0.0.1',
    '127.1',
  ])
    expect([host, await outcome({ host, security: 'tls' })]).toEqual([host, 'account_host_unsafe'])
  expect(await outcome({ host: 'smtp.example.com', security: 'none' })).toBe('account_host_unsafe')
  expect(await outcome({ host: 'smtp.example.com', security: 'starttls' })).toBe('taken')
  real.app.config.channelHosts.push('10.0.0.5')
  expect(await outcome({ host: '10.0.0.5', security: 'none' })).toBe('taken')
})

test('the second account takes over while the first rests, and gives back when it is well again', async () => {
  const { commune, token } = await officer()
  await add(token, { ...smtp(), name: 'Một' })
  await add(token, { ...smtp(), name: 'Hai' })
  const first = await take(commune.tenant)
  expect(nameOf(first)).toBe('Một')
  await report(first, [{ is: 'refused', why: 'slow_down', againAt: new Date(Date.now() + 60_000) }])
  expect(nameOf(await take(commune.tenant))).toBe('Hai')
  await app.sql`update loa.channel_account set paused_until = ${new Date(0)} where commune_id = ${commune.tenant}`
  const again = await take(commune.tenant)
  expect(nameOf(again)).toBe('Một')
  await report(again, [{ is: 'accepted' }])
  expect((await list(token))[0]).toMatchObject({ trouble: null })
})

test('a first refusal is enough where another account can take over, and not where it stands in trouble itself', async () => {
  const { commune, token } = await officer()
  await add(token, { ...smtp(), name: 'Một' })
  await add(token, { ...smtp(), name: 'Hai' })
  await report(await take(commune.tenant, 1), [{ is: 'refused', why: 'provider_down' }])
  const second = await take(commune.tenant, 1)
  expect(nameOf(second)).toBe('Hai')
  await report(second, [{ is: 'refused', why: 'provider_down' }])
  expect(nameOf(await take(commune.tenant, 1))).toBe('Hai')
  await app.sql`update loa.channel_account set paused_until = ${new Date(0)} where commune_id = ${commune.tenant}`
  expect(nameOf(await take(commune.tenant, 1))).toBe('Một')
})

test('an account that fails again and again is left alone, each time longer; an answer ends it', async () => {
  const { commune, token } = await officer()
  await add(token, smtp())
  for (let n = 0; n < 5; n++) await report(await take(commune.tenant, 1), [{ is: 'refused', why: 'no_line' }])
  const resting = await take(commune.tenant)
  expect(resting).toMatchObject({ why: 'no_line' })
  expect((await list(token))[0]).toMatchObject({ health: 'resting', today: { refused: 5 } })
  const waits = Array.from({ length: 20 }, (_, n) => restUntil(n, new Date(0))?.getTime() ?? 0)
  expect(waits).toEqual(waits.toSorted((a, b) => a - b))
  expect(Math.max(...waits)).toBeLessThanOrEqual(3_600_000)
})

test('what was taken and not used is the account’s again, and a day’s quota is never passed', async () => {
  const { commune, token } = await officer()
  await add(token, smtp({ perDay: 30 }))
  const taken = await take(commune.tenant, 20)
  expect(taken).toMatchObject({ granted: 20 })
  if (typeof taken === 'object' && 'account' in taken) await giveBack(app, taken.account, 15)
  expect((await list(token))[0]!.today.messages).toBe(5)
  expect(await take(commune.tenant, 20)).toMatchObject({ granted: 20 })
  expect(await take(commune.tenant, 20)).toMatchObject({ granted: 5 })
  const tomorrow = await take(commune.tenant, 20)
  expect(tomorrow).toMatchObject({ why: 'quota_used' })
})

test('without an account there is none to take', async () => {
  const { commune } = await officer()
  expect(await take(commune.tenant)).toBe('none')
})

const paces = fc.record({
  perSecond: fc.integer({ min: 1, max: 1000 }),
  perDay: fc.option(fc.integer({ min: 1, max: 100_000 }), { nil: undefined }),
  night: fc.option(fc.record({ from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 0, max: 1439 }) }), {
    nil: undefined,
  }),
})

test('an account is never asked for more than its pace, its day and its bucket allow, and what must wait has a moment to wait for', () => {
  fc.assert(
    fc.property(
      paces,
      fc.integer({ min: 1, max: 1000 }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.double({ min: 0, max: 3000, noNaN: true }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.boolean(),
      ({ perSecond, perDay, night }, wanted, used, tokens, agoMs, isEmergency) => {
        const at = new Date('2026-11-29T08:00:00Z')
        const pace: Pace = {
          perSecond,
          parallel: 1,
          ...(perDay === undefined ? {} : { perDay }),
          ...(night ? { night } : {}),
        }
        const row = { tokens, filledAt: new Date(at.getTime() - agoMs), pausedUntil: null, trouble: null, failures: 0 }
        const room = roomOf(row, pace, { wanted, used, isEmergency, at })
        if ('granted' in room) {
          expect(room.granted).toBeLessThanOrEqual(
            Math.min(wanted, Math.max(1, perSecond * 2), (perDay ?? Infinity) - used),
          )
          expect(room.granted).toBeGreaterThan(0)
          expect(room.left).toBeGreaterThanOrEqual(0)
        } else expect(room.waitUntil.getTime()).toBeGreaterThan(at.getTime())
      },
    ),
    { numRuns: 2000 },
  )
})

test('a way that is left alone in the night says so, and goes on in the morning; an emergency goes', () => {
  const pace: Pace = { perSecond: 2, parallel: 1, perDay: 100, night: { from: 21 * 60, to: 7 * 60 } }
  const row = { tokens: 5, filledAt: null, pausedUntil: null, trouble: null, failures: 0 }
  const asked = { wanted: 1, used: 0, at: new Date('2026-11-29T23:10:00+07:00') }
  const waitUntil = new Date('2026-11-30T07:00:00+07:00')
  expect(roomOf(row, pace, { ...asked, isEmergency: false })).toEqual({ waitUntil, why: 'night_pause' })
  expect(roomOf(row, pace, { ...asked, isEmergency: true })).toMatchObject({ granted: 1 })
})

test('what was written down while our clock was ahead holds no account back once the clock is right', () => {
  const at = new Date('2026-11-29T08:00:00Z')
  const future = new Date(at.getTime() + 30 * 86_400_000)
  const pace: Pace = { perSecond: 2, parallel: 1 }
  const row = { tokens: 0.2, filledAt: future, pausedUntil: future, trouble: 'slow_down' as const, failures: 1 }
  expect(roomOf(row, pace, { wanted: 5, used: 0, isEmergency: false, at })).toMatchObject({ granted: 2 })
  const soon = { ...row, pausedUntil: new Date(at.getTime() + 60_000) }
  expect(roomOf(soon, pace, { wanted: 5, used: 0, isEmergency: false, at })).toMatchObject({
    waitUntil: soon.pausedUntil,
  })
})

test('at most so many go in a second, however many workers ask', async () => {
  const { commune, token } = await officer()
  await add(token, smtp({ perSecond: 10 }))
  const began = performance.now()
  const granted = await Promise.all(Array.from({ length: 20 }, () => take(commune.tenant, 10)))
  const seconds = (performance.now() - began) / 1000
  const sum = granted.reduce((all, one) => all + (typeof one === 'object' && 'granted' in one ? one.granted : 0), 0)
  // The bucket holds two seconds' worth; some more drips in while the twenty ask.
  expect(sum).toBeGreaterThanOrEqual(20)
  expect(sum).toBeLessThanOrEqual(21 + 10 * seconds)
})

test('an account says in one light how it is: what a person has to do stands apart from what passes by itself', () => {
  const at = new Date()
  const well = { isOn: true, pausedUntil: null, failures: 0, trouble: null, testedAt: null }
  const soon = new Date(at.getTime() + 60_000)
  expect(healthOf(well, at, false)).toBe('untried')
  expect(healthOf(well, at, true)).toBe('well')
  expect(healthOf({ ...well, trouble: 'slow_down', pausedUntil: soon, failures: 1 }, at, true)).toBe('slow')
  expect(healthOf({ ...well, trouble: 'quota_used' }, at, true)).toBe('slow')
  expect(healthOf({ ...well, trouble: 'no_line', pausedUntil: soon, failures: 5 }, at, true)).toBe('resting')
  expect(healthOf({ ...well, trouble: 'no_line', failures: 1 }, at, true)).toBe('troubled')
  expect(healthOf({ ...well, trouble: 'no_money', pausedUntil: soon, failures: 5 }, at, true)).toBe('refused')
  expect(healthOf({ ...well, trouble: 'not_signed_in' }, at, true)).toBe('refused')
  expect(healthOf({ ...well, isOn: false, trouble: 'no_money' }, at, true)).toBe('off')
})

test('when it last sent and what its last trouble was is kept, though the trouble is over', async () => {
  const { commune, token } = await officer()
  await add(token, smtp())
  await report(await take(commune.tenant), [{ is: 'refused', why: 'provider_down' }])
  await report(await take(commune.tenant), [{ is: 'accepted' }])
  const [shown] = (await list(token)) as unknown as {
    health: string
    trouble: null
    lastSentAt: string
    lastTrouble: { at: string; words: string }
  }[]
  expect(shown).toMatchObject({ health: 'well', trouble: null })
  expect(new Date(shown!.lastSentAt).getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(shown!.lastTrouble.words).toContain('trục trặc')
})

test('the officer says which account goes first, and the next takes over; a list that is not theirs is refused', async () => {
  const { commune, token } = await officer()
  const first = await add(token, { ...smtp(), name: 'Thư một' })
  const second = await add(token, { ...smtp(), name: 'Thư hai' })
  expect(nameOf(await take(commune.tenant))).toBe('Thư một')
  const order = (accountIds: string[]) =>
    ask('PUT', 'channel-accounts/order', { token, body: { kind: 'email', accountIds } })
  expect((await order([second.id, first.id])).body).toMatchObject({ items: [{ name: 'Thư hai' }, { name: 'Thư một' }] })
  expect(nameOf(await take(commune.tenant))).toBe('Thư hai')
  expect((await order([second.id])).status).toBe(409)
  expect((await order([second.id, second.id])).status).toBe(409)
  const other = await officer()
  const strange = await ask('PUT', 'channel-accounts/order', {
    token: other.token,
    body: { kind: 'email', accountIds: [first.id, second.id] },
  })
  expect(strange.status).toBe(404)
})
