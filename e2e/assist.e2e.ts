// An old woman without a phone hands her card to a member of the digital team, says yes, and is helped for a while.
import { beforeAll, expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import { axeFindings, layoutFindings } from './look.ts'
import { browse, call, desk, known, open, phone, settled, smallPhone } from './screen.ts'

interface Card {
  household: string
  headName: string
  digits: string
  address: string
}

const title = 'Khám mắt miễn phí cho người già'
let card: Card
let notice: string

beforeAll(async () => {
  const { homes, villages } = known()
  card = await call<Card>('village_head', 'POST', `households/${homes[0]}/card`)
  const body = {
    title,
    body: 'Mang theo giấy tờ.',
    ask: 'acknowledged',
    steps: [{ act: 'Đến trạm y tế' }],
    audience: { units: [villages[0]!.id] },
  }
  notice = (await call<{ id: string }>('village_head', 'POST', 'notices', body)).id
  await call('village_head', 'POST', `notices/${notice}/publish`, {})
})

const looksRight = async (page: Page) =>
  expect([await layoutFindings(page, 48), await axeFindings(page)]).toEqual([[], []])

/** From the digits on the card to the home's own first screen. */
async function help(page: Page) {
  await page.getByLabel('8 chữ số trên thẻ của nhà').fill(card.digits)
  await page.getByRole('button', { name: 'Mở nhà này' }).click()
  await page.getByRole('heading', { name: `Nhà ${card.headName}` }).waitFor()
}
async function agree(page: Page) {
  await page.getByLabel(card.headName).check()
  await page.getByLabel('Tôi đã hỏi, và nhà nói đồng ý').check()
  await page.getByRole('button', { name: 'Mở trong 30 phút' }).click()
  await page.getByText('Đang thao tác hộ').waitFor()
}
interface Done {
  items: { id: string; isOpen: boolean; acts: { what: string }[]; title: string }[]
}

test('asked, agreed, read, acknowledged, asked about, ended; the helper is himself again', async () => {
  const page = await open(await browse('digital_team_member', phone), '/assist')
  await looksRight(page)
  await help(page)
  await looksRight(page)
  expect(await page.getByRole('button', { name: 'Chọn ai nói đồng ý' }).getAttribute('aria-disabled')).toBe('true')
  await agree(page)
  await page.getByText('còn 29 phút').or(page.getByText('còn 30 phút')).waitFor()
  await page.getByText(title).first().waitFor()
  await looksRight(page)

  await page.locator('.notice', { hasText: title }).getByRole('button', { name: 'Đã rõ' }).click()
  await page.goto(`/notices/${notice}`)
  await settled(page)
  await page.getByText('Đang thao tác hộ').waitFor()
  await page.getByRole('button', { name: 'Hỏi thêm' }).click()
  await page.getByLabel('Muốn hỏi gì').fill('Có xe đón không?')
  await page.getByRole('button', { name: 'Gửi câu hỏi' }).click()
  await page.getByText('Có xe đón không?').waitFor()

  await page.goto('/my-home')
  await settled(page)
  expect(await page.getByText('Tải ngay').count()).toBe(0)
  await looksRight(page)
  await page.getByRole('link', { name: 'Ai đã thao tác hộ nhà mình' }).click()
  await page.getByText('Bấm Đã rõ một tin').waitFor()
  await page.getByText('Nhắn hỏi về một tin').waitFor()
  await looksRight(page)

  await page.getByRole('button', { name: 'Kết thúc' }).click()
  await page.getByRole('heading', { name: 'Đi nhà' }).or(page.locator('.tabs')).first().waitFor()
  await expect.poll(() => page.getByText('Đang thao tác hộ').count()).toBe(0)
  const me = (await (await page.request.get('/api/v1/me')).json()) as { role: string }
  expect(me.role).toBe('digital_team_member')
})

test('the card’s own page offers it to a helper, and the home ends it from its phone', async () => {
  const helper = await browse('front_head', smallPhone)
  const page = await open(helper, new URL(card.address).pathname)
  await page.getByRole('link', { name: 'Thao tác hộ nhà này' }).click()
  await page.getByRole('heading', { name: `Nhà ${card.headName}` }).waitFor()
  await looksRight(page)
  await agree(page)
  await looksRight(page)

  const home = await (await browse(undefined, phone)).newPage()
  await home.goto(card.address)
  await home.getByRole('button', { name: 'Mở tin nhà mình' }).click()
  await home.waitForURL(`${inject('url')}/`)
  await home.goto('/my-home/help')
  await settled(home)
  await home.getByRole('button', { name: 'Không nhận nữa' }).click()
  await home.getByText('Nhà mình không nhận thao tác hộ.').waitFor()
  await looksRight(home)
  const said = (await (await home.request.get('/api/v1/home/assisted-sessions')).json()) as Done
  expect(said.items.every(one => !one.isOpen)).toBe(true)

  await page
    .locator('.notice', { hasText: title })
    .getByRole('link')
    .first()
    .click()
    .catch(() => {})
  await page.waitForURL(/\/assist/, { timeout: 60_000 })
  await page.getByText('Phiên thao tác hộ đã kết thúc').waitFor()
  await page.getByLabel('8 chữ số trên thẻ của nhà').fill(card.digits)
  await page.getByRole('button', { name: 'Mở nhà này' }).click()
  await page.getByText('Nhà này không nhận thao tác hộ').waitFor()
  await looksRight(page)
})

test('the writer sees it apart among the ways a home was reached', async () => {
  const page = await open(await browse('commune_officer', desk), `/notices/${notice}/reach`)
  await page.getByRole('rowheader', { name: 'Làm hộ' }).waitFor()
})
