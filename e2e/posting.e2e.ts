// A village without a paid channel: its Zalo group is noted, ready words are copied into it, and who opens the group's link is counted.
import type { BrowserContext, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { axeFindings, layoutFindings, refusalFindings } from './look.ts'
import { browse, call, desk, known, open, phone, settled } from './screen.ts'

const group = 'Thôn mình'

const publish = async (words: object): Promise<string> => {
  const { id } = await call<{ id: string }>('commune_officer', 'POST', 'notices', {
    body: 'Sáng thứ Bảy, từ 7 giờ.',
    audience: { units: [known().villages[0]!.id] },
    ...words,
  })
  await call('commune_officer', 'POST', `notices/${id}/publish`, {})
  return id
}

const look = async (page: Page, smallest: 24 | 48) =>
  expect([
    ...(await axeFindings(page)),
    ...(await layoutFindings(page, smallest)),
    ...(await refusalFindings(page)),
  ]).toEqual([])

/** A head's phone whose clipboard can be read. */
async function headsPhone(): Promise<BrowserContext> {
  const context = await browse('village_head', phone)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  // Zalo itself is not here: what opens is only noted.
  await context.addInitScript(() => {
    window.open = address => {
      document.documentElement.dataset['opened'] = String(address)
      return null
    }
  })
  return context
}

const cardOf = (page: Page, title: string) => page.getByRole('article').filter({ hasText: title })
const reachOf = (id: string) =>
  call<{ levels: Record<string, number>; reached: number }>('commune_officer', 'GET', `notices/${id}/reach`)
const opensOf = async (id: string) =>
  (await call<{ items: { opens: number }[] }>('commune_officer', 'GET', `notices/${id}/postings`)).items[0]!.opens

test('a head notes the group of his village on a phone; a link that leads elsewhere is told in words', async () => {
  const page = await open(await browse('village_head', phone), '/chats')
  await page.getByRole('heading', { level: 2, name: 'Chưa ghi nhóm Zalo, Facebook nào' }).waitFor()
  await look(page, 48)
  await page.getByRole('button', { name: 'Thêm nhóm' }).click()
  const sheet = page.getByRole('dialog')
  await sheet.getByLabel(/Tên nhóm/).fill(group)
  await sheet.getByLabel(/Khoảng bao nhiêu người/).fill('140')
  await sheet.getByLabel(/Đường dẫn vào nhóm/).fill('https://example.com/g/abc')
  await look(page, 48)
  await sheet.getByRole('button', { name: 'Ghi lại' }).click()
  await sheet.getByText('Đường dẫn vào nhóm không đúng nơi đã chọn').waitFor()
  await sheet.getByLabel(/Đường dẫn vào nhóm/).fill('zalo.me/g/thonminh1')
  await sheet.getByRole('button', { name: 'Ghi lại' }).click()
  await page.getByText(`Đã ghi nhóm ${group}`).waitFor()
  await page.getByText('Thôn có 1 nhóm, cộng lại khoảng 140 người, thôn có 14 nhà.').waitFor()
  await look(page, 48)
})

test('one tap copies the words and opens the group, another says “Đã đăng”; it can be taken back', async () => {
  const id = await publish({ title: 'Tiêm phòng chó', plain: 'Đưa chó ra nhà văn hóa.' })
  const context = await headsPhone()
  const page = await open(context, '/')
  const card = cardOf(page, 'Tiêm phòng chó')
  await card.waitFor()
  await look(page, 48)
  await card.getByRole('button', { name: 'Xem lời đã soạn' }).click()
  await card.getByText('Đưa chó ra nhà văn hóa.').waitFor()
  await look(page, 48)
  await card.getByRole('button', { name: 'Chép và mở nhóm' }).click()
  await page.getByText('Đã chép. Dán vào nhóm rồi bấm “Đã đăng”.').waitFor()
  expect(await page.evaluate(() => document.documentElement.dataset['opened'])).toBe('https://zalo.me/g/thonminh1')
  const words = await page.evaluate(() => navigator.clipboard.readText())
  expect(words).toContain('Tiêm phòng chó')
  expect(words).toMatch(/https?:\/\/\S+\/g\/[\w-]{15,24}$/)

  await card.getByRole('button', { name: 'Đã đăng', exact: true }).click()
  await page.getByText(`Đã ghi: tin có trong nhóm ${group}`).waitFor()
  await card.waitFor({ state: 'detached' })
  expect(await reachOf(id)).toMatchObject({ levels: { exposed: 14 }, reached: 0 })
  await page.getByRole('button', { name: 'Hoàn tác' }).click()
  await card.waitFor()
  expect((await reachOf(id)).levels).toMatchObject({ exposed: 0, none: 14 })
  await card.getByRole('button', { name: 'Đã đăng', exact: true }).click()
  await card.waitFor({ state: 'detached' })
})

test('a phone that can share hands on words and picture together', async () => {
  await publish({ title: 'Lịch tiêm trâu bò' })
  const context = await headsPhone()
  await context.addInitScript(() => {
    Object.assign(navigator, {
      canShare: () => true,
      share: (data: ShareData) => {
        document.documentElement.dataset['shared'] = data.text
        return Promise.resolve()
      },
    })
    const real = window.matchMedia.bind(window)
    window.matchMedia = query => (query.includes('coarse') ? ({ matches: true } as MediaQueryList) : real(query))
  })
  const page = await open(context, '/')
  const card = cardOf(page, 'Lịch tiêm trâu bò')
  await card.getByRole('button', { name: 'Chép và chọn nhóm' }).click()
  await expect
    .poll(() => page.evaluate(() => document.documentElement.dataset['shared'] ?? ''))
    .toContain('Lịch tiêm trâu bò')
})

test('who opens the group’s link reads without signing in and is counted for the group; a preview is not', async () => {
  const id = await publish({ title: 'Cắt điện sáng mai' })
  const { items } = await call<{ items: { noticeId: string; text: string }[] }>('village_head', 'GET', 'posting-tasks')
  const task = items.find(one => one.noticeId === id)!
  const path = new URL(task.text.split(/\s/).at(-1)!).pathname
  for (const agent of ['facebookexternalhit/1.1', 'ZaloBot/1.0'])
    for (const one of [path, `${path}/xem.gif`]) await fetch(inject('url') + one, { headers: { 'user-agent': agent } })
  expect(await opensOf(id)).toBe(0)
  const stranger = await (await browse(undefined, phone)).newPage()
  // A headless browser names itself a robot: this one says what a phone says.
  await stranger.setExtraHTTPHeaders({
    'user-agent': 'Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/80.0 Mobile Safari/537.36 Zalo/21.1',
  })
  await stranger.goto(path)
  await stranger.getByRole('heading', { name: 'Cắt điện sáng mai' }).waitFor()
  await expect.poll(() => opensOf(id)).toBe(1)
  expect((await reachOf(id)).levels).toMatchObject({ none: 14 })
  await look(stranger, 48)
})

test('the officer sees on the reach page who posted where; which villages have no group; and what to take down after a withdrawal', async () => {
  const id = await publish({ title: 'Họp thôn tối nay' })
  const { items } = await call<{ items: { noticeId: string; chat: { id: string } }[] }>(
    'village_head',
    'GET',
    'posting-tasks',
  )
  const { chat } = items.find(one => one.noticeId === id)!
  await call('village_head', 'POST', `chats/${chat.id}/notices/${id}/posted`)
  const officer = await browse('commune_officer', desk)
  const page = await open(officer, `/notices/${id}/reach`)
  await page.getByRole('heading', { name: 'Đã đăng 1/1 nhóm' }).waitFor()
  await page.getByRole('row').filter({ hasText: group }).getByText('village_head').waitFor()
  await look(page, 24)

  await call('commune_officer', 'POST', `notices/${id}/withdraw`, { reason: 'Hoãn vì mưa' })
  const head = await open(await headsPhone(), '/')
  const card = cardOf(head, 'Họp thôn tối nay')
  await card.getByText('Gỡ bài, tin đã thu hồi').waitFor()
  await card.getByRole('button', { name: 'Đã gỡ bài' }).click()
  await card.waitFor({ state: 'detached' })
  await page.reload()
  await settled(page)
  await page.getByText(/Đã gỡ/).waitFor()

  await open(officer, '/chats')
  await page.getByRole('heading', { name: '1 thôn chưa có nhóm nào' }).waitFor()
  await look(page, 24)
})
