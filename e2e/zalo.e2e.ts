// The commune's Zalo account: entered, granted, tried, told how much is left; and a home that joins it by the QR code on its card.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { startZalo } from '#channels/zalo-simulator'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, call, desk, known, open, openIn, phone } from './screen.ts'

let zalo: Awaited<ReturnType<typeof startZalo>>
beforeAll(async () => {
  zalo = await startZalo()
  zalo.user(follower)
})
afterAll(() => zalo.stop())

/** Somebody's Zalo: his own id there. */
const follower = '2512345678901234567'

const looksRight = async (page: Page, smallest: 24 | 48) =>
  expect([await layoutFindings(page, smallest), await axeFindings(page)]).toEqual([[], []])

/** At a desk and on a phone. */
async function looksRightOnBoth(page: Page) {
  await page.setViewportSize(desk)
  await looksRight(page, 24)
  await page.setViewportSize(phone)
  await looksRight(page, 48)
  await page.setViewportSize(desk)
}

interface Account {
  hook: string
}
const hears = async (event: object) => {
  const { items } = await call<{ items: Account[] }>('commune_officer', 'GET', 'channel-accounts')
  await zalo.post(items[0]!.hook, event)
}
const openAccount = async (page: Page) => {
  await openIn(page, '/channels')
  await page.getByRole('button', { name: /Zalo của xã/ }).click()
  await page.getByRole('dialog').getByLabel('Gửi thử tới').waitFor()
}
const tryOut = async (page: Page) => {
  await page.getByLabel('Gửi thử tới').fill(follower)
  await page.getByRole('button', { name: 'Gửi thử cho tôi' }).click()
}

test('an officer enters the account, and what Zalo asks to be pasted at its side is shown', async () => {
  const page = await open(await browse('commune_officer', desk), '/channels')
  await page.getByRole('button', { name: 'Nối tài khoản' }).click()
  await page.getByLabel('Gửi bằng cách nào').selectOption('zalo_oa')
  const { appId, oaId, appSecret, oaSecretKey } = zalo.login
  await page.getByLabel('Tên gọi').fill('Zalo của xã')
  await page.getByLabel('Mã ứng dụng (App ID)').fill(appId)
  await page.getByLabel('Mã trang (OA ID)').fill(oaId)
  await page.getByLabel('Khóa bí mật của ứng dụng (App Secret)').fill(appSecret)
  await page.getByLabel('Khóa bí mật của trang (OA Secret Key)').fill(oaSecretKey)
  await page.getByLabel('Máy chủ').fill('127.0.0.1')
  await page.getByLabel('Cổng').fill(String(zalo.port))
  await looksRightOnBoth(page)
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Đã lưu Zalo của xã').waitFor()
  await page.getByRole('button', { name: /Zalo của xã/ }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Chưa cấp').waitFor()
  await sheet.getByText('Chưa thử').first().waitFor()
  await looksRightOnBoth(page)
})

test('granted by the code that Zalo’s page brings back, tried, well, and the day’s quota is told', async () => {
  const page = await open(await browse('commune_officer', desk), '/channels')
  await openAccount(page)
  const sheet = page.getByRole('dialog')
  const challenge = await sheet.locator('code.hook').nth(1).innerText()
  const back = `https://loa.example/hooks/x?code=${zalo.codeFor(challenge)}&oa_id=${zalo.login.oaId}`
  await sheet.getByLabel('Mã cấp quyền').fill(back)
  await sheet.getByRole('button', { name: 'Đưa vào' }).click()
  await sheet.getByText('Đã cấp').waitFor()
  await tryOut(page)
  await sheet.getByText('Nhà cung cấp đã nhận tin thử').waitFor()
  await sheet.getByText('Đang gửi tốt').first().waitFor()
  expect(zalo.taken()).toMatchObject([{ way: 'cs', to: follower }])
  await hears(zalo.perDay(800))
  const quota = sheet.getByText('đã gửi 0/800')
  await expect
    .poll(async () => {
      await openAccount(page)
      return quota.count()
    })
    .toBe(1)
  await looksRightOnBoth(page)
})

test('a grant that Zalo took back is told in words, and given again by the two words of its API Explorer', async () => {
  const page = await open(await browse('commune_officer', phone), '/channels')
  zalo.revoke()
  await openAccount(page)
  await tryOut(page)
  const sheet = page.getByRole('dialog')
  await sheet.getByText('Đã mất, cần cấp lại').waitFor()
  await looksRight(page, 48)
  await sheet.getByLabel('Đưa quyền vào bằng').selectOption('tokens')
  const { access_token: access, refresh_token: refresh } = zalo.explore()
  await sheet.getByLabel('Access token').fill(access)
  await sheet.getByLabel('Refresh token').fill(refresh)
  await sheet.getByRole('button', { name: 'Đưa vào' }).click()
  await sheet.getByText('Đã cấp').waitFor()
  await tryOut(page)
  await sheet.getByText('Đang gửi tốt').first().waitFor()
})

test('a head prints cards that name the account; a home scans its card, sends the code, and is told by Zalo', async () => {
  const head = await open(await browse('village_head', desk), '/phones/print')
  await head.getByRole('button', { name: 'Lấy thẻ để in' }).click()
  await head.locator('.card-of-home').getByText('nối được Zalo của xã').first().waitFor()
  await looksRightOnBoth(head)

  const card = await call<{ address: string }>('village_head', 'POST', `households/${known().homes[0]}/card`)
  const scanned = await (await browse(undefined, phone)).newPage()
  await scanned.goto(card.address)
  await scanned.getByText('Zalo của xã').waitFor()
  await looksRightOnBoth(scanned)
  await scanned.getByRole('button', { name: 'Nhận tin qua tài khoản của xã' }).click()
  const code = await scanned.locator('.code').innerText()
  const link = scanned.getByRole('link', { name: 'Mở Zalo của xã' })
  expect(await link.getAttribute('href')).toBe(`https://zalo.me/${zalo.login.oaId}`)
  await looksRightOnBoth(scanned)

  await hears(zalo.says(follower, `Mã ${code}`))
  // The old card’s phones went with it: the home comes in by the new one.
  await scanned.goto(card.address)
  await scanned.getByRole('button', { name: 'Mở tin nhà mình' }).click()
  await scanned.waitForURL('**/')
  await expect.poll(async () => (await openIn(scanned, '/my-home')).getByText('nối từ').count()).toBe(1)

  // What is normal waits at night for the morning; the test may run at any hour.
  const audience = { units: [known().villages[0]!.id] }
  const body = { title: 'Cắt nước sáng mai', body: 'Từ 7 giờ.', class: 'priority', ask: 'acknowledged', audience }
  const { id } = await call<{ id: string }>('village_head', 'POST', 'notices', body)
  await call('village_head', 'POST', `notices/${id}/publish`, {})
  await expect.poll(() => zalo.taken().some(one => one.text.includes('Cắt nước sáng mai'))).toBe(true)
  // The answer is about what the server knows to have gone, not about what Zalo has just taken.
  const spent = () => call<{ channels: { channel: string }[] }>('commune_officer', 'GET', `notices/${id}/spent`)
  await expect.poll(async () => (await spent()).channels.map(one => one.channel)).toContain('zalo')
  const reach = () => call<{ levels: { acknowledged: number } }>('commune_officer', 'GET', `notices/${id}/reach`)
  await hears(zalo.says(follower, 'Đã rõ'))
  await expect.poll(async () => (await reach()).levels.acknowledged).toBe(1)
})
