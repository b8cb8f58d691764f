import { expect, test, vi } from 'vitest'
import { liveEarlier } from '#core/clock'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import { digest, newToken } from '#core/secrets'
import { channelErrors, waitBeforeAgain, type ChannelError } from '../channel-errors.ts'
import { hasWords } from '#core/words'
import { alertDevice, alertStaff } from '../alert.ts'
import { httpProvider, runCases, testOutgoing } from '../run-cases.ts'
import { liveDevices, putDevice } from '../store.ts'
import { newPhoneKeys } from './phone.ts'
import { push } from './push.ts'
import { isPublicIp, publicLookup, safetyOf } from '../safe-address.ts'
import { startPushService, type PushService } from './simulator.ts'
import { vapidOf } from './vapid.ts'

const { app, settle } = await testApp({ isDemo: true })
const tenant = 1
const phone = newPhoneKeys()
let endpoint = ''
let device = ''

/** A device of a new home, as the store keeps it. */
async function deviceAt(at: string, keys = phone.keys) {
  const household = newId()
  const session = newId()
  const on = new Date()
  await app.sql`
    insert into loa.session (commune_id, id, kind, digest, household_id, made_at, seen_at, ends_at)
    values (${tenant}, ${session}, 'resident', ${digest(newToken())}, ${household}, ${on}, ${on}, ${new Date(on.getTime() + 86_400_000)})`
  const row = {
    tenant,
    session,
    household,
    account: undefined,
    person: undefined,
    digest: app.keys.mac('push', at),
    sealed: app.keys.seal('push', JSON.stringify({ endpoint: at, keys })),
    at: on,
  }
  const id = await app.sql.begin(tx => putDevice(tx, { ...row, id: newId() }))
  return { id, household, sealed: row.sealed }
}

const isDead = async () => {
  const [row] = await app.sql`select dead_at from loa.push_subscription where commune_id = ${tenant} and id = ${device}`
  return row!['dead_at'] !== null
}
const staysAlive = async () => {
  expect(await isDead()).toBe(false)
}
const isBuried = async () => {
  expect(await isDead()).toBe(true)
}

runCases({
  channel: push,
  app: () => app,
  async piece(url) {
    endpoint = `${url}/push/${newToken(12)}`
    const made = await deviceAt(endpoint)
    device = made.id
    const addresses = [{ id: made.id, value: made.sealed }]
    return { piece: { key: 'k', householdId: made.household, addresses, link: '' } }
  },
  provider: httpProvider,
  secrets: () => [endpoint, endpoint.split('/').at(-1)!, phone.keys.auth, phone.keys.p256dh, 'Dịch tả', 'vapid t='],
  cases: [
    {
      title: 'a message taken is encrypted, signed, urgent and may be replaced',
      provider: { status: 201 },
      expected: { is: 'accepted' },
      asked({ headers, body }) {
        expect(headers).toMatchObject({ urgency: 'high', ttl: '3600', topic: 'abcdefghijklmnopqrstuvwxyz012345' })
        expect(headers.authorization).toMatch(/^vapid t=.+, k=/)
        expect(body.includes('Dịch')).toBe(false)
        expect(JSON.parse(phone.decrypt(body))).toMatchObject({
          title: 'Dịch tả lợn châu Phi',
          noticeId: '1-AAAAAAAAAAAAAAAAAAAAAA',
          url: '/n/1-AAAAAAAAAAAAAAAAAAAAAA',
        })
      },
      after: staysAlive,
    },
    {
      title: 'a private message shows no subject, and the phone still learns which notice it has',
      provider: { status: 201 },
      message: { isPrivate: true, title: 'Hộ nghèo', words: 'Danh sách hộ nghèo' },
      expected: { is: 'accepted' },
      asked({ body }) {
        const said = phone.decrypt(body)
        expect(said).not.toContain('nghèo')
        expect(JSON.parse(said)).toMatchObject({ noticeId: '1-AAAAAAAAAAAAAAAAAAAAAA', url: '/' })
      },
    },
    {
      title: 'a normal message is in no hurry',
      provider: { status: 200 },
      message: { class: 'normal' },
      expected: { is: 'accepted' },
      asked({ headers }) {
        expect(headers['urgency']).toBe('normal')
      },
    },
    {
      title: 'gone: the device is forgotten',
      provider: { status: 410 },
      expected: { is: 'refused', why: 'address_dead' },
      after: isBuried,
    },
    {
      title: 'unknown: the device is forgotten',
      provider: { status: 404 },
      expected: { is: 'refused', why: 'address_dead' },
      after: isBuried,
    },
    {
      title: 'a wrong signature is our fault, not the device’s',
      provider: { status: 403 },
      expected: { is: 'refused', why: 'not_signed_in' },
      after: staysAlive,
    },
    {
      title: 'too large',
      provider: { status: 413 },
      expected: { is: 'refused', why: 'message_too_large' },
      after: staysAlive,
    },
    { title: 'a bad request', provider: { status: 400 }, expected: { is: 'refused', why: 'message_refused' } },
    {
      title: 'a redirect is not followed',
      provider: { status: 307, headers: { location: 'http://127.0.0.1:1/' } },
      expected: { is: 'refused', why: 'message_refused' },
    },
    {
      title: 'slow down, for so many seconds',
      provider: { status: 429, headers: { 'retry-after': '120' } },
      expected: { is: 'refused', why: 'slow_down', againAt: expect.any(Date) as Date },
    },
    {
      title: 'slow down, until a date',
      provider: { status: 429, headers: { 'retry-after': 'Fri, 20 Nov 2037 08:00:00 GMT' } },
      expected: { is: 'refused', why: 'slow_down', againAt: new Date('2037-11-20T08:00:00Z') },
    },
    {
      title: 'slow down, in words nobody reads',
      provider: { status: 429, headers: { 'retry-after': 'soon' } },
      expected: { is: 'refused', why: 'slow_down' },
    },
    {
      title: 'the service is down',
      provider: { status: 503 },
      expected: { is: 'refused', why: 'provider_down' },
      after: staysAlive,
    },
    { title: 'the line breaks', provider: 'hang_up', expected: { is: 'refused', why: 'no_line' }, after: staysAlive },
  ],
})

