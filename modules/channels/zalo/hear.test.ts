// Zalo calls us: signed in any of the ways its documents tell of, late, twice, and kept by somebody else.
import { afterAll, expect, test } from 'vitest'
import { liveEarlier, now } from '#core/clock'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import type { Heard, HeardBy } from '../heard.ts'
import { startZalo } from './simulator.ts'
import type { Signing } from './simulator-calls.ts'
import { secretsOfTests, settingsFor } from './zalo-for-tests.ts'

const { app, ask, settle } = await testApp({ isDemo: true })
await settle()
const zalo = await startZalo()
afterAll(() => zalo.stop())
const heard: Heard[] = []
app.events.on('channel.heard', (_, __, by: HeardBy) => {
  heard.push(...by.heard)
  return Promise.resolve()
})

async function hooked(secrets: Record<string, string> = secretsOfTests) {
  const c = await testCommune(app.sql, [1])
  const token = await c.staff('commune_officer')
  const body = { adapter: 'zalo_oa', name: 'Zalo', settings: settingsFor(zalo.port), secrets }
  const made = (await ask('POST', 'channel-accounts', { token, body })).body
  return { c, token, made, path: new URL(made.hook!).pathname as '/hooks' }
}
const calls = (path: '/hooks', event: object, signing: Signing = {}) => {
  const { raw, headers } = zalo.signed(event, signing)
  return ask('POST', path, { headers, body: JSON.parse(raw) as object })
}
async function told(path: '/hooks', event: object) {
  heard.length = 0
  expect((await calls(path, event)).status).toBe(200)
  return heard.map(one => ({ ...one, at: undefined }))
}

const ways = (['app', 'oa'] as const).flatMap(first =>
  (['oa-key', 'app-secret'] as const).flatMap(secret => [true, false].map(prefix => ({ first, secret, prefix }))),
)

test.each(ways)('signed with $first, $secret, prefix $prefix: heard, and from then on only so', async way => {
  const { path } = await hooked()
  expect((await calls(path, zalo.follow('u1'), way)).status).toBe(200)
  for (const other of ways)
    expect((await calls(path, zalo.follow('u2'), other)).status).toBe(
      JSON.stringify(other) === JSON.stringify(way) ? 200 : 404,
    )
})

test('what nobody signed, what was changed on its way, and what is hours old is not heard', async () => {
  const { path } = await hooked()
  const { raw, headers } = zalo.signed(zalo.says('u1', 'Chào xã'))
  const body = JSON.parse(raw) as Record<string, unknown>
  expect((await ask('POST', path, { body })).status).toBe(404)
  expect((await ask('POST', path, { body: { ...body, event_name: 'follow' }, headers })).status).toBe(404)
  const old = { ...zalo.says('u1', 'cũ'), timestamp: String(Date.now() - 4 * 3_600_000) }
  expect((await calls(path, old)).status).toBe(404)
  const ahead = { ...zalo.says('u1', 'mai'), timestamp: String(Date.now() + 3_600_000) }
  expect((await calls(path, ahead)).status).toBe(404)
  expect(
    (await calls(path, { ...zalo.says('u1', 'muộn'), timestamp: String(Date.now() - 2 * 3_600_000) })).status,
  ).toBe(200)
})

test('without the key of the Official Account the secret of the app is tried alone', async () => {
  const { path } = await hooked({ appSecret: secretsOfTests.appSecret })
  expect((await calls(path, zalo.follow('u1'), { secret: 'oa-key' })).status).toBe(404)
  expect((await calls(path, zalo.follow('u1'), { secret: 'app-secret' })).status).toBe(200)
})

test('Zalo’s console finds the address answering', async () => {
  const { path } = await hooked()
  expect((await ask('GET', path)).text).toBe('OK')
})

