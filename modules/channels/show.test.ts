import { expect, test } from 'vitest'
import { hasWords } from '#core/words'
import { testApp } from '#testing/app'
import { testCommune } from '#testing/commune'
import { showWarnings } from './channel.ts'
import { email } from './email/email.ts'
import { messenger } from './facebook/messenger.ts'
import { testOutgoing } from './run-cases.ts'
import { accountOf } from './sms/sms-for-tests.ts'
import { sms } from './sms/sms.ts'
import { push } from './webpush/push.ts'
import { payloadOf } from './webpush/pushed.ts'
import type { SmsAdapter } from './sms/sms-adapter.ts'

const { app } = await testApp({ isDemo: true })
const { tenant } = await testCommune(app.sql, [1])
const message = testOutgoing({
  tenant,
  title: 'Khám tiểu đường miễn phí',
  text: 'Bà con từ 40 tuổi ra Trạm Y tế xã khám tiểu đường không mất tiền, 7 giờ sáng thứ Tư. Đêm trước nhịn ăn từ 22 giờ.',
})
const specimen = { link: 'https://loa.example/t/AbCdEfGhIjKlMnOpQrStUvWx' }
const account = (settings: object) => accountOf({ name: 'kannel' } as SmsAdapter, { ...settings }, tenant)

test('a short message is shown as it goes: its parts, what it costs, and the other way with its own price', async () => {
  const shown = await sms.show!(app, message, specimen, account({ dongPerPart: 300, mostParts: 3 }))
  expect(shown.text).not.toMatch(/[ạảấầđ]/)
  expect(shown.text.endsWith(specimen.link)).toBe(true)
  expect([shown.encoding, shown.parts, shown.dong]).toEqual(['gsm7', 2, 600])
  expect([shown.other!.encoding, shown.other!.parts, shown.other!.dong]).toEqual(['ucs2', 3, 900])
  expect(shown.other!.text).toContain('Khám')
})

test('what is shown costs what would be put aside for it', async () => {
  const with300 = account({ dongPerPart: 300, mostParts: 2, marks: true })
  const link = { link: `${app.config.publicUrl}/t/${'A'.repeat(24)}` }
  const shown = await sms.show!(app, message, link, with300)
  expect(shown.dong).toBe(await sms.mostDong!(app, message, with300))
})

test('words that do not fit, a price that is not known and an account that is not there are said', async () => {
  const short = await sms.show!(app, message, specimen, account({ mostParts: 1 }))
  expect(short.warnings).toEqual(['cut', 'no_price'])
  expect(short.dong).toBeUndefined()
  const none = await sms.show!(app, message, specimen)
  expect(none.warnings).toContain('no_account')
})

test('a letter is shown with its subject, and with the way to stop only where it may be stopped', async () => {
  const shown = await email.show!(app, { ...message, isOptional: true }, specimen)
  expect(shown.title).toBe(`${message.author}: ${message.title}`)
  expect(shown.text).toContain(message.text)
  expect(shown.text).toContain(specimen.link)
  expect(shown.text).toContain('/u/')
  const must = await email.show!(app, { ...message, isOptional: false }, specimen)
  expect(must.text).not.toContain('/u/')
})

test('a push is shown as the phone shows it', async () => {
  const shown = await push.show!(app, message, specimen)
  const { title, body } = payloadOf(message)
  expect([shown.title, shown.text]).toEqual([title, body])
})

test.each([push, email, sms, messenger])('what is private shows no word of it by $kind', async channel => {
  const { title = '', text, warnings } = await channel.show!(app, { ...message, isPrivate: true }, specimen)
  expect(`${title}\n${text}`).not.toMatch(/tiểu đường|tieu duong/)
  expect(warnings).toContain('hides_subject')
})

test('whatever a channel warns of has a sentence', () => {
  for (const warning of showWarnings) expect(hasWords('vi', `channel.show_${warning}`)).toBe(true)
})