test('the simulator takes what is right, keeps the newest of a topic for a phone that is off, and refuses what real services refuse', async () => {
  const service = await startPushService()
  const { publicKey } = await vapidOf(app)
  const mine = newPhoneKeys()
  const at = service.subscribe(publicKey)
  const made = await deviceAt(at, mine.keys)
  const piece = { key: 'k', link: '', householdId: made.household, addresses: [{ id: made.id, value: made.sealed }] }
  for (const version of [1, 2])
    expect(await push.handOver(app, testOutgoing({ version }), piece)).toEqual({ is: 'accepted' })
  const heard: { version: number }[] = []
  const off = service.listen(at, message => heard.push(JSON.parse(mine.decrypt(message.body)) as { version: number }))
  expect(heard.map(one => one.version)).toEqual([2])
  await push.handOver(app, testOutgoing({ version: 3 }), piece)
  off()
  expect(heard.map(one => one.version)).toEqual([2, 3])
  expect(() => newPhoneKeys().decrypt(Buffer.alloc(200))).toThrow()
  const foreign = await deviceAt(
    service.subscribe((await import('web-push')).default.generateVAPIDKeys().publicKey),
    mine.keys,
  )
  const theirs = { ...piece, addresses: [{ id: foreign.id, value: foreign.sealed }] }
  expect(await push.handOver(app, testOutgoing(), theirs)).toMatchObject({ why: 'not_signed_in' })
  expect(await push.handOver(app, testOutgoing({ topic: 'not a topic' }), piece)).toMatchObject({ is: 'refused' })
  expect(await push.handOver(app, testOutgoing({ title: 'a'.repeat(5000) }), piece)).toMatchObject({
    why: 'message_too_large',
  })
  service.failNext(1, 429, 7)
  expect(await push.handOver(app, testOutgoing(), piece)).toMatchObject({ why: 'slow_down' })
  expect(await push.handOver(app, testOutgoing(), piece)).toMatchObject({ why: 'resting' })
  const back = liveEarlier(-8000)
  service.unsubscribe(at)
  expect(await push.handOver(app, testOutgoing(), piece)).toMatchObject({ why: 'address_dead' })
  expect(await liveDevices(app.sql, tenant, [made.household], new Date())).toEqual([])
  back()
  expect(service.answered()).toMatchObject({ 201: 3, 403: 1, 410: 1, 413: 1, 429: 1 })
  await service.stop()
})

/** Says it while our clock is so many hours behind, or ahead. */
async function whileOurs(say: () => Promise<unknown>, hoursBehind: number) {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - hoursBehind * 3_600_000, shouldAdvanceTime: true })
  try {
    return await say()
  } finally {
    vi.useRealTimers()
  }
}

test.each([
  [3, true],
  [-11, true],
  [-72, false],
  [48, false],
])(
  'our clock %i hours behind: taken or refused in words, no phone is buried, and set right the next push goes',
  async (hours, isTaken) => {
    // Its clock is right, whatever ours says.
    const house = await startPushService(0, () => performance.timeOrigin + performance.now())
    const { id, household, sealed } = await deviceAt(house.subscribe((await vapidOf(app)).publicKey))
    const piece = { key: newId(), householdId: household, addresses: [{ id, value: sealed }], link: '' }
    const say = () => push.handOver(app, testOutgoing(), piece)
    expect(await whileOurs(say, hours)).toEqual(isTaken ? { is: 'accepted' } : { is: 'refused', why: 'not_signed_in' })
    expect(await say()).toEqual({ is: 'accepted' })
    expect((await liveDevices(app.sql, tenant, [household], new Date())).length).toBe(1)
    await house.stop()
  },
)

