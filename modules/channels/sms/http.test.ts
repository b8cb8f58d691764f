import { expect, test } from 'vitest'
import fc from 'fast-check'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { adapterOf, type Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import { httpProvider, runCases, type Asked, type Case, type HttpAnswer } from '../run-cases.ts'
import { heardFromEsms } from './esms.ts'
import { heardFromOwn } from './http-own.ts'
import { askedOf, at, meaningOf, type HttpProfile } from '../http-profile.ts'
import type { ShortMessage, SmsAdapter } from './sms-adapter.ts'
import { sms } from './sms.ts'
import { startSmsProvider } from './simulator.ts'
import { heardFromSpeedsms } from './speedsms.ts'

const { app, ask } = await testApp({ isDemo: true })
const commune = await testCommune(app.sql, [2])
const { tenant } = commune
const [home, neighbour] = commune.villages[0]!.homes as [string, string]
const number = '+84912345678'
const secrets = { apiKey: 'KHOA-THU', secretKey: 'BI-MAT-THU', token: 'MA-TRUY-CAP-THU' }

const account = (adapter: string, port: number, settings: Settings = {}): Account => ({
  tenant,
  id: newId(),
  kind: 'sms',
  adapter,
  name: 'SMS của xã',
  settings: {
    host: '127.0.0.1',
    port,
    line: 'http',
    brandname: 'XASONDONG',
    sender: 'XASONDONG',
    sandbox: '0',
    smsType: '3',
    dongPerPart: 300,
    mostParts: 3,
    ...settings,
  },
  secrets,
  version: 1,
})

const pieceAt = (adapter: string, settings?: Settings) => (url: string) =>
  Promise.resolve({
    piece: {
      key: 'k'.repeat(32),
      householdId: home,
      addresses: [{ id: contactDigest('phone', number).toString('hex'), value: number }],
      link: 'http://loa.test/t/AbCdEfGhIjKlMnOp',
    },
    account: account(adapter, Number(new URL(url).port), settings),
  })

const json = (body: object, status = 200): HttpAnswer => ({ status, body: JSON.stringify(body) })
const refusedBy = (code: string, why: string, shape: (code: string) => object): Case => ({
  title: `${code} is ${why}`,
  provider: json(shape(code)),
  expected: { is: 'refused', why } as Case['expected'],
})
const bodyOf = ({ body }: Asked) => JSON.parse(body.toString('utf8')) as Record<string, unknown>
const everywhere: Case[] = [
  {
    title: 'too many at a time, with a wish',
    provider: { status: 429, headers: { 'retry-after': '7' } },
    expected: { is: 'refused', why: 'slow_down' },
  },
  {
    title: '500 is the provider’s own trouble',
    provider: { status: 503, body: '<html>' },
    expected: { is: 'refused', why: 'provider_down' },
  },
  {
    title: 'its own failure with a code beside it says nothing of the home',
    provider: { status: 503, body: '{"CodeResult":"99"}' },
    expected: { is: 'refused', why: 'provider_down' },
  },
  { title: '401 is our key', provider: { status: 401, body: '{}' }, expected: { is: 'refused', why: 'not_signed_in' } },
  {
    title: 'a redirect is not followed',
    provider: { status: 302, headers: { location: 'http://127.0.0.1:1/' } },
    expected: { is: 'refused', why: 'message_refused' },
  },
  {
    title: 'an answer that makes no sense says nothing good',
    provider: { status: 200, body: 'OK' },
    expected: { is: 'refused', why: 'provider_down' },
  },
]
const secretsOf = () => [
  ...Object.values(secrets),
  number,
  '0912345678',
  '84912345678',
  'Không mua bán lợn',
  'Khong mua ban lon',
]
const esmsSays = (code: string) => ({ CodeResult: code, CountRegenerate: 0, ErrorMessage: 'x' })

runCases({
  channel: sms,
  app: () => app,
  provider: httpProvider,
  piece: pieceAt('esms'),
  message: { tenant },
  secrets: secretsOf,
  cases: [
    {
      title: 'eSMS takes it, and tells later by our own key',
      provider: json({ CodeResult: '100', CountRegenerate: 0, SMSID: 'd533459e' }),
      expected: { is: 'accepted', ids: ['k'.repeat(32)], parts: 1, dong: 300 },
      asked: asked => {
        expect(bodyOf(asked)).toMatchObject({
          Phone: '0912345678',
          SmsType: '2',
          IsUnicode: '0',
          RequestId: 'k'.repeat(32),
          Brandname: 'XASONDONG',
        })
        expect(bodyOf(asked)['Content']).toMatch(
          /^Xa Thu \d+, UBND xa Son Dong: Dich ta lon chau Phi\. .*http:\/\/loa\.test\/t\/AbCdEfGhIjKlMnOp$/,
        )
        expect(bodyOf(asked)['CallbackUrl']).toContain('/hooks/')
      },
    },
    {
      title: 'eSMS had this key before: it is on its way',
      provider: json({ CodeResult: '124', SendStatus: '5' }),
      expected: { is: 'accepted', ids: ['k'.repeat(32)] },
    },
    {
      title: 'eSMS’ line breaks: the key makes it safe to ask again',
      provider: 'hang_up',
      expected: { is: 'refused', why: 'no_line' },
    },
    ...Object.entries({
      99: 'address_refuses',
      101: 'not_signed_in',
      102: 'not_signed_in',
      103: 'no_money',
      104: 'message_refused',
      107: 'message_refused',
      108: 'address_wrong',
      110: 'message_refused',
      120: 'message_refused',
      140: 'not_signed_in',
      146: 'template_refused',
      177: 'address_refuses',
      300: 'message_refused',
    }).map(([code, why]) => refusedBy(code, why, esmsSays)),
    ...everywhere,
  ],
})

runCases({
  channel: sms,
  app: () => app,
  provider: httpProvider,
  piece: pieceAt('speedsms'),
  message: { tenant },
  secrets: secretsOf,
  cases: [
    {
      title: 'SpeedSMS takes it under a long name of its own, and says what it cost',
      provider: {
        status: 200,
        body: '{"status":"success","code":"00","data":{"tranId":12345678901234567890,"totalSMS":2,"totalPrice":500,"invalidPhone":[]}}',
      },
      expected: { is: 'accepted', ids: ['12345678901234567890'], parts: 2, dong: 500 },
      asked: asked => {
        expect(asked.headers.authorization).toBe(`Basic ${Buffer.from('MA-TRUY-CAP-THU:x').toString('base64')}`)
        expect(bodyOf(asked)).toMatchObject({ to: ['84912345678'], sms_type: 3, sender: 'XASONDONG' })
      },
    },
    ...Object.entries({
      '007': 'not_signed_in',
      '008': 'not_signed_in',
      '009': 'not_signed_in',
      '101': 'message_refused',
      '105': 'address_wrong',
      '110': 'message_refused',
      '113': 'message_too_large',
      '300': 'no_money',
      '500': 'provider_down',
    }).map(([code, why]) => refusedBy(code, why, say => ({ status: 'error', code: say, message: 'x' }))),
    ...everywhere,
  ],
})

runCases({
  channel: sms,
  app: () => app,
  provider: httpProvider,
  piece: pieceAt('sms_http', {
    method: 'GET',
    path: '/gui?so={phone}&tin={text}&khoa={token}',
    taken: 'OK',
    format: 'form',
    phoneForm: 'domestic',
  }),
  message: { tenant },
  secrets: secretsOf,
  cases: [
    {
      title: 'a gateway of the house is asked as its contract says',
      provider: { status: 200, body: 'OK 1' },
      expected: { is: 'accepted', ids: ['k'.repeat(32)], dong: 300 },
      asked: ({ path, method }) => {
        const query = new URL(path, 'http://x').searchParams
        expect([method, query.get('so'), query.get('khoa')]).toEqual(['GET', '0912345678', 'MA-TRUY-CAP-THU'])
        expect(query.get('tin')).toContain('Khong mua ban lon')
      },
    },
    {
      title: 'and its no is a no',
      provider: { status: 400, body: 'sai' },
      expected: { is: 'refused', why: 'message_refused' },
    },
  ],
})

const shortMessage: ShortMessage = { to: number, text: 'Thu', encoding: 'gsm7', parts: ['Thu'], key: 'k'.repeat(32) }
const waysOf = (name: string) => adapterOf(name) as SmsAdapter

test('where no key tells the provider apart, a lost answer is nobody’s knowledge; where there is nobody, nothing went', async () => {
  const server = await startSmsProvider('speedsms')
  server.answerWith('hang_up')
  await expect(waysOf('speedsms').send(app, account('speedsms', server.port), shortMessage)).rejects.toThrow(
    'no answer',
  )
  expect(server.taken().length).toBe(1)
  server.stop()
  const nobody = waysOf('speedsms').send(app, account('speedsms', server.port), shortMessage)
  expect(await nobody).toEqual({ is: 'refused', why: 'no_line' })
})

test('eSMS sends a message once however often its answer is lost', async () => {
  const server = await startSmsProvider('esms')
  server.answerWith('hang_up')
  const mine = account('esms', server.port)
  expect(await waysOf('esms').send(app, mine, shortMessage)).toMatchObject({ why: 'no_line' })
  server.answerWith('take')
  expect(await waysOf('esms').send(app, mine, shortMessage)).toMatchObject({ is: 'accepted' })
  expect(server.taken().length).toBe(1)
  server.stop()
})

const now = new Date()
test('what eSMS and SpeedSMS call back: finished without a success is a failure, and what is on its way is nothing yet', () => {
  const esms = (query: Record<string, string>) =>
    heardFromEsms({ query }, now).map(one => one.is === 'part' && one.state)
  expect(esms({ SMSID: 'a', SendStatus: '5', SendSuccess: '1' })).toEqual(['delivered'])
  expect(esms({ SMSID: 'a', SendStatus: '5', SendSuccess: '0', SendFailed: '1' })).toEqual(['failed'])
  expect(esms({ SMSID: 'a', SendStatus: '5', SendSuccess: '0', SendFailed: '0' })).toEqual(['failed'])
  expect(esms({ SMSID: 'a', SendStatus: '4' })).toEqual(['failed'])
  for (const status of ['1', '2', '7', ''])
    expect(esms({ SMSID: 'a', SendStatus: status, SendSuccess: '1' })).toEqual([])
  expect(esms({})).toEqual([])
  const speed = (body: object) => heardFromSpeedsms({ raw: Buffer.from(JSON.stringify(body)) }, now)
  expect(speed({ type: 'report', tranId: '9', phone: '84', status: 0 })).toMatchObject([
    { providerId: '9', state: 'delivered' },
  ])
  expect(speed({ type: 'report', tranId: 9, phone: '84', status: 64 })).toMatchObject([
    { providerId: '9', state: 'failed' },
  ])
  expect(speed({ type: 'report', tranId: 9, phone: '84', status: 3 })).toEqual([])
  expect(speed({ type: 'sms', phone: '84912345678', content: '1' })).toMatchObject([{ is: 'said', words: '1' }])
  expect(heardFromSpeedsms({ raw: Buffer.from('{') }, now)).toEqual([])
  expect(heardFromOwn({ raw: Buffer.from('id=7&state=failed'), query: {} }, now)).toMatchObject([
    { providerId: '7', state: 'failed' },
  ])
  expect(heardFromOwn({ raw: Buffer.alloc(0), query: { from: '0912', words: 'HUY', id: '3' } }, now)).toMatchObject([
    { id: '3', words: 'HUY' },
  ])
})

test('no template leads away from the account’s own host, whatever stands in it', () => {
  const profile: HttpProfile = {
    method: 'POST',
    path: '/',
    format: 'json',
    headers: { x: '{text}' },
    body: '{"t":"{text}"}',
    phone: 'domestic',
    taken: { says: 'OK' },
    errors: {},
    takesKey: false,
  }
  const origin = { host: 'sms.example', port: 443, isEncrypted: true }
  for (const path of [
    '//evil.example/',
    'https://evil.example/',
    '/\\evil.example',
    'http:evil',
    '@evil.example/',
    '.evil.example/',
  ])
    try {
      expect(askedOf({ ...profile, path }, origin, {}).url.host).toBe('sms.example')
    } catch (error) {
      expect((error as Error).message).toBe('leads to another host')
    }
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (path, text) => {
      try {
        const asked = askedOf({ ...profile, path: `/${path}{text}` }, origin, { text })
        expect(asked.url.origin).toBe('https://sms.example')
        expect(JSON.parse(asked.body!)).toEqual({ t: text })
        expect(asked.headers['x']).not.toMatch(/[\r\n]/)
      } catch (error) {
        expect((error as Error).message).toMatch(/another host|Invalid URL|URI malformed/)
      }
    }),
  )
})

