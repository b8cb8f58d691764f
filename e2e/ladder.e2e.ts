// The chair sees the commune's ladder in plain words, changes a step, tries it, and sets it from tomorrow on.
import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, desk, open, phone } from './screen.ts'

const looksRight = async (page: Page) =>
  expect([await layoutFindings(page, 24), await axeFindings(page)]).toEqual([[], []])

test('a step is changed by keyboard, shown before and after, and set with its ground', async () => {
  const page = await open(await browse('commune_chair', desk), '/ladder')
  await page.getByText('Đang theo bước chung của phần mềm.').waitFor()
  await page.getByText(/^Ngay.*30.*đến.tận.nhà$/).waitFor()
  await looksRight(page)
  const change = page.getByRole('button', { name: 'Sửa' })
  await change.first().focus()
  await page.keyboard.press('Enter')
  const second = page.getByRole('region', { name: 'Bước 1', exact: true })
  await second.getByLabel('thư điện tử').focus()
  await page.keyboard.press('Space')
  await second.getByLabel('Mỗi kênh chờ (phút)').fill('15')
  await page
    .getByText('Sau: Ngay lập tức: báo trên máy hoặc thư điện tử (mỗi kênh 15 phút), ', { exact: false })
    .waitFor()
  await page.setViewportSize(phone)
  await looksRight(page)
  await page.getByLabel('Nếu báo lúc').fill('22:00')
  await page.getByLabel('Số, ngày văn bản').fill('QĐ 12/QĐ-UBND ngày 20-11-2026')
  await page.getByRole('button', { name: 'Đặt các bước này' }).click()
  await page.getByText(/^Từ .* dùng các bước khác: Quyết định của xã\.$/).waitFor()
  await looksRight(page)
})
