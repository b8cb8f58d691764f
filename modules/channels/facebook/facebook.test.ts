import { readFileSync } from 'node:fs'
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import type { Account } from '../account.ts'
import type { Channel } from '../channel.ts'
import type { Post } from '../poster.ts'
import { httpProvider, runCases, testOutgoing, type Asked, type Case, type HttpAnswer } from '../run-cases.ts'
import { keepSpoken } from '../store-heard.ts'
import { inTransaction } from '#core/db'
import { facebook } from './facebook.ts'
import { messenger } from './messenger.ts'
import { messengerText, mostLetters } from './messenger-text.ts'
import { page } from './page.ts'
import { mannerOf } from './window.ts'
import { eventsIn, isFromMeta } from './webhook.ts'

const { app } = await testApp({ isDemo: true })
const commune = await testCommune(app.sql, [1])
const { tenant } = commune
const secrets = { pageToken: 'MA-TRANG-THU', appSecret: 'BI-MAT-UNG-DUNG-THU' }
const psid = '24680135791113'
const address = contactDigest('facebook', psid).toString('hex')
const id = newId()
const account = (port: number, more = {}): Account => ({
  tenant,
  id,
  kind: 'facebook',
  adapter: 'facebook',
  name: 'Trang xã',
  settings: { pageId: '1048576', host: '127.0.0.1', port, line: 'http', graphVersion: 26, verifyWord: 'loa', ...more },
  secrets,
  version: 1,
})
const spokeAt = (at: Date) => inTransaction(app.sql, tx => keepSpoken(tx, tenant, id, [{ address, at }]))
await spokeAt(new Date())

const proof = createHmac('sha256', secrets.appSecret).update(secrets.pageToken).digest('hex')
const pieceAt = (url: string) =>
  Promise.resolve({
    piece: {
      key: 'k'.repeat(32),
      householdId: commune.villages[0]!.homes[0]!,
      addresses: [{ id: address, value: psid }],
      link: 'http://loa.test/t/AbCdEfGhIjKlMnOp',
    },
    account: account(Number(new URL(url).port)),
  })
const json = (body: object, status = 200): HttpAnswer => ({ status, body: JSON.stringify(body) })
const errorOf = (code: number, subcode?: number) =>
  json(
    {
      error: {
        message: `(#${code}) x`,
        type: 'OAuthException',
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        fbtrace_id: 'BLBz/WZt8dN',
      },
    },
    code === 190 ? 401 : 400,
  )
const bodyOf = ({ body }: Asked) => JSON.parse(body.toString('utf8')) as Record<string, unknown>
const refusedAs = (why: string, ...codes: [code: number, subcode?: number][]): Case[] =>
  codes.map(([code, subcode]) => ({
    title: `error ${code}${subcode ? `/${subcode}` : ''} is ${why}`,
    provider: errorOf(code, subcode),
    expected: { is: 'refused', why } as Case['expected'],
  }))