test('a demo sends to this machine alone; a real installation only to https on the open internet', () => {
  expect(safetyOf('http://127.0.0.1:4141/push/x', true)).toBe('safe')
  expect(safetyOf('https://fcm.googleapis.com/fcm/send/x', true)).toBe('demo_only')
  expect(safetyOf('https://fcm.googleapis.com/fcm/send/x', false)).toBe('safe')
  for (const bad of [
    'http://fcm.googleapis.com/x',
    'http://127.0.0.1/x',
    'https://localhost/x',
    'https://127.0.0.1/x',
    'https://[::1]/x',
    'https://10.1.2.3/x',
    'https://[::ffff:10.1.2.3]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://intranet/x',
    'https://a:b@example.com/x',
    'ftp://example.com/x',
    'nonsense',
  ])
    expect([bad, safetyOf(bad, false)]).toEqual([bad, 'address_unsafe'])
  expect(['8.8.8.8', '2001:4860:4860::8888'].every(ip => isPublicIp(ip))).toBe(true)
  expect(
    ['172.20.0.1', 'fd00::1', 'fe80::1', '::', '0.0.0.0', '::ffff:192.168.1.1', 'x'].some(ip => isPublicIp(ip)),
  ).toBe(false)
})

test('a name that leads into a private network is not connected to', async () => {
  const code = await new Promise(done => {
    publicLookup('localhost', {}, error => {
      done(error?.code)
    })
  })
  expect(code).toBe('EUNSAFE')
})

test('every error of the closed table has its sentence in both languages, and a wait only where it may go again', () => {
  for (const code of Object.keys(channelErrors) as ChannelError[]) {
    expect([code, hasWords('vi', `channel.${code}`), hasWords('en', `channel.${code}`)]).toEqual([code, true, true])
    expect(waitBeforeAgain(code, 1) === undefined).toBe(channelErrors[code].again === 'never')
    expect(waitBeforeAgain(code, 6)).toBeUndefined()
  }
})

/** Somebody who works here, signed in on a phone. */
async function staffPhone(service: PushService, language: 'vi' | 'en') {
  const { publicKey } = await vapidOf(app)
  const mine = newPhoneKeys()
  const [account, session, id] = [newId(), newId(), newId()]
  const at = service.subscribe(publicKey)
  const on = new Date()
  await app.sql`insert into loa.account (id, name, language, made_at) values (${account}, 'Trưởng thôn', ${language}, ${on})`
  await app.sql`
    insert into loa.session (commune_id, id, kind, digest, account_id, made_at, seen_at, ends_at)
    values (${tenant}, ${session}, 'staff', ${digest(newToken())}, ${account}, ${on}, ${on}, ${new Date(on.getTime() + 86_400_000)})`
  const row = { tenant, id, session, household: undefined, account, person: undefined, at: on }
  const sealed = app.keys.seal('push', JSON.stringify({ endpoint: at, keys: mine.keys }))
  await app.sql.begin(tx => putDevice(tx, { ...row, digest: app.keys.mac('push', at), sealed }))
  const heard: { title: string; body: string }[] = []
  service.listen(at, message => heard.push(JSON.parse(mine.decrypt(message.body)) as (typeof heard)[number]))
  return { account, session, device: id, heard }
}

const inAMinute = () => new Date(Date.now() + 60_000)
const waiting = { says: 'push.private_title', subject: 'Dịch tả lợn', url: '/', about: 'relay 1' }

test('who works here hears on his phone what waits, in his language; one who has signed out does not', async () => {
  const service = await startPushService()
  const head = await staffPhone(service, 'en')
  const alert = {
    tenant,
    ...waiting,
    device: head.device,
    class: 'priority' as const,
    until: inAMinute().toISOString(),
  }
  await alertDevice(app, alert)
  expect(head.heard).toMatchObject([{ title: 'A private notice for your home', body: 'Dịch tả lợn' }])
  await alertDevice(app, { ...alert, until: new Date().toISOString() })
  await app.sql`update loa.session set ended_at = now() where commune_id = ${tenant} and id = ${head.session}`
  await alertDevice(app, alert)
  expect(head.heard.length).toBe(1)
  await service.stop()
})

test('a push service that is down loses no alert: the job comes back to the phone it could not reach, and rings no other again', async () => {
  const service = await startPushService()
  const [one, other] = [await staffPhone(service, 'vi'), await staffPhone(service, 'vi')]
  await settle()
  service.failNext(1, 503)
  const accounts = [one.account, other.account]
  await app.sql.begin(tx =>
    alertStaff(app, tx as never, { tenant, accounts, ...waiting, class: 'emergency', until: inAMinute() }),
  )
  await app.jobs.takeJobs(1)
  await vi.waitFor(() => expect([one.heard.length, other.heard.length]).toEqual([1, 1]), { timeout: 20_000 })
  expect(service.answered()).toMatchObject({ 201: 2, 503: 1 })
  await service.stop()
}, 30_000)
