// A paper on its way down: the officer's, the chair's yes, the head's tap, with and without a network.
import { beforeAll, expect, test } from 'vitest'
import { makeDay, type Day } from './day.ts'
import { keptForOffline } from './kept.ts'
import { networkOff, networkOn } from './network.ts'
import { browse, call, desk, known, open, settled } from './screen.ts'

interface Relayed {
  items: { unitId: string; passedAt: string | null; how: string | null; words: string | null }[]
}

let day: Day
beforeAll(async () => {
  day = await makeDay()
})

const ofFirstVillage = async (notice: string) => {
  const { items } = await call<Relayed>('commune_officer', 'GET', `notices/${notice}/relays`)
  return items.find(one => one.unitId === known().villages[0]!.id)
}

test('a head without a network passes a paper on; it is sent once, when there is a network', async () => {
  const context = await browse('village_head')
  const page = await open(context, '/')
  await keptForOffline(page, 'relays')
  const paper = page.getByRole('article').filter({ hasText: 'Khám tiểu đường' })
  await paper.getByRole('button', { name: 'Thêm lời' }).click()
  await paper.getByLabel(/Lời của mình/).fill('Ghi tên với tôi trước chiều thứ Hai.')
  await networkOff(context)
  await paper.getByRole('button', { name: 'Chuyển xuống thôn' }).click()
  await page.getByText('Đã bấm chuyển, chờ gửi').first().waitFor()
  await page.getByText('Mất mạng, cứ làm tiếp.').waitFor()
  expect((await ofFirstVillage(day.relayed))?.passedAt).toBeNull()

  await page.reload()
  await settled(page)
  await page.getByRole('button', { name: 'Chờ gửi 1' }).click()
  await page
    .getByRole('dialog')
    .getByText(/Khám tiểu đường/)
    .waitFor()
  await page.keyboard.press('Escape')

  await networkOn(context)
  await expect.poll(async () => (await ofFirstVillage(day.relayed))?.how).toBe('head')
  expect((await ofFirstVillage(day.relayed))?.words).toBe('Ghi tên với tôi trước chiều thứ Hai.')
  await page.locator('.offline').waitFor({ state: 'detached' })
})

test('the chair says yes to a wide emergency, asked once with the number of homes', async () => {
  const page = await open(await browse('commune_chair', desk), '/')
  await page.getByRole('heading', { level: 2, name: 'Lũ về trong đêm' }).waitFor()
  const asked = page.getByRole('article').filter({ hasText: 'Lũ về trong đêm' })
  await asked.getByRole('button', { name: 'Duyệt, gửi ngay' }).click()
  const sure = page.getByRole('dialog', { name: /20.hộ/ })
  await sure.getByRole('button', { name: 'Duyệt, gửi ngay' }).click()
  await page.getByText('Đã duyệt, tin đang đi').waitFor()
  const { state } = await call<{ state: string }>('commune_officer', 'GET', `notices/${day.waiting}`)
  expect(state).toBe('published')
})

test('the desk says in its title what was found, and its keys move along the rows', async () => {
  const page = await open(await browse('commune_officer', desk), '/')
  await expect.poll(() => page.locator('h1').innerText()).toMatch(/hộ|thôn/)
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Phím tắt ở bàn làm việc' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
})
