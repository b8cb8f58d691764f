import fc from 'fast-check'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { testApp } from '#testing/app'
import type { Account } from '../account.ts'
import type { Settings } from '../account-field.ts'
import { channelErrors } from '../channel-errors.ts'
import { runCases, type Provider } from '../run-cases.ts'
import { until } from '../until-for-tests.ts'
import { bytesOf, fromGsm, toGsm } from './gsm7.ts'
import { accountOf, channelBy, listenTo, longText, secretWord, shortMessage } from './sms-for-tests.ts'
import { shown, startSmsc, type Part, type SmscAnswer, type SmscSimulator } from './smsc-simulator.ts'
import { closeLines, send, smpp } from './smpp.ts'
import { becameOf, idFormats, meaningOfBind, plainId, statusMeans } from './smpp-meaning.ts'
import { dialled, readDelivered } from './smpp-read.ts'
import { withoutMarks } from './text.ts'

const { app } = await testApp({ isDemo: true })
const heard = listenTo(app)
const number = '+84912345678'
afterAll(() => closeLines(app))

const account = (port: number, changes: Settings = {}): Account =>
  accountOf(smpp, {
    host: '127.0.0.1',
    port,
    line: 'plain',
    user: 'xa',
    sender: 'SONDONG',
    window: 10,
    answerSeconds: 1,
    perSecond: 5000,
    ...changes,
  })

const running: SmscSimulator[] = []
async function smscOf(options: Parameters<typeof startSmsc>[0] = {}) {
  const smsc = await startSmsc(options)
  running.push(smsc)
  return smsc
}
afterEach(async () => {
  for (const smsc of running.splice(0)) await smsc.stop()
})

async function smscProvider(): Promise<Provider<SmscAnswer, Part>> {
  const smsc = await startSmsc()
  return { ...smsc, url: `smpp://127.0.0.1:${smsc.port}`, asked: () => smsc.parts() }
}

const refusals = [
  ['a number that does not exist', 0x0b, 'address_wrong'],
  ['too many at a time', 0x58, 'slow_down'],
  ['a full queue', 0x14, 'slow_down'],
  ['the SMSC is ill', 0x08, 'provider_down'],
  ['a failure with a number of the provider’s own', 0x4a1, 'provider_down'],
  ['the sender’s name is not registered', 0x0a, 'message_refused'],
  ['a text that it does not take', 0x65, 'message_refused'],
  ['too long a text', 0x01, 'message_too_large'],
  ['we are not signed in any more', 0x04, 'not_signed_in'],
] as const

runCases<SmscAnswer, Part>({
  channel: channelBy(smpp),
  app: () => app,
  piece: url =>
    Promise.resolve({
      piece: {
        key: newId(),
        householdId: newId(),
        addresses: [{ id: 'a', value: number, contact: newId() }],
        link: '',
      },
      account: account(Number(new URL(url).port)),
    }),
  provider: smscProvider,
  secrets: () => [number, number.slice(1), secretWord, 'Dịch tả', 'xã Sơn Động'],
  cases: [
    {
      title: 'a text with marks goes as UCS-2 in three parts, each with a receipt asked for',
      provider: 'take',
      message: { text: longText },
      expected: { is: 'accepted', parts: 3, ids: ['1000000000', '1000000001', '1000000002'] },
      asked(part) {
        expect(part).toMatchObject({ from: 'SONDONG', to: '84912345678', coding: 8, of: 3, wantsReceipt: true })
        expect(part.octets).toBeLessThanOrEqual(140)
      },
    },
    {
      title: 'a text without marks goes in the seven-bit alphabet, in two parts',
      provider: 'take',
      message: { text: withoutMarks(longText) },
      expected: { is: 'accepted', parts: 2 },
      asked(part) {
        expect(part).toMatchObject({ coding: 0, of: 2, wantsReceipt: true })
        expect(part.octets).toBeLessThanOrEqual(153)
      },
    },
    {
      title: 'a short text stands alone',
      provider: 'take',
      message: { text: 'Moi ba con hop.' },
      expected: { is: 'accepted', parts: 1 },
      asked(part) {
        expect(part).toMatchObject({ text: 'Moi ba con hop.', of: 1, ref: undefined })
      },
    },
    ...refusals.map(([title, status, why]) => ({
      title,
      provider: { status },
      expected: { is: 'refused' as const, why },
    })),
    {
      title: 'the password is refused: a person has to renew it',
      provider: { status: 0x0e, at: 'bind' },
      expected: { is: 'refused', why: 'not_signed_in' },
    },
    {
      title: 'an older line of ours is not forgotten yet',
      provider: { status: 0x05, at: 'bind' },
      expected: { is: 'refused', why: 'slow_down' },
    },
    { title: 'nobody is there', provider: 'down', expected: { is: 'refused', why: 'no_line' } },
  ],
})

test('whatever number an SMSC answers with has a meaning of ours', () => {
  for (const [status, why] of Object.entries(statusMeans)) {
    expect(channelErrors).toHaveProperty(why)
    expect(['not_signed_in', 'slow_down', 'provider_down']).toContain(meaningOfBind(Number(status)))
  }
})

