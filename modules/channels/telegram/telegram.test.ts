// The table of cases of Telegram, from its own words, and the bot's ways of hearing against the simulator.
import { afterAll, expect, test } from 'vitest'
import { newId } from '#core/ids'
import { contactDigest } from '#people'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import type { Account } from '../account.ts'
import { httpProvider, runCases, testOutgoing, type Asked, type Case, type HttpAnswer } from '../run-cases.ts'
import { telegramBot } from './account.ts'
import { toldBy } from './events.ts'
import { partId } from './part-id.ts'
import { startTelegram } from './simulator.ts'
import { telegram } from './telegram.ts'
import { messageText } from './words.ts'

const { app } = await testApp({ isDemo: true })
const { sql } = app
const commune = await testCommune(sql, [1])
const { tenant } = commune
const [home] = commune.villages[0]!.homes as [string]
const simulator = await startTelegram()
afterAll(() => simulator.stop())
const chat = '5123456789'
const { botName, botToken } = simulator.login

const account = (port: number): Account => ({
  tenant,
  id: newId(),
  kind: 'telegram',
  adapter: 'telegram_bot',
  name: 'Telegram của xã',
  settings: { botName, host: '127.0.0.1', port, line: 'http', perSecond: 25 },
  secrets: { botToken },
  version: 1,
})

let contact = ''
async function contactHere() {
  const id = newId()
  await sql`
    insert into loa.contact (commune_id, id, household_id, kind, value, digest, added_at)
    values (${tenant}, ${id}, ${home}, 'telegram', ${chat}, ${contactDigest('telegram', chat)}, ${new Date()})`
  return id
}
const pieceTo = (value: string, contactId = newId()) => ({
  key: newId(),
  householdId: home,
  addresses: [{ id: contactDigest('telegram', value).toString('hex'), value, contact: contactId }],
  link: 'http://loa.test/t/AbCdEfGhIj',
})
const isDead = async () => {
  const [row] = await sql`select dead_at from loa.contact where commune_id = ${tenant} and id = ${contact}`
  return row!['dead_at'] !== null
}

const json = (status: number, body: object): HttpAnswer => ({ status, body: JSON.stringify(body) })
const refused = (code: number, description: string, why: string, parameters?: object): Case => ({
  title: `${code} “${description}” is ${why}`,
  provider: json(code, { ok: false, error_code: code, description, ...(parameters ? { parameters } : {}) }),
  expected: { is: 'refused', why } as Case['expected'],
})
const bodyOf = ({ body }: Asked) => JSON.parse(body.toString('utf8')) as Record<string, unknown>
const took = json(200, { ok: true, result: { message_id: 7, chat: { id: Number(chat) }, date: 1_796_000_000 } })

