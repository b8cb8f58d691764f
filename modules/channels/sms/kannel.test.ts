import { expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import type { Account } from '../account.ts'
import { hookAddress } from '../hooks.ts'
import { httpProvider, runCases, type Asked } from '../run-cases.ts'
import { kannel } from './kannel.ts'
import { accountOf, channelBy, listenTo, longText, secretWord } from './sms-for-tests.ts'

const { app } = await testApp({ isDemo: true })
const heard = listenTo(app)
const number = '+84912345678'
let mine: Account

const account = (port: number) =>
  accountOf(kannel, { host: '127.0.0.1', port, line: 'http', user: 'xa', sender: 'SONDONG', perSecond: 10 })

/** A call as Kannel reads it: the header's bytes are no text. */
function read({ path, method }: Asked) {
  const url = new URL(path, 'http://kannel.test')
  const udh = /&udh=([^&]*)/.exec(path)?.[1]?.replaceAll('%', '')
  return { method, path: url.pathname, ...Object.fromEntries(url.searchParams), udh }
}

const taken = { status: 202, body: '0: Accepted for delivery' }
const refused = (why: string) => ({ is: 'refused', why }) as never
const asked: ReturnType<typeof read>[] = []

runCases({
  channel: channelBy(kannel),
  app: () => app,
  piece(url) {
    mine = account(Number(new URL(url).port))
    asked.length = 0
    const addresses = [{ id: 'a', value: number, contact: newId() }]
    return Promise.resolve({ piece: { key: 'khoa', householdId: newId(), addresses, link: '' }, account: mine })
  },
  provider: httpProvider,
  secrets: () => [number, number.slice(1), secretWord, 'Dịch tả', 'xã Sơn Động'],
  cases: [
    {
      title: 'each part is a call of its own, with its header and its own address for reports',
      provider: taken,
      message: { text: longText },
      expected: { is: 'accepted', ids: ['khoa.1', 'khoa.2', 'khoa.3'], parts: 3 },
      asked(one) {
        asked.push(read(one))
      },
      after() {
        expect(asked.map(one => 'text' in one && one.text).join('')).toBe(longText)
        const [first] = asked
        expect(first).toMatchObject({
          method: 'GET',
          path: '/cgi-bin/sendsms',
          username: 'xa',
          password: secretWord,
          from: 'SONDONG',
          to: number,
          coding: '2',
          charset: 'UTF-8',
          'dlr-mask': '31',
          'dlr-url': `${hookAddress(app, mine.tenant, mine.id)}?part=khoa.1&became=%d&answer=%A`,
        })
        const headers = asked.map(one => one.udh)
        expect(headers.map(one => one?.slice(-4))).toEqual(['0301', '0302', '0303'])
        expect(new Set(headers.map(one => one?.slice(0, 8))).size).toBe(1)
        return Promise.resolve()
      },
    },
    {
      title: 'a short text without marks is one call, without a header',
      provider: { status: 202, body: '3: Queued for later delivery' },
      message: { text: 'Moi ba con {hop} 7%' },
      expected: { is: 'accepted', ids: ['khoa.1'], parts: 1 },
      asked(one) {
        expect(read(one)).toMatchObject({ coding: '0', text: 'Moi ba con {hop} 7%', udh: undefined })
      },
    },
    {
      title: 'the gateway knows no way to the number',
      provider: { status: 403, body: 'Not routable. Do not try again.' },
      expected: refused('address_wrong'),
    },
    {
      title: 'the number stands on the gateway’s black list',
      provider: { status: 400, body: 'Number(s) has/have been denied by white- and/or black-lists.' },
      expected: refused('address_wrong'),
    },
    {
      title: 'the password is refused',
      provider: { status: 403, body: 'Authorization failed for sendsms' },
      expected: refused('not_signed_in'),
    },
    {
      title: 'the gateway is full',
      provider: { status: 503, body: 'Temporal failure, try again later.' },
      expected: refused('provider_down'),
    },
    {
      title: 'it does not take such a text',
      provider: { status: 400, body: 'Charset or body misformed, rejected' },
      expected: refused('message_refused'),
    },
    { title: 'too many at a time', provider: { status: 429 }, expected: refused('slow_down') },
  ],
})

test('nobody at the gateway is no line; an answer that never came leaves the message open', async () => {
  const message = { to: number, text: 'mot', encoding: 'gsm7' as const, parts: ['mot'], key: 'k' }
  expect(await kannel.send(app, account(1), message)).toEqual({ is: 'refused', why: 'no_line' })
  const provider = await httpProvider()
  provider.answerWith('hang_up')
  await expect(kannel.send(app, account(Number(new URL(provider.url).port)), message)).rejects.toThrow()
  await provider.stop()
})

const told = (query: Record<string, string>) =>
  kannel.hear!(app, mine, { raw: Buffer.alloc(0), headers: new Headers(), query })

test('reports that are no end say nothing; the others what became of the part', async () => {
  mine = account(1)
  for (const became of ['4', '8', '1', '2', '16'])
    expect(await told({ part: `khoa.${became}`, became, answer: 'NACK/0x0000000b/Invalid Destination Address' })).toBe(
      '',
    )
  expect(heard.of(mine)).toMatchObject([
    { is: 'part', providerId: 'khoa.1', state: 'delivered' },
    { is: 'part', providerId: 'khoa.2', state: 'failed' },
    { is: 'part', providerId: 'khoa.16', state: 'failed', why: 'address_wrong' },
  ])
})

test('what people write is heard; the same message twice has one id', async () => {
  mine = account(1)
  const said = { from: '0987654321', text: 'Cho hỏi mấy giờ họp?'.normalize('NFD'), id: 'a-b-c' }
  for (let n = 0; n < 2; n++) expect(await told(said)).toBe('')
  await told({ ...said, id: 'another' })
  const all = heard.of(mine).flatMap(one => (one.is === 'said' ? [one] : []))
  expect(all.map(one => [one.from, one.words])).toEqual(
    Array.from({ length: 3 }, () => ['+84987654321', 'Cho hỏi mấy giờ họp?']),
  )
  expect(new Set(all.map(one => one.id)).size).toBe(2)
  await expect(told({ text: 'ai?' })).rejects.toThrow('not_found')
})