test('what comes in the SMSC’s own alphabet is read as it was written, whole or in pieces', () => {
  const reading = { alphabet: 'latin1', idFormat: 'text' } as const
  // The package reads the bytes of “a@b_$” as if they were of the seven-bit alphabet.
  const message = fromGsm(Buffer.from('a@b_$', 'latin1'))
  const fields = { source_addr: '84912000001', destination_addr: '8099', data_coding: 0 }
  expect(readDelivered({ ...fields, short_message: { message } }, reading, 0)).toMatchObject({ words: 'a@b_$' })
  const udh = [Buffer.from([0, 3, 7, 2, 1])]
  expect(readDelivered({ ...fields, short_message: { message, udh } }, reading, 0)).toMatchObject({
    is: 'piece',
    words: 'a@b_$',
  })
})

test('letters of the seven-bit alphabet come back as they went; bytes that mean nothing are spaces', () => {
  const letter = fc.constantFrom(...Array.from('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ ¡ÄÖÑÜ§¿äöñüàaZ09\f^{}\\[~]|€'))
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 160 }), letters => {
      const text = letters.join('')
      expect(fromGsm(toGsm(text)!)).toBe(text)
    }),
  )
  expect(toGsm('€{é')).toEqual(Buffer.from([0x1b, 0x65, 0x1b, 0x28, 0x05]))
  expect(toGsm('ữ')).toBeUndefined()
  expect(fromGsm(Buffer.from([0x1b, 0x00, 0x41, 0x80]))).toBe(' A ')
  expect(bytesOf('a$_@', 'gsm7', 'latin1')).toEqual(Buffer.from('a$_@'))
  expect(bytesOf('Δ', 'gsm7', 'latin1')).toBeUndefined()
  expect(bytesOf('ữ😀', 'ucs2', 'gsm')?.toString('hex')).toBe('1eefd83dde00')
})

test('ids are the same however the SMSC writes them', () => {
  expect(idFormats.map(format => [plainId('00FF', format, 'answer'), plainId('255', format, 'receipt')])).toEqual([
    ['00FF', '255'],
    ['00FF', '255'],
    ['255', '597'],
    ['255', '255'],
    ['00FF', '597'],
  ])
  expect(plainId('FFFFFFFFFFFFFFFF', 'hex', 'answer')).toBe('18446744073709551615')
})

test('numbers are read as they are dialled, short codes and names stay', () => {
  for (const written of ['84912345678', '+84912345678', '0912345678', '0084912345678', '912345678'])
    expect(dialled(written)).toBe(number)
  expect([dialled('8099'), dialled('Viettel'), dialled('4915112345678', 1)]).toEqual([
    '8099',
    'Viettel',
    '+4915112345678',
  ])
})

test('a receipt says what the network said of the subscriber', () => {
  const network = (code: number) => Buffer.from([3, 0, code])
  expect(becameOf(2)).toEqual({ state: 'delivered' })
  expect([becameOf(1), becameOf(6), becameOf('ENROUTE'), becameOf('whatever')]).toEqual(Array(4).fill(undefined))
  expect(becameOf('UNDELIV', network(1))).toEqual({ state: 'failed', why: 'address_dead' })
  expect(becameOf(5, network(13))).toEqual({ state: 'failed', why: 'address_refuses' })
  expect(becameOf(5, network(27))).toEqual({ state: 'failed' })
  expect(becameOf('REJECTD')).toEqual({ state: 'failed', why: 'message_refused' })
})

test('each part is told of by its own receipt, late, twice and the last part first', async () => {
  const smsc = await smscOf()
  smsc.answerWith('take', { become: 'DELIVRD', afterMs: 60, times: 2, isReversed: true, together: 3 })
  const mine = account(smsc.port)
  const said = await send(app, mine, shortMessage(longText))
  if (said.is !== 'accepted') throw new Error('refused')
  expect(shown(smsc.parts())).toEqual([{ to: '84912345678', text: longText }])
  await until(() => heard.states(mine).length === 6)
  const [a, b, c] = said.ids!.map(id => `${id} delivered`)
  expect(heard.states(mine)).toEqual([c, c, b, b, a, a])
})

test('an old SMSC writes its receipts in words, and its ids once so and once so', async () => {
  const smsc = await smscOf({ ids: 'hex_decimal' })
  smsc.answerWith('take', { become: 'UNDELIV', isTextOnly: true })
  const mine = account(smsc.port, { idFormat: 'hex_decimal' })
  const said = await send(app, mine, shortMessage('Moi ba con hop'))
  await until(() => heard.states(mine).length === 1)
  expect(said).toMatchObject({ ids: ['1000000000'] })
  expect(heard.states(mine)).toEqual(['1000000000 failed'])
})

