// Coming in: by the digits of a card and the head's yes, by an invitation shown on the officer's screen.
import { expect, inject, test } from 'vitest'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, desk, open, phone, smallPhone } from './screen.ts'

const url = () => inject('url')

test('the sign-in pages stand at 320 px, in the dark, and for a reader of screens', async () => {
  const context = await browse(undefined, smallPhone)
  for (const path of ['/sign-in', '/card']) {
    const page = await context.newPage()
    await page.goto(url() + path)
    expect([path, await layoutFindings(page, 48), await axeFindings(page)]).toEqual([path, [], []])
    await page.emulateMedia({ colorScheme: 'dark' })
    expect([path, await axeFindings(page, ['color-contrast'])]).toEqual([path, []])
    await page.close()
  }
})

test('a phone types the 8 digits of a card and is in after the head’s yes', async () => {
  const head = await open(await browse('village_head', phone), '/phones')
  await head.locator('.row-in').first().click()
  await head.getByRole('button', { name: 'Cấp thẻ' }).click()
  const digits = await head.locator('.card-of-home .code').textContent()
  await head.getByRole('button', { name: 'Đóng' }).click()

  const mine = await (await browse(undefined, phone)).newPage()
  await mine.goto(`${url()}/card`)
  await mine.getByLabel('Hoặc gõ 8 chữ số dưới mã').fill(digits ?? '')
  await mine.getByRole('button', { name: 'Xin vào' }).click()
  await mine.getByRole('heading', { name: 'Đang chờ trưởng thôn' }).waitFor()

  await head.reload()
  await head.getByRole('button', { name: 'Đồng ý' }).click()
  await head.getByText('Đã đồng ý').waitFor()
  await mine.goto(`${url()}/card/waiting`)
  await mine.getByRole('button', { name: 'Mở tin nhà mình' }).click()
  await mine.waitForURL(`${url()}/`)
  expect((await mine.request.get(`${url()}/api/v1/me`)).status()).toBe(200)
})

test('an officer makes a head on her screen, and the head comes in by the code on it', async () => {
  const officer = await open(await browse('commune_officer', desk), '/posts')
  await officer.getByRole('button', { name: 'Lập chức danh' }).click()
  await officer.getByLabel('Nơi', { exact: true }).selectOption({ index: 1 })
  await officer.getByRole('button', { name: 'Lập', exact: true }).click()
  await officer.getByLabel('Họ và tên').fill('Trần Thị Mới')
  await officer.getByRole('button', { name: 'Thêm và lấy mã mời' }).click()
  const address = await officer.locator('.address').textContent()

  const page = await (await browse(undefined, phone)).newPage()
  await page.goto(address ?? '')
  expect([await layoutFindings(page, 48), await axeFindings(page)]).toEqual([[], []])
  await page.getByRole('button', { name: 'Vào' }).click()
  await page.waitForURL(`${url()}/`)
  const me = (await (await page.request.get(`${url()}/api/v1/me`)).json()) as { name: string; role: string }
  expect(me).toMatchObject({ name: 'Trần Thị Mới', role: 'village_head' })
})
