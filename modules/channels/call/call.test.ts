import { afterAll, beforeEach, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { adapterOf, type Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import { httpProvider, runCases, testOutgoing, type Asked } from '../run-cases.ts'
import { call } from './call.ts'
import { isCall } from './call-adapter.ts'
import { heardOfCall } from './hear.ts'
import { startVoiceProvider, stepsOf, voiceAccount } from './simulator.ts'

const { app, ask } = await testApp({ isDemo: true })
const commune = await testCommune(app.sql, [1])
const { tenant } = commune
const number = '+84912345678'
const secrets = { token: 'KHOA-GOI-THU' }

const account = (port: number, settings: Settings = {}): Account => ({
  tenant,
  id: newId(),
  kind: 'call',
  adapter: 'call_http',
  name: 'Tổng đài của xã',
  settings: { ...voiceAccount(port).settings, ...settings },
  secrets,
  version: 1,
})
const piece = {
  key: 'k'.repeat(32),
  householdId: commune.villages[0]!.homes[0]!,
  addresses: [{ id: contactDigest('phone', number).toString('hex'), value: number }],
  link: 'http://loa.test/t/AbCdEfGhIjKlMnOp',
}
const pieceWith = (settings?: Settings) => (url: string) =>
  Promise.resolve({ piece, account: account(Number(new URL(url).port), settings) })
const bodyOf = ({ body }: Asked) => JSON.parse(body.toString('utf8')) as Record<string, string>
const secretWords = () => [secrets.token, number, '0912345678', '84912345678', 'Không mua bán lợn']

runCases({
  channel: call,
  app: () => app,
  provider: httpProvider,
  piece: pieceWith(),
  message: { tenant, text: 'Không mua bán lợn. Báo "trưởng thôn" ngay.' },
  secrets: secretWords,
  cases: [
    {
      title: 'it takes the call under a name of its own; a minute is paid that was begun',
      provider: { status: 200, body: '{"status":"success","data":{"id":"C1"}}' },
      expected: { is: 'accepted', ids: ['C1'], dong: 800 },
      asked(asked) {
        expect(asked.headers.authorization).toBe(secrets.token)
        const { to, text, id, hook } = bodyOf(asked)
        expect([to, id]).toEqual(['84912345678', 'k'.repeat(32)])
        expect(text).toMatch(/^Alô, Xã Thử \d+, Ủy ban nhân dân xã Sơn Động xin báo\. Dịch tả lợn châu Phi\./)
        expect(text).not.toContain('http')
        expect(hook).toMatch(/\/hooks\/[\w-]+\/[\w-]+\?full=\d+$/)
      },
    },
    {
      title: 'an answer without the name still counts as taken',
      provider: { status: 200, body: '{"status":"success"}' },
      expected: { is: 'accepted' },
    },
    {
      title: 'its no is a no',
      provider: { status: 422, body: '{"status":"error"}' },
      expected: { is: 'refused', why: 'message_refused' },
    },
    { title: '401 is our key', provider: { status: 401 }, expected: { is: 'refused', why: 'not_signed_in' } },
    { title: '403 is our key too', provider: { status: 403 }, expected: { is: 'refused', why: 'not_signed_in' } },
    {
      title: 'too many at a time',
      provider: { status: 429, headers: { 'retry-after': '9' } },
      expected: { is: 'refused', why: 'slow_down' },
    },
    { title: 'an outage', provider: { status: 503 }, expected: { is: 'refused', why: 'provider_down' } },
    {
      title: 'a redirect is not followed',
      provider: { status: 307, headers: { location: 'http://127.0.0.1:1/' } },
      expected: { is: 'refused', why: 'message_refused' },
    },
    {
      title: 'an answer that says nothing says nothing good',
      provider: { status: 200, body: '<html>' },
      expected: { is: 'refused', why: 'provider_down' },
    },
  ],
})

runCases({
  channel: call,
  app: () => app,
  provider: httpProvider,
  piece: pieceWith({
    method: 'GET',
    format: 'form',
    path: '/goi?so={phone}&noi={text}&giay={seconds}&ma={key}&ve={hook}&khoa={token}',
    taken: 'OK',
    phoneForm: 'domestic',
    hasAuthorization: false,
    idAt: '',
  }),
  message: { tenant },
  secrets: secretWords,
  cases: [
    {
      title: 'a provider that is asked by address: its template decides, and it calls back with our key',
      provider: { status: 200, body: 'OK' },
      expected: { is: 'accepted', ids: ['k'.repeat(32)] },
      asked({ path, headers }) {
        const query = new URL(path, 'http://x').searchParams
        expect([query.get('so'), query.get('khoa'), headers.authorization]).toEqual([
          '0912345678',
          secrets.token,
          undefined,
        ])
        expect(Number(query.get('giay'))).toBeGreaterThan(10)
        expect(query.get('ve')).toContain('/hooks/')
      },
    },
  ],
})

const provider = await startVoiceProvider()
afterAll(() => provider.stop())
beforeEach(() => {
  provider.answerWith('take')
  provider.forget()
})

test('what is not a number is not called, and without an account nobody is', async () => {
  const wrong = { ...piece, addresses: [{ id: 'x', value: 'không phải số' }] }
  const message = testOutgoing({ tenant })
  expect(await call.handOver(app, message, wrong, account(provider.port))).toEqual({
    is: 'refused',
    why: 'address_wrong',
  })
  expect(await call.handOver(app, message, piece)).toEqual({ is: 'refused', why: 'no_account' })
  expect(provider.calls()).toEqual([])
})

test('a lost answer is nobody’s knowledge; where there is nobody, nobody was called', async () => {
  provider.answerWith('hang_up')
  const message = testOutgoing({ tenant })
  await expect(call.handOver(app, message, piece, account(provider.port))).rejects.toThrow('no answer')
  expect(provider.calls().length).toBe(1)
  expect(await call.handOver(app, message, piece, account(1))).toEqual({ is: 'refused', why: 'no_line' })
})

const now = new Date()
const heard = (body: object | string, settings: Settings = {}, query: Record<string, string> = {}) =>
  heardOfCall(
    { ...voiceAccount(1).settings, ...settings },
    { raw: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), query },
    now,
  ).map(one =>
    one.is === 'part' ? [one.state, one.why].filter(Boolean).join(' ') : `${one.is} ${'words' in one ? one.words : ''}`,
  )

test.each([
  ['a whole message', { state: 'completed', seconds: 30, total: 30 }, ['delivered']],
  ['four fifths of it', { state: 'completed', seconds: 24, total: 30 }, ['delivered']],
  ['less than four fifths', { state: 'completed', seconds: 23, total: 30 }, ['failed hung_up']],
  ['that somebody answered', { state: 'answered', seconds: 0, total: 30 }, []],
  ['an end of which nobody knows how long the whole was', { state: 'completed', seconds: 30 }, []],
  ['busy', { state: 'busy', seconds: 0 }, ['failed not_answered']],
  ['no answer, in capitals', { state: 'NO_ANSWER' }, ['failed not_answered']],
  ['a call that could not be made', { state: 'failed' }, ['failed not_delivered']],
  ['ringing', { state: 'ringing' }, []],
  ['key 1 before the end', { state: 'completed', seconds: 3, total: 30, keys: '1' }, ['acknowledged']],
  ['key 1 as a number, told by itself', { keys: 1 }, ['acknowledged']],
  ['key 2', { state: 'completed', seconds: 60, total: 30, keys: '2' }, ['delivered']],
  [
    '2, then 3',
    { state: 'completed', seconds: 60, total: 30, keys: '2,3' },
    ['delivered', 'said Muốn gặp trưởng thôn'],
  ],
  ['1 and 3', { keys: ['1', '3'].join(' ') }, ['acknowledged', 'said Muốn gặp trưởng thôn']],
  ['seconds that are none', { state: 'completed', seconds: -5, total: 'x' }, []],
])('%s', (_, told, expected) => {
  expect(heard({ id: 'C1', to: '84912345678', ...told })).toEqual(expected)
})

test('where the provider does not say how long the text was, our own reckoning comes back with the address', () => {
  expect(heard({ id: 'C1', state: 'completed', seconds: 24 }, {}, { full: '30' })).toEqual(['delivered'])
  expect(heard({ id: 'C1', state: 'completed', seconds: 10 }, {}, { full: '30' })).toEqual(['failed hung_up'])
})

test('a provider tells it in its own words and places, by JSON, as a form or in the address; nonsense tells nothing', () => {
  const own = {
    hearId: 'data.call_id',
    hearState: 'data.status',
    answeredWords: 'NGHE',
    hearSeconds: 'data.duration',
    hearTotal: '',
  }
  expect(heard({ data: { call_id: 'x', status: 'nghe', duration: 40 } }, own, { full: '40' })).toEqual(['delivered'])
  expect(heard('id=7&state=busy')).toEqual(['failed not_answered'])
  expect(heard('', {}, { id: '7', state: 'failed' })).toEqual(['failed not_delivered'])
  for (const bad of ['', '{', '[]', 'null', '{"id":{"a":1},"state":"busy"}', '{"state":"busy"}', 'x'.repeat(1000)])
    expect(heard(bad)).toEqual([])
})

test('nobody is called at night for less than an emergency', () => {
  const adapter = adapterOf('call_http')!
  expect(isCall(adapter)).toBe(true)
  expect(adapter.pace(account(1).settings).night).toEqual({ from: 1260, to: 420 })
})

test('an officer sees what will be said and what it costs', async () => {
  const shown = await call.show!(app, testOutgoing({ tenant }), piece, account(provider.port))
  expect(shown).toMatchObject({ dong: 800, warnings: [] })
  expect(shown.text).toContain('Bấm 1 để xác nhận')
  expect((await call.show!(app, testOutgoing({ tenant }), piece)).warnings).toEqual(['no_account'])
  const long = testOutgoing({ tenant, text: 'Mời bà con đến họp đông đủ. '.repeat(50) })
  const cut = await call.show!(app, long, piece, account(provider.port, { dongPerCall: 0, dongPerMinute: 0 }))
  expect(cut.warnings).toEqual(['cut_call', 'no_price'])
})

test('an officer enters the account and is called himself; its key is in no answer', async () => {
  const token = await commune.staff('commune_officer')
  const { adapter, settings } = voiceAccount(provider.port)
  const made = await ask('POST', 'channel-accounts', { token, body: { adapter, name: 'Tổng đài', settings, secrets } })
  expect(made.status, made.text).toBe(201)
  const tried = await ask('POST', `channel-accounts/${made.body.id}/test`, { token, body: { to: '0912 345 678' } })
  expect(tried.body).toMatchObject({ isAccepted: true, account: { health: 'well' } })
  expect(provider.calls()[0]).toMatchObject({ phone: '84912345678', text: expect.stringContaining('cuộc gọi thử') })
  expect(made.text + tried.text).not.toContain(secrets.token)
  const wrong = await ask('POST', `channel-accounts/${made.body.id}/test`, { token, body: { to: 'a@b.vn' } })
  expect(wrong.problem.code).toBe('account_test_address')
})

test('the simulator tells a call step by step', () => {
  const one = { id: 'C1', key: 'k', phone: '84912345678', text: 'một hai ba bốn '.repeat(10), hook: undefined }
  expect(stepsOf(one, { is: 'answers', share: 0.5, keys: '1' }).map(step => step['state'])).toEqual([
    'ringing',
    'answered',
    'completed',
  ])
  expect(stepsOf(one, { is: 'answers', share: 0.5 }).at(-1)).toMatchObject({ seconds: 5, total: 10 })
  expect(stepsOf(one, { is: 'busy' }).at(-1)).toMatchObject({ state: 'busy' })
})