test('an answer is read as it stands: long numbers whole, nothing from outside the answer', () => {
  expect(at({ a: { b: 'x' } }, 'a.b')).toBe('x')
  expect(at({}, 'constructor.name')).toBeUndefined()
  const profile: HttpProfile = {
    method: 'POST',
    path: '/',
    format: 'json',
    headers: {},
    body: '',
    phone: 'domestic',
    taken: { at: 'ok', in: ['1'] },
    idAt: 'id',
    errors: {},
    takesKey: false,
  }
  const said = meaningOf(
    profile,
    { status: 200, retryAfter: undefined, body: '{"ok":1,"id":98765432109876543210}' },
    { key: 'k', now },
  )
  expect(said).toMatchObject({ is: 'accepted', ids: ['98765432109876543210'] })
})

test('made-up people are dialled in a demo only', async () => {
  const real = await testApp()
  const c = await testCommune(real.app.sql, [2])
  const [made, true_] = c.villages[0]!.homes as [string, string]
  for (const [household, value, isDemo] of [
    [made, '+84912000001', true],
    [true_, '+84912000002', false],
  ] as const)
    await real.app.sql`
      insert into loa.contact (commune_id, id, household_id, kind, value, digest, is_demo, added_at)
      values (${c.tenant}, ${newId()}, ${household}, 'phone', ${value}, ${contactDigest('phone', value)}, ${isDemo}, ${new Date()})`
  const found = await sms.find(real.app, c.tenant, [made, true_], {
    class: 'normal',
    isPrivate: false,
    isOptional: false,
  })
  expect([...found.keys()]).toEqual([true_])
})

