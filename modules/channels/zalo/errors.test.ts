// Every code that Zalo documents: its errors come with HTTP 200.
import { expect, test } from 'vitest'
import { testApp } from '#testing/app'
import type { ChannelError } from '../channel-errors.ts'
import type { Channel } from '../channel.ts'
import { httpProvider, runCases, testOutgoing, type Case } from '../run-cases.ts'
import { zalo } from './consult.ts'
import { connect } from './grant.ts'
import { zaloPhone, zaloTemplate } from './template.ts'
import { activeSince, pieceTo, secretsOfTests, zaloAccount } from './zalo-for-tests.ts'

const { app } = await testApp({ isDemo: true })
const user = '8165000000000000001'
const tokens = { accessToken: 'access-THU', refreshToken: 'refresh-THU' }

const coded = (error: number) => ({ status: 200, body: JSON.stringify({ error, message: 'refused' }) })
const table: [why: ChannelError, ...codes: number[]][] = [
  ['not_signed_in', -216, -220, -124],
  ['account_blocked', -101, -102, -103, -104, -105, -135, -219, -221, -223, -224],
  ['no_money', -136, -137, -320, -321],
  ['slow_down', -32],
  ['provider_down', -100, -200, -99_999],
  ['unasked_used', -144, -147, -1441, -211],
  ['night', -133, -234],
  ['being_made', -214],
  ['address_wrong', -118, -108],
  ['address_refuses', -114, -119, -139, -141, -213, -217, -244],
  ['address_dead', -227],
  ['window_closed', -230],
  ['not_possible', -237],
  ['template_refused', -112, -1121, -1124, -131],
  ['message_refused', -201, -248],
]
const errors = table.flatMap(([why, ...codes]) =>
  codes.map((code): Case => ({ title: `${code} is ${why}`, provider: coded(code), expected: { is: 'refused', why } })),
)

const byStatus: Case[] = [
  { title: 'its own failure', provider: { status: 503 }, expected: { is: 'refused', why: 'provider_down' } },
  {
    title: 'a page where an answer should be',
    provider: { status: 200, body: '<html>' },
    expected: { is: 'refused', why: 'provider_down' },
  },
  { title: 'too many at a time', provider: { status: 429 }, expected: { is: 'refused', why: 'slow_down' } },
]

const taken = (idAt: string) => ({
  status: 200,
  body: `{"error":0,"message":"Success","data":{"${idAt}":9007199254740993001}}`,
})

function run(channel: Channel, cases: Case[], to = user) {
  runCases({
    channel,
    app: () => app,
    async piece(url) {
      const account = zaloAccount(Number(new URL(url).port))
      await connect(app, account, tokens)
      await activeSince(app, account, user)
      return { piece: pieceTo(to), account }
    },
    provider: httpProvider,
    secrets: () => [...Object.values(secretsOfTests), ...Object.values(tokens), to, 'Dịch tả'],
    cases: [...cases, ...errors, ...byStatus],
  })
}

const asked = { 'content-type': 'application/json', access_token: tokens.accessToken }

run(zalo, [
  {
    title:
      'the token stands bare in its header, the letters are composed, and the long number of the message stays whole',
    provider: taken('message_id'),
    message: { title: 'Họp thôn'.normalize('NFD'), text: 'Bà con tới đủ.'.normalize('NFD') },
    expected: { is: 'accepted', ids: ['9007199254740993001'], dong: 0 },
    asked({ path, headers, body }) {
      expect(path).toBe('/v3.0/oa/message/cs')
      expect(headers).toMatchObject(asked)
      expect(headers).not.toHaveProperty('authorization')
      const said = JSON.parse(body.toString()) as { recipient: object; message: { text: string } }
      expect(said.recipient).toEqual({ user_id: user })
      expect(said.message.text).toContain('Họp thôn')
      expect(said.message.text).toBe(said.message.text.normalize('NFC'))
    },
  },
])

run(zaloTemplate, [
  {
    title: 'a follower is named by his id, the values by the names of the commune’s own template',
    provider: taken('message_id'),
    expected: { is: 'accepted', ids: ['9007199254740993001'], dong: 200 },
    asked({ path, body }) {
      expect(path).toBe('/v3.0/oa/message/template')
      expect(JSON.parse(body.toString())).toEqual({
        user_id: user,
        template_id: '301',
        template_data: { title: 'Dịch tả lợn châu Phi', link: 'https://loa.example/t/AbCdEfGhIj' },
      })
    },
  },
])

run(
  zaloPhone,
  [
    {
      title: 'a number is dialled as 84…, with our key to be told of it by',
      provider: {
        status: 200,
        body: '{"error":0,"data":{"msg_id":"abc","quota":{"dailyQuota":"500","remainingQuota":"499"}}}',
      },
      expected: { is: 'accepted', ids: ['abc'], dong: 250 },
      asked({ path, body }) {
        expect(path).toBe('/message/template')
        const said = JSON.parse(body.toString()) as Record<string, string>
        expect(said).toMatchObject({ phone: '84912345678', template_id: '302' })
        expect(said['tracking_id']!.length).toBeLessThanOrEqual(48)
        expect(said).not.toHaveProperty('mode')
      },
    },
  ],
  '+84912345678',
)

test('a line that breaks after it took the question: nobody knows whether it went', async () => {
  const provider = await httpProvider()
  const account = zaloAccount(Number(new URL(provider.url).port))
  await connect(app, account, tokens)
  await activeSince(app, account, user)
  await expect(zalo.handOver(app, testOutgoing(), pieceTo(user), account)).rejects.toThrow()
  // Whether he may be written to was all that was asked.
  expect(await zalo.handOver(app, testOutgoing(), pieceTo('8165000000000000002'), account)).toEqual({
    is: 'refused',
    why: 'no_line',
  })
  await provider.stop()
  expect(await zalo.handOver(app, testOutgoing(), pieceTo(user), account)).toEqual({ is: 'refused', why: 'no_line' })
})
