// The shell itself: how it opens, what it remembers, what it says without a network.
import { expect, test } from 'vitest'
import { keptForOffline } from './kept.ts'
import { networkOff, networkOn } from './network.ts'
import { browse, open, phone } from './screen.ts'

test('a stranger is told how to get in', async () => {
  const page = await open(await browse(undefined), '/')
  await expect.poll(() => page.locator('main').innerText()).toMatch(/thẻ|đường dẫn/i)
})

test('an address that does not exist says so', async () => {
  const context = await browse('village_head')
  const page = await open(context, '/')
  const answer = await page.goto('/khong-co-trang-nay', { waitUntil: 'load' })
  expect(answer!.status()).toBe(404)
  await page.getByRole('heading', { level: 1, name: 'Không có trang này' }).waitFor()
})

test('letters grow for elders and stay so after the phone is closed', async () => {
  const context = await browse('resident', phone)
  const page = await open(context, '/')
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
  expect(await size()).toBe(18)
  await page.getByRole('button', { name: 'Cỡ chữ' }).click()
  await page.getByLabel('Rất to, cho người già').check()
  expect(await size()).toBe(24)
  await page.reload()
  await page.locator('h1').waitFor()
  expect(await size()).toBe(24)
})

test('the language changes at once', async () => {
  const page = await open(await browse('resident'), '/')
  await page.getByRole('button', { name: 'Cỡ chữ' }).click()
  await page.getByLabel('English').check()
  await page.getByRole('button', { name: 'Close' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
})

test('the sheet closes by Esc and by back, and focus returns', async () => {
  const page = await open(await browse('resident'), '/')
  const button = page.getByRole('button', { name: 'Cỡ chữ' })
  await button.click()
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => button.evaluate(e => e === document.activeElement)).toBe(true)
  await button.click()
  await page.getByRole('dialog').waitFor()
  await page.goBack()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})

test('once opened, the app opens without a network and says so', async () => {
  const context = await browse('resident')
  const page = await open(context, '/')
  await keptForOffline(page, 'feed')
  await networkOff(context)
  await page.reload()
  await page.locator('h1').waitFor()
  await page.getByText('Mất mạng, cứ làm tiếp.').waitFor()
  await networkOn(context)
  await page.getByText('Mất mạng, cứ làm tiếp.').waitFor({ state: 'detached' })
})

test('the account is one tap from every screen, and the sheet is gone afterwards', async () => {
  const page = await open(await browse('village_head'), '/')
  await page.getByRole('button', { name: 'Cỡ chữ' }).click()
  await page
    .getByRole('dialog')
    .getByRole('link', { name: /Tài khoản/ })
    .click()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/account')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})