runCases({
  channel: telegram,
  app: () => app,
  provider: httpProvider,
  message: { tenant },
  async piece(url) {
    contact = await contactHere()
    return { piece: pieceTo(chat, contact), account: account(Number(new URL(url).port)) }
  },
  secrets: () => [chat, botToken, 'Không mua bán lợn', 'Dịch tả'],
  cases: [
    {
      title: 'a message has its words, its link, its check code and a button, and no preview that would open the link',
      provider: took,
      expected: { is: 'accepted', ids: [partId(chat, '7')] },
      asked(asked) {
        expect([asked.method, asked.path]).toEqual(['POST', `/bot${botToken}/sendMessage`])
        const { text, ...rest } = bodyOf(asked)
        expect(rest).toEqual({
          chat_id: chat,
          link_preview_options: { is_disabled: true },
          reply_markup: { inline_keyboard: [[{ text: 'Đã rõ', callback_data: 'known' }]] },
        })
        for (const words of ['UBND xã Sơn Động: Dịch tả', 'Báo trưởng thôn ngay.', 'K7M2QP', 'loa.test/t/AbCd'])
          expect(text).toContain(words)
      },
    },
    {
      title: 'a private message names no subject, and has no button before it is read',
      provider: took,
      message: { isPrivate: true, title: 'Hộ nghèo', text: 'Danh sách hộ nghèo' },
      expected: { is: 'accepted' },
      asked(asked) {
        expect(bodyOf(asked)['text']).not.toContain('nghèo')
        expect(bodyOf(asked)).not.toHaveProperty('reply_markup')
      },
    },
    {
      title: 'words that do not fit are cut, the link is not',
      provider: took,
      message: { text: 'Bà con chú ý. '.repeat(500) },
      expected: { is: 'accepted' },
      asked(asked) {
        const text = String(bodyOf(asked)['text'])
        expect(text.length).toBeLessThanOrEqual(4096)
        expect(text.endsWith('http://loa.test/t/AbCdEfGhIj')).toBe(true)
      },
    },
    refused(400, 'Bad Request: chat not found', 'address_wrong'),
    refused(400, 'Bad Request: PEER_ID_INVALID', 'address_wrong'),
    refused(400, 'Bad Request: message is too long', 'message_too_large'),
    refused(400, 'Bad Request: message text is empty', 'message_refused'),
    refused(400, 'Bad Request: words nobody has seen yet', 'message_refused'),
    refused(401, 'Unauthorized', 'not_signed_in'),
    refused(404, 'Not Found', 'not_signed_in'),
    refused(403, 'Forbidden: bot was blocked by the user', 'address_refuses'),
    refused(403, "Forbidden: bot can't initiate conversation with a user", 'address_refuses'),
    refused(403, "Forbidden: bot can't send messages to bots", 'address_wrong'),
    {
      ...refused(403, 'Forbidden: user is deactivated', 'address_dead'),
      async after() {
        expect(await isDead()).toBe(true)
      },
    },
    refused(413, 'Request Entity Too Large', 'message_too_large'),
    refused(429, 'Too Many Requests: retry after 35', 'slow_down', { retry_after: 35 }),
    refused(500, 'Internal Server Error', 'provider_down'),
    {
      title: 'a page instead of an answer',
      provider: { status: 502, body: '<html>' },
      expected: { is: 'refused', why: 'provider_down' },
    },
    { title: '200 without a yes', provider: json(200, {}), expected: { is: 'refused', why: 'provider_down' } },
  ],
})

test('it waits as long as Telegram says', async () => {
  simulator.starts(Number(chat))
  simulator.answerWith({ code: 429, words: 'Too Many Requests: retry after 35', retryAfter: 35 })
  const before = Date.now()
  const said = await telegram.handOver(app, testOutgoing({ tenant }), pieceTo(chat), account(simulator.port))
  expect(said).toMatchObject({ is: 'refused', why: 'slow_down' })
  expect((said as { againAt: Date }).againAt.getTime() - before).toBeGreaterThan(34_000)
  simulator.answerWith('take')
})

test('where nobody knows whether it went, it says so and names no key; where nothing went, there is no line', async () => {
  simulator.answerWith('hang_up')
  const lost = telegram.handOver(app, testOutgoing({ tenant }), pieceTo(chat), account(simulator.port))
  await expect(lost).rejects.toThrow(/^telegram did not answer$/)
  simulator.answerWith('take')
  const nobody = await telegram.handOver(app, testOutgoing({ tenant }), pieceTo(chat), account(1))
  expect(nobody).toEqual({ is: 'refused', why: 'no_line' })
})

test('every account of a home gets it, and each is known again by its own chat', async () => {
  for (const one of [61_001, 61_002]) simulator.starts(one)
  const [first, second] = [pieceTo('61001'), pieceTo('61002')]
  const piece = { ...first, addresses: [...first.addresses, ...second.addresses] }
  const said = await telegram.handOver(app, testOutgoing({ tenant }), piece, account(simulator.port))
  expect(said).toEqual({ is: 'accepted', ids: [partId('61001', '1'), partId('61002', '1')] })
})

