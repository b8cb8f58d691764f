// The last metres: a home that answers by itself, and a head who walks without a network.
import { beforeAll, expect, inject, test } from 'vitest'
import { makeDay, type Day } from './day.ts'
import { browse, call, open, phone, settled } from './screen.ts'

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

interface Reach {
  villages: { unitId: string; reached: number; told: number; households: number }[]
}
const ofVillage = async () => {
  const reach = await call<Reach>('commune_officer', 'GET', `notices/${day.emergency}/reach`)
  return reach.villages.find(unit => unit.unitId === inject('known').villages[0]!.id)!
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
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.locator('.row-in').first().waitFor()
  const before = await ofVillage()
  await context.setOffline(true)
  await page.reload()
  await page.getByText('Mất mạng, cứ làm tiếp.').waitFor()
  await page.locator('.row-in').first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'Đã nói tận nơi' }).click()
  await page.locator('.st').getByText('Chờ gửi').waitFor()
  expect((await ofVillage()).told).toBe(before.told)
  await context.setOffline(false)
  await expect.poll(async () => (await ofVillage()).told, { timeout: 45_000 }).toBe(before.told + 1)
  await page.reload()
  await settled(page)
  expect((await ofVillage()).told).toBe(before.told + 1)
})

test('a head sees every home of his village as a drawing, alley by alley', async () => {
  const page = await open(await browse('village_head', phone), `/notices/${day.emergency}/reach`)
  await page.locator('.alleys .home').first().waitFor()
  expect(await page.locator('.alleys .homes .home').count()).toBe((await ofVillage()).households)
})
