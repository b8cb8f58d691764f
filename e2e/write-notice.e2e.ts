// An officer writes a notice, sees before sending whom it concerns, sends it, takes it back, corrects and withdraws it.
import { expect, test } from 'vitest'
import { browse, call, desk, known, open, phone, settled } from './screen.ts'

test('a notice is written, looked at, sent with a moment to undo, and sent for good', async () => {
  const page = await open(await browse('commune_officer', desk), '/notices/new')
  await page.getByRole('textbox', { name: 'Việc gì' }).fill('Tiêm phòng cho trâu bò')
  await page.locator('textarea').first().fill('Bà con dắt trâu bò ra nhà văn hóa, 7 giờ sáng. Số 0912 345 678.')
  await page.getByText('Trong lời có số điện thoại', { exact: false }).waitFor()
  await page.getByRole('region', { name: 'Gửi tin' }).getByText('20 hộ').waitFor()
  await page.getByRole('button', { name: 'Gửi tin' }).click()
  await page.getByRole('button', { name: 'Hoàn tác' }).first().click()
  await page.getByRole('link', { name: 'Soạn tiếp' }).click()
  await settled(page)
  expect(await page.getByRole('textbox', { name: 'Việc gì' }).inputValue()).toBe('Tiêm phòng cho trâu bò')
  await page.getByRole('button', { name: 'Gửi tin' }).click()
  await page.getByRole('button', { name: 'Gửi ngay' }).click()
  await page.getByText('Đã gửi tới 20 hộ').waitFor()
})

test('a draft whose answer was lost is kept once, however often it is sent again', async () => {
  const page = await open(await browse('commune_officer', desk), '/notices/new')
  await page.getByRole('textbox', { name: 'Việc gì' }).fill('Dọn đường làng sau bão')
  await page.locator('textarea').first().fill('Mỗi nhà một người, 6 giờ sáng chủ nhật.')
  let isLost = false
  await page.route('**/api/v1/notices', async route => {
    if (isLost || route.request().method() !== 'POST') return route.continue()
    isLost = true
    // It came, and was written: only its answer never arrives.
    await route.fetch()
    return route.abort()
  })
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await expect.poll(() => isLost).toBe(true)
  await page.locator('[data-refused]').first().waitFor()
  await page.getByRole('button', { name: 'Lưu bản nháp' }).click()
  await page.waitForURL(url => !url.pathname.endsWith('/new'))
  const { items } = await call<{ items: { title: string }[] }>('commune_officer', 'GET', 'notices?limit=50')
  expect(items.filter(one => one.title === 'Dọn đường làng sau bão')).toHaveLength(1)
})

test('an author corrects and withdraws; a home reads the reason', async () => {
  const { unit } = known()
  const made = await call<{ id: string }>('commune_officer', 'POST', 'notices', {
    title: 'Họp thôn',
    body: 'Chủ nhật, 7 giờ 30.',
    audience: { units: [unit] },
  })
  await call('commune_officer', 'POST', `notices/${made.id}/publish`, {})
  const page = await open(await browse('commune_officer', desk), `/notices/${made.id}`)
  await page.getByRole('button', { name: 'Đính chính' }).click()
  await page.getByRole('dialog').getByLabel('Lời gửi bà con').fill('Chủ nhật, 8 giờ.')
  await page.getByRole('button', { name: 'Gửi bản đính chính' }).click()
  await page.getByText('Bản 2').waitFor()
  await page.getByRole('button', { name: 'Thu hồi' }).click()
  await page
    .getByRole('dialog')
    .getByLabel(/Lý do thu hồi/)
    .fill('Hoãn vì mưa')
  await page.getByRole('dialog').getByRole('button', { name: 'Thu hồi' }).click()
  await page.getByText('Tin này đã thu hồi: Hoãn vì mưa').waitFor()
  const home = await open(await browse('resident', phone), `/notices/${made.id}`)
  await home.getByText('Hoãn vì mưa').first().waitFor()
})

test('a home asks at the notice, the head answers, the home reads it', async () => {
  const { unit } = known()
  const made = await call<{ id: string }>('commune_officer', 'POST', 'notices', {
    title: 'Phát gạo',
    body: 'Mai phát gạo tại nhà văn hóa.',
    audience: { units: [unit] },
  })
  await call('commune_officer', 'POST', `notices/${made.id}/publish`, {})
  const home = await open(await browse('resident', phone), `/notices/${made.id}`)
  await home.getByRole('button', { name: 'Hỏi thêm' }).click()
  await home.getByLabel(/Muốn hỏi gì/).fill('Có mang sổ không?')
  await home.getByRole('button', { name: 'Gửi câu hỏi' }).click()
  await home.getByText('Chưa có trả lời').waitFor()
  const head = await open(await browse('village_head', phone), '/questions')
  const asked = head.getByRole('article').filter({ hasText: 'Có mang sổ không?' })
  await asked.getByRole('button', { name: 'Trả lời' }).click()
  await asked.getByRole('textbox').fill('Mang theo căn cước là được.')
  await asked.getByRole('button', { name: 'Gửi câu trả lời' }).click()
  await asked.waitFor({ state: 'detached' })
  await home.reload()
  await home.getByText('Mang theo căn cước là được.').waitFor()
})