test('more than the limit of a chat is refused by the simulator as by Telegram', async () => {
  simulator.starts(71_001)
  const all = Array.from({ length: 8 }, () =>
    telegram.handOver(app, testOutgoing({ tenant }), pieceTo('71001'), account(simulator.port)),
  )
  const said = await Promise.all(all)
  expect(said.filter(one => one.is === 'accepted').length).toBe(5)
  expect(said.find(one => one.is === 'refused')).toMatchObject({ why: 'slow_down' })
})

test('a message is shown as it is sent, and is warned of', async () => {
  const link = 'https://loa.example/t/AbCdEfGhIj'
  const message = testOutgoing({ tenant, isPrivate: true, title: 'Hộ nghèo' })
  const shown = await telegram.show!(app, message, { link })
  expect(shown).toEqual({ text: messageText(message, link), warnings: ['no_account', 'hides_subject'] })
  const long = await telegram.show!(app, testOutgoing({ text: 'x '.repeat(4000) }), { link }, account(1))
  expect(long.warnings).toEqual(['cut'])
})

const at = new Date('2026-11-29T05:00:00Z')
const heardOf = (event: object) => toldBy(event, at).heard

test('what people do at the bot is heard in our words', () => {
  expect(heardOf(simulator.starts(8001))).toMatchObject([{ is: 'joined', from: '8001' }])
  expect(heardOf(simulator.starts(8001, '123456'))).toMatchObject([{ is: 'joined', from: '8001', code: '123456' }])
  expect(heardOf(simulator.starts(8001, 'quang-cao'))[0]).not.toHaveProperty('code')
  expect(heardOf(simulator.says(8001, 'Mấy giờ họp?'))).toMatchObject([{ is: 'said', words: 'Mấy giờ họp?' }])
  expect(heardOf(simulator.blocks(8001))).toMatchObject([{ is: 'left', from: '8001' }])
  expect(heardOf(simulator.unblocks(8001))).toEqual([])
  const place = { location: { latitude: 21.33, longitude: 106.85 } }
  expect(heardOf(simulator.sends(8001, place))).toMatchObject([{ words: 'Đã gửi vị trí: 21.33, 106.85' }])
  const photo = heardOf(simulator.sends(8001, { photo: [{}], caption: 'Cầu hỏng' }))
  expect(photo).toMatchObject([{ words: expect.stringMatching(/^Cầu hỏng \(Đã gửi ảnh/) as string }])
})

test('a button names its message by chat and number; another one means nothing; each is answered so that it stops turning', () => {
  const message = { id: 7, chat: 8001, text: '', buttons: [{ text: 'Đã rõ', data: 'known' }] }
  const { heard, answer } = toldBy(simulator.presses(message), at)
  expect(heard).toEqual([{ is: 'part', providerId: partId('8001', '7'), state: 'acknowledged', at }])
  expect(answer).toMatchObject({ method: 'answerCallbackQuery', text: 'Xã đã nhận.' })
  const other = toldBy(simulator.presses({ ...message, buttons: [{ text: 'x', data: 'other' }] }), at)
  expect(other.heard).toEqual([])
  expect(other.answer).toBeDefined()
})

test('what is said in a group, what is not Telegram’s and what says nothing is heard as nothing', () => {
  const group = {
    update_id: 1,
    message: { message_id: 1, date: 1, chat: { id: -100, type: 'supergroup' }, text: '/start' },
  }
  for (const event of [group, {}, undefined, [], 'x', { update_id: 2 }, { update_id: 3, edited_message: {} }])
    expect(toldBy(event, at)).toEqual({ heard: [] })
})

test('an officer learns his number from the bot', () => {
  const { heard, answer } = toldBy(simulator.says(8002, '/id'), at)
  expect(heard).toEqual([])
  expect(answer).toEqual({ method: 'sendMessage', chat_id: '8002', text: 'Số Telegram của bạn: 8002' })
})

test('numbers of chats are addresses, names are none', () => {
  expect(['8002', '51234567890'].map(to => telegramBot.isAddress(to))).toEqual([false, true])
  for (const to of ['@ten', '-1001234567890', '0912345678', '']) expect(telegramBot.isAddress(to)).toBe(false)
})
