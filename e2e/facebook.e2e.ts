// The commune's Facebook page: entered, tried, noted as a place that posts by itself; what it cannot do is told in words.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { startMeta } from '#channels/meta-simulator'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, call, desk, known, open, phone } from './screen.ts'

let meta: Awaited<ReturnType<typeof startMeta>>
beforeAll(async () => {
  meta = await startMeta()
})
afterAll(() => meta.stop())

const looksRight = async (page: Page, smallest: 24 | 48) =>
  expect([await layoutFindings(page, smallest), await axeFindings(page)]).toEqual([[], []])

const publish = async (title: string) => {
  const body = { title, body: 'Sáng thứ Bảy.', audience: { units: [known().unit] } }
  const { id } = await call<{ id: string }>('commune_officer', 'POST', 'notices', body)
  await call('commune_officer', 'POST', `notices/${id}/publish`, {})
  return id
}

test('an officer enters the page and tries it', async () => {
  const page = await open(await browse('commune_officer', desk), '/channels')
  await page.getByRole('button', { name: 'Nối tài khoản' }).click()
  await page.getByLabel('Gửi bằng cách nào').selectOption('facebook')
  const { pageId, pageToken, appSecret, verifyWord } = meta.login
  await page.getByLabel('Tên gọi').fill('Trang xã Thử')
  await page.getByLabel('Mã của trang').fill(pageId)
  await page.getByLabel('Khóa của trang').fill(pageToken)
  await page.getByLabel('Khóa bí mật của ứng dụng').fill(appSecret)
  await page.getByLabel('Mã xác minh webhook').fill(verifyWord)
  await page.getByLabel('Máy chủ', { exact: true }).fill('127.0.0.1')
  await page.getByLabel('Cổng').fill(String(meta.port))
  await page.getByLabel('Đường truyền').selectOption('http')
  await looksRight(page, 24)
  await page.getByRole('button', { name: 'Lưu' }).click()
  await page.getByText('Đã lưu Trang xã Thử').waitFor()
  await page.setViewportSize(phone)
  await page.getByRole('button', { name: /Trang xã Thử/ }).click()
  await page.getByRole('button', { name: 'Thử ngay' }).click()
  await page.getByText('Nhà cung cấp đã nhận bài thử').waitFor()
  await looksRight(page, 48)
  expect(meta.posts()).toEqual([])
})

test('the page is noted as a place that posts by itself, and a notice stands there', async () => {
  const page = await open(await browse('commune_officer', desk), '/chats')
  await page.getByRole('button', { name: 'Thêm nhóm' }).first().click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel('Facebook').check()
  await sheet.getByLabel(/Tên nhóm/).fill('Trang Facebook của xã')
  await sheet.getByLabel('Ai đăng').selectOption({ label: 'Tự đăng bằng Trang xã Thử' })
  await looksRight(page, 24)
  await sheet.getByRole('button', { name: 'Ghi lại' }).click()
  await page.getByText('Đã ghi nhóm Trang Facebook của xã').waitFor()
  await page.getByRole('cell', { name: 'tự đăng' }).waitFor()
  const id = await publish('Tiêm phòng chó')
  await expect.poll(() => meta.posts()[0]?.message).toContain('Tiêm phòng chó')
  await page.goto(`/notices/${id}/reach`)
  await page.getByRole('link', { name: 'Xem bài' }).waitFor()
  await looksRight(page, 24)
})

test('what Meta refuses is a card with the reason; a comment is a question whose answer everybody reads', async () => {
  meta.answerWith({ code: 200 })
  const id = await publish('Họp thôn tối nay')
  const tasks = async () => {
    const path = 'posting-tasks?limit=100'
    return (await call<{ items: { noticeId: string }[] }>('commune_officer', 'GET', path)).items
  }
  await expect.poll(async () => (await tasks()).map(one => one.noticeId)).toContain(id)
  const page = await open(await browse('commune_officer', phone), '/chats')
  const card = page.getByRole('article').filter({ hasText: 'Họp thôn tối nay' })
  await card.getByText('Tài khoản của xã không tự đăng được').waitFor()
  await looksRight(page, 48)

  meta.answerWith('take')
  const { items: accounts } = await call<{ items: { hook: string }[] }>('commune_officer', 'GET', 'channel-accounts')
  const { body, headers } = meta.batch({ changes: [meta.comments(meta.posts()[0]!, 'Chó con có tiêm không?')] })
  expect((await fetch(accounts[0]!.hook, { method: 'POST', body, headers })).status).toBe(200)
  await page.goto('/questions')
  await page.getByText('Chó con có tiêm không?').waitFor()
  await looksRight(page, 48)
})
