// Before a notice is sent an officer sees each way as the phone shows it and what it costs; what was spent is seen by month.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { startSmsProvider } from '#channels/sms-simulator'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, call, desk, known, open, phone, type Look } from './screen.ts'

let server: Awaited<ReturnType<typeof startSmsProvider>>
beforeAll(async () => {
  server = await startSmsProvider('esms')
  const settings = {
    host: '127.0.0.1',
    port: server.port,
    line: 'http',
    brandname: 'XASONDONG',
    sandbox: '0',
    perSecond: 100,
    dongPerPart: 300,
    mostParts: 3,
  }
  const { apiKey, secretKey } = server.login
  const account = { adapter: 'esms', name: 'SMS của xã', settings, secrets: { apiKey, secretKey } }
  const { id } = await call<{ id: string }>('commune_officer', 'POST', 'channel-accounts', account)
  await call('commune_officer', 'POST', `channel-accounts/${id}/test`, { to: '0912345678' })
  await call('commune_officer', 'PUT', 'channel-budget', { dong: 1000, version: 0 })
  const basis = { basis: 'consent', how: 'spoken', wording: 'Cho xã nhắn tin nhé?' }
  for (const [n, home] of known().homes.slice(0, 3).entries())
    await call('village_head', 'POST', `households/${home}/contacts`, {
      kind: 'phone',
      value: `091200000${n}`,
      ...basis,
    })
})
afterAll(() => server.stop())

const looksRight = async (page: Page) =>
  expect([await layoutFindings(page, 24), await axeFindings(page)]).toEqual([[], []])

async function written(look: Look, who: 'commune_officer' | 'village_head') {
  const page = await open(await browse(who, look), '/notices/new')
  await page.getByText('Ưu tiên', { exact: true }).first().click()
  await page.getByRole('textbox', { name: 'Việc gì' }).fill('Tiêm phòng cho trâu bò')
  await page.locator('textarea').first().fill('Bà con dắt trâu bò ra nhà văn hóa, 7 giờ sáng thứ Tư.')
  return page
}

test('at a desk each way stands as the phone shows it, with its cost, what is left and what will not do', async () => {
  const page = await written(desk, 'commune_officer')
  await page.getByRole('heading', { name: /Tin nhắn SMS/ }).waitFor()
  await page.getByText('Tiem phong cho trau bo', { exact: false }).waitFor()
  await page.getByText('Gửi có dấu thì thành', { exact: false }).waitFor()
  await page.getByText('Hết tiền thì dừng nhắn', { exact: false }).waitFor()
  await page.getByRole('region', { name: 'Gửi tin' }).getByText('Hết tiền').waitFor()
  await looksRight(page)
})

test('in the dark it is the same', async () => {
  const page = await written({ ...desk, isDark: true }, 'commune_officer')
  await page.getByRole('heading', { name: /Tin nhắn SMS/ }).waitFor()
  await looksRight(page)
})

test('on a head’s phone each way is one line that the keyboard opens', async () => {
  const page = await written(phone, 'village_head')
  const way = page.locator('summary', { hasText: 'Tin nhắn SMS' })
  await way.waitFor()
  await way.focus()
  await page.keyboard.press('Enter')
  await page.getByText('Tiem phong cho trau bo', { exact: false }).waitFor()
  await looksRight(page)
})

test('the month says what was spent and what is left', async () => {
  const page = await open(await browse('commune_officer', desk), '/channels')
  await page.getByText('Đang gửi tốt').waitFor()
  await looksRight(page)
  await page.getByRole('link', { name: 'Xem từng tin' }).click()
  await page.getByText('Hết 300 đ cho 1 tin').waitFor()
  await looksRight(page)
  await page.setViewportSize(phone)
  await looksRight(page)
})