test('a number out of use is known from the network’s error', async () => {
  const smsc = await smscOf()
  smsc.answerWith('take', { become: 'UNDELIV', networkError: 1 })
  const mine = account(smsc.port)
  await send(app, mine, shortMessage('Moi ba con hop'))
  await until(() => heard.of(mine).length === 1)
  expect(heard.of(mine)).toMatchObject([{ is: 'part', state: 'failed', why: 'address_dead' }])
})

test('what people write is heard with its marks, also when it is long; what is delivered twice has one id', async () => {
  const smsc = await smscOf()
  const mine = account(smsc.port)
  await send(app, mine, shortMessage('Moi ba con hop'))
  const question = `Cho hỏi mấy giờ họp? ${'Nhà tôi ở xa. '.repeat(10)}😀`
  expect(await smsc.hearFrom('84987654321', '1', { times: 2 })).toEqual([0, 0])
  expect(await smsc.hearFrom('84987654321', question)).toEqual([0, 0, 0])
  await until(() => heard.of(mine).filter(one => one.is === 'said').length === 3)
  const said = heard.of(mine).flatMap(one => (one.is === 'said' ? [one] : []))
  expect(said.map(one => [one.from, one.words])).toEqual([
    ['+84987654321', '1'],
    ['+84987654321', '1'],
    ['+84987654321', question],
  ])
  expect(new Set(said.map(one => one.id)).size).toBe(2)
})

test('what could not be kept is asked for again, not lost', async () => {
  const smsc = await smscOf()
  const mine = account(smsc.port)
  const broken = {
    ...app,
    sql: Object.assign(() => Promise.reject(new Error('no database')), {
      begin: () => Promise.reject(new Error('no database')),
    }) as never,
  }
  await send(broken, mine, shortMessage('Moi ba con hop'))
  expect(await smsc.hearFrom('84987654321', '1')).toEqual([0x64])
  await closeLines(broken)
})

test('a message without an answer in time is sent once and nobody knows; so is one whose line broke', async () => {
  const smsc = await smscOf()
  const mine = account(smsc.port)
  for (const answer of ['silent', 'hang_up'] as const) {
    smsc.answerWith(answer)
    await expect(send(app, mine, shortMessage('Moi ba con hop'))).rejects.toThrow()
    expect(smsc.parts().length).toBe(answer === 'silent' ? 1 : 0)
  }
})

test('a line that breaks is opened again by itself, and what was sent meanwhile is refused at once', async () => {
  const smsc = await smscOf()
  const mine = account(smsc.port)
  await send(app, mine, shortMessage('mot'))
  smsc.answerWith('down')
  await until(() => smsc.binds() === 1)
  await sleep(50)
  expect(await send(app, mine, shortMessage('hai'))).toEqual({ is: 'refused', why: 'no_line' })
  smsc.answerWith('take')
  await smsc.whenBound()
  await sleep(20)
  expect(await send(app, mine, shortMessage('ba'))).toMatchObject({ is: 'accepted' })
  expect(smsc.binds()).toBe(2)
})

test('there is one line for an account, however many messages go at once, and no more on their way than its window', async () => {
  const smsc = await smscOf({ answerMs: 5 })
  const mine = account(smsc.port, { window: 3 })
  const all = await Promise.all(Array.from({ length: 60 }, (_, n) => send(app, mine, shortMessage(`Tin so ${n}`))))
  expect(all.every(one => one.is === 'accepted')).toBe(true)
  expect([smsc.binds(), smsc.mostOnTheWay()]).toEqual([1, 3])
})

test('it never asks for more in a second than the contract says', async () => {
  const smsc = await smscOf({ perSecond: 60 })
  const mine = account(smsc.port, { perSecond: 40, window: 20 })
  const all = await Promise.all(Array.from({ length: 60 }, (_, n) => send(app, mine, shortMessage(`Tin so ${n}`))))
  expect(all.filter(one => one.is === 'refused')).toEqual([])
})

test('a long message of which a part is throttled goes on where it stopped: no part is sent twice', async () => {
  const smsc = await smscOf({ perSecond: 2 })
  const mine = account(smsc.port)
  await sleep(1000 - (performance.now() % 1000))
  expect(await send(app, mine, shortMessage(longText))).toMatchObject({ is: 'accepted', parts: 3 })
  expect(smsc.parts().map(part => part.n)).toEqual([1, 2, 3])
})

test('a message that is sent again joins with the parts that the phone has already', async () => {
  const smsc = await smscOf()
  const mine = account(smsc.port)
  const message = shortMessage(longText)
  await send(app, mine, message)
  await send(app, mine, message)
  expect(new Set(smsc.parts().map(part => part.ref)).size).toBe(1)
  expect(shown(smsc.parts())).toEqual([{ to: '84912345678', text: longText }])
})

test('a changed account gets a line of its own, with what it says now', async () => {
  const smsc = await smscOf()
  const mine = account(smsc.port)
  const wrong = { ...mine, secrets: { password: 'sai' } }
  expect(await send(app, wrong, shortMessage('mot'))).toEqual({ is: 'refused', why: 'not_signed_in' })
  expect(await send(app, { ...mine, version: 2 }, shortMessage('hai'))).toMatchObject({ is: 'accepted' })
})