test('each event in our own words', async () => {
  const { path } = await hooked()
  expect(await told(path, zalo.follow('u1'))).toMatchObject([{ is: 'joined', from: 'u1' }])
  expect(await told(path, zalo.unfollow('u1'))).toMatchObject([{ is: 'left', from: 'u1' }])
  expect(await told(path, zalo.says('u1', 'Đã rõ'))).toMatchObject([{ is: 'said', from: 'u1', words: 'Đã rõ' }])
  expect(await told(path, zalo.received('u1', '900'))).toMatchObject([
    { is: 'part', providerId: '900', state: 'delivered' },
  ])
  expect(await told(path, zalo.receivedByPhone('901', 'khoa'))).toMatchObject([
    { providerId: '901', state: 'delivered' },
  ])
  expect(await told(path, zalo.seen('u1', '902', '903'))).toMatchObject([
    { providerId: '902', state: 'seen' },
    { providerId: '903', state: 'seen' },
  ])
  expect(await told(path, zalo.submits('u1', { name: 'Bà Lan', phone: '84912345678' }))).toMatchObject([
    { is: 'said', from: 'u1', words: 'Đã gửi thông tin để xã liên hệ: Bà Lan 84912345678' },
  ])
  expect(await told(path, zalo.sends('u1', 'sticker', {}))).toEqual([])
  expect(await told(path, { event_name: 'oa_send_text', sender: { id: 'oa' }, message: { text: 'x' } })).toEqual([])
  expect(await told(path, { event_name: 'no_such_event' })).toEqual([])
})

test.each([
  ['image', { url: 'https://zalo.test/a.jpg' }, 'Đã gửi ảnh: https://zalo.test/a.jpg'],
  ['audio', { url: 'https://zalo.test/a.amr' }, 'Đã gửi tiếng nói: https://zalo.test/a.amr'],
  ['video', { url: 'https://zalo.test/a.mp4' }, 'Đã gửi phim: https://zalo.test/a.mp4'],
  ['link', { url: 'https://example.test' }, 'Đã gửi đường dẫn: https://example.test'],
  ['location', { coordinates: { latitude: '21.35', longitude: '106.85' } }, 'Đã gửi vị trí: 21.35, 106.85'],
])('a %s says what it is and where it lies', async (kind, payload, words) => {
  const { path } = await hooked()
  expect(await told(path, zalo.sends('u1', kind, payload))).toMatchObject([{ is: 'said', words }])
})

test('what Zalo says of quota and templates stands with the account', async () => {
  const { token, path } = await hooked()
  await calls(path, zalo.perDay(1200))
  await calls(path, zalo.templateIs('301', 'REJECT'))
  await calls(path, { ...zalo.templateIs('301', 'ENABLE'), timestamp: String(Date.now() - 60_000) })
  const [mine] = (await ask('GET', 'channel-accounts', { token })).body.items
  expect(mine!.facts).toEqual([
    { title: 'Tin theo mẫu tới người quan tâm, hôm nay', words: 'đã gửi 0/1200' },
    { title: 'Mẫu tin 301', words: expect.stringMatching(/không cho dùng nữa \(REJECT\).*ghi số mẫu khác/) as string },
  ])
})

test('a call of the future was signed by Zalo: our clock is behind, and the account’s page says so and what to do', async () => {
  const { token, path } = await hooked()
  const factsOf = async () => (await ask('GET', 'channel-accounts', { token })).body.items[0]!.facts
  const present = liveEarlier(30 * 60_000)
  const { raw, headers } = zalo.signed(zalo.follow('u-gio'))
  const early = await ask('POST', path, { headers, body: JSON.parse(raw) as object })
  const said = await factsOf()
  present()
  expect(early.status).toBe(404)
  expect(said).toEqual([
    {
      title: 'Giờ của máy chủ',
      words: expect.stringMatching(/^Chậm hơn giờ của Zalo (29|30) phút.*quản trị/) as string,
    },
  ])
  // The clock is right again, and Zalo calls again.
  expect((await ask('POST', path, { headers, body: JSON.parse(raw) as object })).status).toBe(200)
})

test('a few minutes between Zalo’s clock and ours change nothing, and what is said to come from the future happened now', async () => {
  const { path } = await hooked()
  const present = liveEarlier(5 * 60_000)
  heard.length = 0
  expect((await calls(path, zalo.says('u-gio', 'Chào'))).status).toBe(200)
  const ours = now()
  present()
  expect(heard.length).toBe(1)
  expect(heard[0]!.at.getTime()).toBeLessThanOrEqual(ours.getTime())
})
