// One notice from the officer's desk to a home's "Đã rõ", each step on the screen of the person who does it.
import { beforeAll, expect, test } from 'vitest'
import { makeDay, type Day } from './day.ts'
import { keptForOffline } from './kept.ts'
import { networkOff, networkOn } from './network.ts'
import { browse, call, desk, open, settled } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

interface Figures {
  households: number
  reached: number
  levels: { acknowledged: number }
  told: number
}
const reachOf = (notice: string) => call<Figures>('commune_officer', 'GET', `notices/${notice}/reach`)

test('an officer writes, a head passes it on, a home finds it in its feed', async () => {
  const title = 'Thu gom vỏ chai thuốc sâu sáng thứ Bảy'
  const officer = await open(await browse('commune_officer', desk), '/notices/new')
  await officer.getByLabel('Việc gì').fill(title)
  await officer.getByLabel(/Lời gửi/).fill('Bà con mang vỏ chai ra nhà văn hóa thôn.')
  await officer.locator('.send').getByText('20').first().waitFor()
  await officer.locator('.send').getByRole('button', { name: 'Gửi tin' }).click()
  await officer.getByRole('button', { name: 'Gửi ngay' }).click()
  await officer.getByText(/Đã gửi tới 20.hộ/).waitFor()

  const resident = await browse('resident')
  const feed = await open(resident, '/')
  expect(await feed.getByRole('heading', { name: title }).count()).toBe(0)

  const head = await open(await browse('village_head'), '/')
  const paper = head.getByRole('article').filter({ hasText: title })
  await paper.getByRole('button', { name: 'Xem và chuyển' }).click()
  await paper.getByRole('button', { name: 'Chuyển xuống thôn' }).click()
  await head.getByText('Đã chuyển xuống thôn').waitFor()

  await feed.reload()
  await settled(feed)
  await feed.getByRole('heading', { name: title }).waitFor()
})

test('a home says "Đã rõ" without a network; the bar moves once, when there is one', async () => {
  const context = await browse('resident')
  const page = await open(context, '/')
  await keptForOffline(page, 'feed')
  const before = await reachOf(day.emergency)
  await networkOff(context)
  await page.locator('.urgent').getByRole('button', { name: 'Đã rõ' }).click()
  await page
    .getByText(/Nhà.mình.đã.rõ/)
    .first()
    .waitFor()
  await page.reload()
  await page
    .getByText(/Nhà.mình.đã.rõ/)
    .first()
    .waitFor()
  expect((await reachOf(day.emergency)).levels.acknowledged).toBe(before.levels.acknowledged)
  await networkOn(context)
  await expect.poll(async () => (await reachOf(day.emergency)).levels.acknowledged).toBe(before.levels.acknowledged + 1)
  expect((await reachOf(day.emergency)).reached).toBe(before.reached + 1)

  const officer = await open(await browse('commune_officer', desk), `/notices/${day.emergency}/reach`)
  await officer.getByText(/1\/20/).first().waitFor()
})

test('a head walks the doors without a network; each visit arrives once and the list knows it', async () => {
  const context = await browse('village_head')
  const page = await open(context, `/doors?noticeId=${day.emergency}`)
  await keptForOffline(page, 'doors')
  await networkOff(context)
  for (const name of ['Số5', 'Số6']) {
    await page
      .getByRole('button', { name: new RegExp(`${name}\\b`) })
      .first()
      .click()
    await page.getByRole('dialog').getByRole('button', { name: 'Đã nói tận nơi' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  await page.getByRole('button', { name: 'Chờ gửi 2' }).waitFor()
  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: 'Chờ gửi 2' }).waitFor()
  expect((await reachOf(day.emergency)).told).toBe(0)
  await networkOn(context)
  await expect.poll(async () => (await reachOf(day.emergency)).told).toBe(2)
  await page.locator('.offline').waitFor({ state: 'detached' })
})
