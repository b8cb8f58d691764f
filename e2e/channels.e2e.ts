// An officer connects the commune's mail account, tries it, and a home with an address gets a letter.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { startMailServer } from '#channels/mail-simulator'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, call, desk, known, open, phone } from './screen.ts'

let server: Awaited<ReturnType<typeof startMailServer>>
beforeAll(async () => {
  server = await startMailServer()
})
afterAll(() => server.stop())

const looksRight = async (page: Page) =>
  expect([await layoutFindings(page, 24), await axeFindings(page)]).toEqual([[], []])

/** Once the server's worker has sent it. */
async function letterTo(address: string) {
  const find = () => server.letters().find(letter => letter.to.includes(address))
  await expect.poll(find).toBeDefined()
  return find()!
}

test('an account is filled in, put right where it was wrong, tried, and used by the next notice', async () => {
  const page = await open(await browse('commune_officer', desk), '/channels')
  await page.getByText('Chưa nối tài khoản nào').waitFor()
  await looksRight(page)
  await page.getByRole('button', { name: 'Nối tài khoản' }).click()
  await page.getByLabel('Tên gọi').fill('Thư của xã')
  await page.getByLabel('Máy chủ', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Cổng').fill(String(server.port))
  await page.getByLabel('Mã hóa').selectOption('none')
  await page.getByLabel('Thư gửi từ địa chỉ').fill('khong phai thu')
  await page.getByLabel('Tên người gửi').fill('UBND xã Thử')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Ô này chưa đúng').waitFor()
  await looksRight(page)
  await page.getByLabel('Thư gửi từ địa chỉ').fill('thongbao@xathu.example')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Đã lưu Thư của xã').waitFor()

  await page.setViewportSize(phone)
  await page.getByRole('button', { name: /Thư của xã/ }).click()
  await page.getByLabel('Gửi thử tới').fill('toi@thu.example')
  await page.getByRole('button', { name: 'Gửi thử cho tôi' }).click()
  await page.getByText('Nhà cung cấp đã nhận tin thử').waitFor()
  await looksRight(page)
  await letterTo('toi@thu.example')
  await page.getByRole('button', { name: 'Sửa' }).click()
  await page.getByLabel('Tên gọi').fill('Thư của xã, máy mới')
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Đã lưu Thư của xã, máy mới').waitFor()

  const { homes, villages } = known()
  const basis = { basis: 'consent', how: 'spoken', wording: 'Cho xã gửi thư nhé?' }
  const contact = { kind: 'email', value: 'nha@thu.example', ...basis }
  await call('village_head', 'POST', `households/${homes[0]}/contacts`, contact)
  const audience = { units: [villages[0]!.id] }
  // What is normal waits at night for the morning; the test may run at any hour.
  const body = { title: 'Họp thôn tối nay', body: 'Mời mỗi nhà một người.', class: 'priority', audience }
  const { id } = await call<{ id: string }>('village_head', 'POST', 'notices', body)
  await call('village_head', 'POST', `notices/${id}/publish`, {})
  expect((await letterTo('nha@thu.example')).raw).toContain('/t/')
})