const everywhere: Case[] = [
  ...refusedAs('not_signed_in', [190], [190, 463], [102]),
  ...refusedAs('account_blocked', [10], [200], [230], [299]),
  ...refusedAs('slow_down', [4], [17], [32], [613]),
  ...refusedAs('held_back', [368], [10, 1_893_063]),
  ...refusedAs('message_refused', [100], [2635]),
  ...refusedAs('provider_down', [1], [2], [1200]),
  {
    title: 'a page of a proxy is no answer of Meta’s',
    provider: { status: 503, body: '<html>' },
    expected: { is: 'refused', why: 'provider_down' },
  },
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
const secretsOf = () => [...Object.values(secrets), proof, psid, 'Không mua bán lợn']

runCases({
  channel: messenger,
  app: () => app,
  provider: httpProvider,
  piece: pieceAt,
  message: { tenant },
  secrets: secretsOf,
  cases: [
    {
      title: 'a person who wrote today is told, with a button',
      provider: json({ recipient_id: psid, message_id: 'm_1' }),
      expected: { is: 'accepted', ids: ['m_1'] },
      asked: asked => {
        expect(asked.path).toBe('/v26.0/1048576/messages')
        expect(bodyOf(asked)).toMatchObject({
          recipient: { id: psid },
          messaging_type: 'RESPONSE',
          message: { quick_replies: [{ content_type: 'text', title: 'Đã rõ' }] },
          access_token: secrets.pageToken,
          appsecret_proof: proof,
        })
      },
    },
    ...everywhere,
    ...refusedAs('window_closed', [10, 2_018_278]),
    ...refusedAs('address_wrong', [100, 2_018_001]),
    ...refusedAs('address_refuses', [551], [200, 1_545_041]),
  ],
})

const post: Post = {
  title: 'Dịch tả lợn',
  text: 'Không mua bán lợn. http://loa.test/g/AbC',
  link: 'http://loa.test/g/AbC',
  author: 'UBND xã Sơn Động',
  isEmergency: false,
  card: 'http://loa.test/n/1-a/card.png',
  pictureAddresses: [],
  pictures: [],
  key: 'k',
}
/** The page, asked as a channel is. */
const pagePosts: Channel = {
  ...messenger,
  kind: 'facebook page',
  async handOver(watched, _, __, at) {
    const said = await page.post(watched, at!, '1048576', post)
    if (said.is === 'refused') watched.log.warn({ why: said.why }, 'post refused')
    return said
  },
}
runCases({
  channel: pagePosts,
  app: () => app,
  provider: httpProvider,
  piece: pieceAt,
  message: { tenant },
  secrets: secretsOf,
  cases: [
    {
      title: 'a post has its link and an address of its own',
      provider: json({ id: '1048576_99' }),
      expected: { is: 'accepted', ids: ['1048576_99'] },
      asked: asked => {
        expect(asked.path).toBe('/v26.0/1048576/feed')
        expect(bodyOf(asked)).toMatchObject({ message: post.text, link: post.link, appsecret_proof: proof })
      },
    },
    ...everywhere,
    {
      title: 'error 506: the same words stand there already, so it was posted',
      provider: errorOf(506),
      expected: { is: 'accepted' },
    },
  ],
})

test('where the line breaks after a post went nobody knows, and nobody guesses', async () => {
  const provider = await httpProvider()
  provider.answerWith('hang_up')
  const at = account(Number(new URL(provider.url).port))
  await expect(page.post(app, at, '1048576', post)).rejects.toThrow()
  const piece = { key: 'k', householdId: '', addresses: [{ id: address, value: psid }], link: 'http://loa.test/t/A' }
  await expect(messenger.handOver(app, testOutgoing({ tenant }), piece, at)).rejects.toThrow()
  await provider.stop()
})

test('what is gone already was taken away, and another error is one', async () => {
  const provider = await httpProvider()
  const at = account(Number(new URL(provider.url).port))
  provider.answerWith(errorOf(100, 33))
  expect(await page.remove!(app, at, '1048576', '1048576_99')).toEqual({ is: 'accepted' })
  expect(provider.asked()[0]!.method).toBe('DELETE')
  provider.answerWith(errorOf(200))
  expect(await page.remove!(app, at, '1048576', '1048576_99')).toMatchObject({ why: 'account_blocked' })
  provider.answerWith(errorOf(100, 33))
  expect(await page.change!(app, at, '1048576', '1048576_99', post)).toMatchObject({ why: 'message_refused' })
  await provider.stop()
})

test('a person is written to for a day after his last word, for seven where Meta allowed it, and never before he wrote', () => {
  const at = new Date('2026-11-29T08:00:00+07:00')
  const ago = (hours: number) => new Date(at.getTime() - hours * 3_600_000)
  expect(mannerOf(ago(23.9), at, {})).toEqual({ messaging_type: 'RESPONSE' })
  expect(mannerOf(ago(24.1), at, {})).toBeUndefined()
  expect(mannerOf(ago(24.1), at, { humanAgent: true })).toEqual({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' })
  expect(mannerOf(ago(167), at, { humanAgent: true })).toBeDefined()
  expect(mannerOf(ago(169), at, { humanAgent: true })).toBeUndefined()
  expect(mannerOf(undefined, at, { humanAgent: true })).toBeUndefined()
})

test('the longest notice fits, its letters composed, its link and code whole; a private one says nothing', () => {
  const said = {
    title: 'Tiêm phòng'.normalize('NFD'),
    text: 'Đưa chó ra nhà văn hóa. '.repeat(300).normalize('NFD'),
    author: 'UBND xã Sơn Động',
    checkCode: 'K7M2QP',
    isPrivate: false,
    isOptional: true,
    class: 'emergency' as const,
  }
  const { text, isCut } = messengerText(said, 'https://loa.example/t/AbCdEf')
  expect(Array.from(text).length).toBeLessThanOrEqual(mostLetters)
  expect(Array.from(text).length).toBeGreaterThan(1900)
  expect(text).toBe(text.normalize('NFC'))
  expect(isCut).toBe(true)
  for (const whole of ['KHẨN CẤP', 'https://loa.example/t/AbCdEf', 'K7M2QP', 'HỦY']) expect(text).toContain(whole)
  const hidden = messengerText({ ...said, isPrivate: true }, 'https://loa.example').text
  expect(hidden).not.toMatch(/Tiêm|chó/)
})

test('Meta’s signature is over the bytes that it sent, with its escaped letters', () => {
  const raw = Buffer.from(
    String.raw`{"object":"page","entry":[{"id":"1048576","time":1764381000000,"messaging":[{"sender":{"id":"24680135791113"},"recipient":{"id":"1048576"},"timestamp":1764381000000,"message":{"mid":"m_1","text":"\u0110\u00e3 r\u00f5 \ud83d\udc4d"}}]}]}`,
  )
  const signature = `sha256=${createHmac('sha256', 'bi-mat').update(raw).digest('hex')}`
  expect(isFromMeta(raw, signature, 'bi-mat')).toBe(true)
  expect(isFromMeta(Buffer.from(JSON.stringify(JSON.parse(raw.toString('utf8')))), signature, 'bi-mat')).toBe(false)
  for (const wrong of [null, '', 'sha256=', signature.slice(0, -1), signature.replace('sha256', 'sha1')])
    expect(isFromMeta(raw, wrong, 'bi-mat')).toBe(false)
  expect(isFromMeta(raw, signature, 'khac')).toBe(false)
  expect(eventsIn(raw, '1048576')!.messaging[0]!.message!.text).toBe('Đã rõ 👍')
  expect(eventsIn(raw, '999')).toEqual({ messaging: [], changes: [] })
})

test('a new kind of event holds up no other; what is no call of a page is nothing', () => {
  const call = (entry: object) => eventsIn(Buffer.from(JSON.stringify({ object: 'page', entry: [entry] })), '1')
  const odd = call({ id: '1', messaging: [{ reaction: { emoji: 1 } }, { message: 'x' }, { read: { watermark: 5 } }] })
  expect(odd!.messaging).toHaveLength(2)
  expect(eventsIn(Buffer.from('['), '1')).toBeUndefined()
  expect(eventsIn(Buffer.from('{"object":"instagram","entry":[]}'), '1')).toBeUndefined()
})

test('the sender and its simulator share no code', () => {
  const text = readFileSync(new URL('simulator.ts', import.meta.url), 'utf8')
  expect(text).not.toMatch(/from '\.|from '#/)
})

test('the version is a setting, not older than what lives', () => {
  const field = facebook.fields.find(one => one.name === 'graphVersion')
  expect(field).toMatchObject({ min: 25, initial: 26 })
})