test('an officer enters the account, tries it with his own number, and its keys are in no answer', async () => {
  const server = await startSmsProvider('esms')
  const token = await commune.staff('commune_officer')
  const { settings } = account('esms', server.port)
  const { sender, smsType, ...mine } = settings
  expect([sender, smsType]).toEqual(['XASONDONG', '3'])
  const body = {
    adapter: 'esms',
    name: 'SMS',
    settings: { ...mine, perSecond: 10 },
    secrets: { apiKey: secrets.apiKey, secretKey: secrets.secretKey },
  }
  const made = await ask('POST', 'channel-accounts', { token, body })
  expect(made.status).toBe(201)
  const { id } = made.body as { id: string }
  const tried = await ask('POST', `channel-accounts/${id}/test`, { token, body: { to: '0912 345 678' } })
  expect(tried.body).toMatchObject({ isAccepted: true, account: { health: 'well', today: { accepted: 1, parts: 1 } } })
  expect(server.taken()[0]).toMatchObject({ phone: '0912345678' })
  const wrong = await ask('POST', `channel-accounts/${id}/test`, { token, body: { to: 'không phải số' } })
  expect(wrong.problem.code).toBe('account_test_address')
  expect(made.text + tried.text).not.toContain(secrets.secretKey)
  server.stop()
  expect(neighbour).toBeTruthy()
})
