// The last metres: a home that answers by itself, and a head who walks without a network.
import { beforeAll, expect, test } from 'vitest'
import { makeDay, type Day } from './day.ts'
import { keptForOffline } from './kept.ts'
import { networkOff, networkOn } from './network.ts'
import { browse, call, known, open, phone, settled } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

interface Reach {
  villages: { unitId: string; reached: number; told: number; households: number }[]
}
const ofVillage = async () => {
  const reach = await call<Reach>('commune_officer', 'GET', `notices/${day.emergency}/reach`)
  return reach.villages.find(unit => unit.unitId === known().villages[0]!.id)!
}

test('an emergency stands first on the home’s screen, and one tap says that the home knows', async () => {
  const page = await open(await browse('resident', phone), '/')
  await page.locator('.urgent h1').getByText('Dịch tả lợn').waitFor()
  await page.locator('.urgent').getByRole('button', { name: 'Đã rõ' }).click()
  await page.locator('.urgent').getByText('Nhà mình đã rõ').waitFor()
  await expect.poll(async () => (await ofVillage()).reached).toBe(1)
  await page.reload()
  await settled(page)
  await page.locator('.urgent').getByText('Nhà mình đã rõ').waitFor()
})

test('a head tells a home at its door without a network; it is sent once, when there is one', async () => {
  const context = await browse('village_head', phone)
  const page = await open(context, `/doors?noticeId=${day.emergency}`)
  await keptForOffline(page, 'doors')
  const before = await ofVillage()
  await networkOff(context)
  await page.reload()
  await page.getByText('Mất mạng, cứ làm tiếp.').waitFor()
  await page.locator('.row-in').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Đã nói tận nơi' }).click()
  await page.locator('.st').getByText('Chờ gửi').waitFor()
  await page.reload()
  await page.locator('.st').getByText('Chờ gửi').waitFor()
  expect((await ofVillage()).told).toBe(before.told)
  await networkOn(context)
  await page.locator('.st').getByText('Đã gửi').waitFor()
  await expect.poll(async () => (await ofVillage()).told).toBe(before.told + 1)
  await page.reload()
  await settled(page)
  await page.locator('.st').getByText('Đã gửi').waitFor()
  expect((await ofVillage()).told).toBe(before.told + 1)
})

test('a visit that was sent reads as sent, also while the list does not come', async () => {
  const context = await browse('village_head', phone)
  const page = await open(context, `/doors?noticeId=${day.emergency}`)
  await keptForOffline(page, 'doors')
  const { told } = await ofVillage()
  const sent = page.locator('.st').getByText('Đã gửi')
  const sentBefore = await sent.count()
  await context.route('**/api/v1/doors?*', route => route.abort())
  await page.locator('.row-in').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Đã nói tận nơi' }).click()
  await expect.poll(() => sent.count()).toBe(sentBefore + 1)
  expect((await ofVillage()).told).toBe(told + 1)
  await context.unroute('**/api/v1/doors?*')
  await networkOff(context)
  await page.reload()
  await page.getByText('Mất mạng, cứ làm tiếp.').waitFor()
  await expect.poll(() => sent.count()).toBe(sentBefore + 1)
})

test('a head sees every home of his village as a drawing, alley by alley', async () => {
  const page = await open(await browse('village_head', phone), `/notices/${day.emergency}/reach`)
  await page.locator('.alleys .home').first().waitFor()
  expect(await page.locator('.alleys .homes .home').count()).toBe((await ofVillage()).households)
})
